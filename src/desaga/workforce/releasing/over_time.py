"""Figures over the released periods: the whole as a line, units and main cuts as small multiples. Pure; made of released tables alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desaga.charts.chart import Chart
from desaga.charts.lines import line_over_time

from .sections import Grid, Line, Section, day_words, slug_of
from .tables import Shown


def along_time(over_time: Sequence[tuple[date, Shown]], question: str = "How has it changed?") -> Section | None:
    """One figure as a whole over the released periods; a period that hides it is a gap, told in the table."""
    if len(over_time) < 2:
        return None
    table = over_time[-1][1]
    lines = tuple(Line(day_words(on), (one.cell(),)) for on, one in reversed(over_time))
    return Section(
        id="along-time",
        question=question,
        counted=f"{table.name}, in {table.unit}",
        grid=Grid("Period", (table.unit.capitalize(),), lines),
        definitions=(table.definition,),
        figures=(slug_of(table.figure),),
        chart=_line(over_time, table),
    )


def _line(over_time: Sequence[tuple[date, Shown]], table: Shown) -> Chart | None:
    values = [(on, float(value)) for on, one in over_time if (value := one.cell().value) is not None]
    if len(values) < 2 or any(number < 0 for _, number in values):
        return None
    return line_over_time(
        title="Released period by period",
        counted=f"{table.name}, in {table.unit}",
        value_heading=table.unit.capitalize(),
        values=values,
        suffix=" %" if table.unit == "per cent" else "",
    )
