"""Small lines over time, one a panel and all to one scale: with its last value written at its end, and a gap where a value is hidden."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from .chart import FONT, NARROW, WIDE, Chart, Table, base_spec, draw
from .colours import BLUE, INK, LINE, Hue
from .marked import BETWEEN, LETTER, Mark, longest_of

HEIGHT = 84
#: Room for the last value behind the line's end.
AT_END = 44


@dataclass(frozen=True, slots=True)
class Strand:
    """A line among others: its name, and a mark for each day. A mark without a number is a gap."""

    name: str
    marks: Sequence[Mark]


def small_lines(
    *, title: str, counted: str, heading: str, days: Sequence[date], strands: Sequence[Strand], hue: Hue = BLUE
) -> Chart:
    """A panel for each strand, from nought, all to one scale. Raises ValueError without strands, for fewer than two days, or below zero."""
    numbers = [mark.number for strand in strands for mark in strand.marks if mark.number is not None]
    if len(days) < 2 or not strands or any(number < 0 for number in numbers):
        raise ValueError("small lines need a line and two days, and nothing below zero")
    told = tuple(Strand(strand.name, tuple(strand.marks)) for strand in strands)
    return _made(title, counted, heading, tuple(days), told, hue)


@lru_cache(maxsize=128)
def _made(
    title: str, counted: str, heading: str, days: tuple[date, ...], strands: tuple[Strand, ...], hue: Hue
) -> Chart:
    """Kept, since to lay out so many points takes longer than all else on a page, and released figures stay as they are."""
    named = [f"{day:%b %Y}" for day in days]
    described = "; ".join(
        f"{strand.name}: " + ", ".join(f"{mark.said} in {day}" for day, mark in zip(named, strand.marks, strict=True))
        for strand in strands
    ) + "."  # fmt: skip
    rows = tuple((strand.name, tuple(mark.words for mark in strand.marks)) for strand in strands)

    def drawn(width: int, columns: int) -> str:
        return draw(_panels(width, columns, days, strands, hue), title=title, described=described)

    return Chart(title, counted, described, drawn(WIDE, 4), drawn(NARROW, 2), Table((heading, *named), rows))


def _panels(width: int, columns: int, days: Sequence[date], strands: Sequence[Strand], hue: Hue) -> dict[str, Any]:
    own = (width - BETWEEN * (columns - 1)) / columns
    top = longest_of(mark for strand in strands for mark in strand.marks)
    names = [textwrap.wrap(one.name, int(own / LETTER), max_lines=2, placeholder="…") or [""] for one in strands]
    tallest = max(map(len, names))
    return {
        "config": base_spec(width, 1, [])["config"],
        "padding": 0,
        "columns": columns,
        "spacing": {"column": BETWEEN, "row": 20},
        "concat": [
            _panel(own, top, days, strand, [*name, *[""] * (tallest - len(name))], hue)
            for strand, name in zip(strands, names, strict=True)
        ],
    }


def _panel(
    width: float, top: float, days: Sequence[date], strand: Strand, name: Sequence[str], hue: Hue
) -> dict[str, Any]:
    return {
        "width": width,
        "height": HEIGHT,
        "title": {"text": list(name), "anchor": "start", "fontSize": 14, "fontWeight": 650, "color": INK, "font": FONT, "offset": 4, "limit": width},
        "data": {"values": _points(width, days, strand)},
        "layer": [_floor(width), *_layers(width, top, hue)],
    }  # fmt: skip


def _points(width: float, days: Sequence[date], strand: Strand) -> list[dict[str, Any]]:
    """Where each value lies; a run without a gap is one line. The last that is known is written, and it and what stands alone have a dot."""
    span = max((days[-1] - days[0]).days, 1)
    known = [place for place, mark in enumerate(strand.marks) if mark.number is not None]
    points, run = [], 0
    for place, (day, mark) in enumerate(zip(days, strand.marks, strict=True)):
        run += mark.number is None
        if mark.number is not None:
            across = (day - days[0]).days / span * (width - AT_END)
            points.append({"x": round(across, 1), "value": mark.number, "run": run, "words": mark.words if place == known[-1] else "", "dot": 0})  # fmt: skip
    runs = Counter(point["run"] for point in points)
    for point in points:
        point["dot"] = int(bool(point["words"]) or runs[point["run"]] == 1)
    return points


def _floor(width: float) -> dict[str, Any]:
    """Nought, as a line as long as the time."""
    return {
        "data": {"values": [{}]},
        "mark": {"type": "rule", "stroke": LINE, "strokeOpacity": 0.5},
        "encoding": {"x": {"value": 0}, "x2": {"value": width - AT_END}, "y": {"value": HEIGHT}},
    }


def _layers(width: float, top: float, hue: Hue) -> list[dict[str, Any]]:
    x = {
        "field": "x",
        "type": "quantitative",
        "scale": {"domain": [0, width], "range": [0, width], "nice": False},
        "axis": None,
    }
    y = {"field": "value", "type": "quantitative", "scale": {"domain": [0, top * 1.1], "nice": False}, "axis": None}
    run = {"field": "run", "type": "nominal"}
    return [
        {"mark": {"type": "line", "stroke": hue.fill, "strokeWidth": 2}, "encoding": {"x": x, "y": y, "detail": run}},
        {
            "transform": [{"filter": "datum.dot"}],
            "mark": {"type": "circle", "fill": hue.fill, "size": 20, "opacity": 1},
            "encoding": {"x": x, "y": y},
        },
        {
            "transform": [{"filter": "datum.words != ''"}],
            "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 7, "fontWeight": 500},
            "encoding": {"x": x, "y": y, "text": {"field": "words"}},
        },
    ]
