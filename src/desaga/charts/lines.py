"""One value along time: a zero-based line with its last value written on it, and with what is aimed at, if anything is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from .chart import NARROW, WIDE, Chart, Number, Table, base_spec, draw
from .colours import BLUE, INK, LINE, Hue

HEIGHT = 240


def line_over_time(
    *,
    title: str,
    counted: str,
    value_heading: str,
    values: Sequence[tuple[date, Number]],
    suffix: str = "",
    most: Number | None = None,
    hue: Hue = BLUE,
) -> Chart:
    """The values by day, the first first. `suffix` follows numbers ("%"); `most` is the top of the scale where it is known.

    Raises ValueError for fewer than two values, or where one is below zero.
    """
    if len(values) < 2 or any(number < 0 for _, number in values):
        raise ValueError("a line needs two values, and none below zero")
    described = ", ".join(f"{_shown(number, suffix)} on {_day(day)}" for day, number in values) + "."
    rows = tuple((_day(day), (number,)) for day, number in reversed(values))

    def drawn(width: int) -> str:
        return draw(_spec(width, values, suffix, most, hue), title=title, described=described)

    return Chart(title, counted, described, drawn(WIDE), drawn(NARROW), Table(("Day", value_heading), rows))


def _day(day: date) -> str:
    return f"{day.day} {day:%b %Y}"


def _shown(number: Number, suffix: str) -> str:
    return f"{number:,.2f}".rstrip("0").rstrip(".") + suffix


def _spec(
    width: int, values: Sequence[tuple[date, Number]], suffix: str, most: Number | None, hue: Hue
) -> dict[str, Any]:
    rows = [{"on": day.isoformat(), "value": number, "shown": ""} for day, number in values]
    rows[-1]["shown"] = _shown(values[-1][1], suffix)
    top = most or max(*(number for _, number in values), 1)
    x = {
        "field": "on", "type": "temporal", "scale": {"type": "utc"},
        "axis": {"title": None, "grid": False, "tickCount": 6 if width >= WIDE else 3, "format": "%b %Y", "domainColor": LINE,
                 "tickColor": LINE, "labelOverlap": True, "labelPadding": 6},
    }  # fmt: skip
    y = {
        "field": "value", "type": "quantitative", "scale": {"domain": [0, top], "nice": most is None},
        "axis": {"title": None, "tickCount": 4, "domain": False, "ticks": False, "gridColor": LINE, "gridOpacity": 0.25, "labelPadding": 8},
    }  # fmt: skip
    line = {"mark": {"type": "line", "stroke": hue.fill, "strokeWidth": 2.5}, "encoding": {"x": x, "y": y}}
    points = {"mark": {"type": "circle", "fill": hue.fill, "size": 36, "opacity": 1}, "encoding": {"x": x, "y": y}}
    last = {
        "mark": {"type": "text", "align": "right", "baseline": "bottom", "dy": -8, "fontWeight": 650, "fontSize": 16, "fill": INK},
        "encoding": {"x": x, "y": y, "text": {"field": "shown"}},
    }  # fmt: skip
    return base_spec(width, 1, rows) | {"height": HEIGHT, "padding": {"bottom": 6}, "layer": [line, points, last]}
