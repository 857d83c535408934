"""The charts of a report, drawn from its content: the same for a page and for papers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desaga.charts.chart import Chart
from desaga.charts.marked import Mark, marked_bars


def chart_of(table: Mapping[str, Any], counted: str) -> Chart | None:
    """Bars of a table that is to be looked at; what is hidden is hatched."""
    drawn = table.get("chart")
    if not drawn:
        return None
    heading, value_heading = table["columns"][:2]
    values = [(label, Mark(seen, number, heard)) for label, seen, number, heard in drawn]
    return marked_bars(
        title=table["title"], counted=counted, heading=heading or "What", value_heading=value_heading, values=values
    )
