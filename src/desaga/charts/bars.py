"""Horizontal bars, plain or stacked, zero-based, with their numbers written on them."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .chart import NARROW, WIDE, Chart, Number, Table, base_spec, draw
from .colours import BLUE, INK, LINE, Hue

LETTERS_WIDE, LETTERS_NARROW = 30, 16
LINE_HEIGHT, BAR, GAP = 18, 20, 14
SMALLEST_NUMBERED = 18
LETTER_WIDTH = 7


@dataclass(frozen=True)
class Series:
    """One part of a stacked bar: its key in the rows, its name for readers, its hue."""

    key: str
    name: str
    hue: Hue


def plain_bars(
    *, title: str, counted: str, heading: str, value_heading: str, values: Sequence[tuple[str, Number]], hue: Hue = BLUE
) -> Chart:
    """One bar for each (label, number), in the order given.

    Raises ValueError where there is nothing to draw or a number is negative.
    """
    series = [Series("value", value_heading, hue)]
    rows = [(label, {"value": number}) for label, number in values]
    table = Table((heading, value_heading), tuple((label, (number,)) for label, number in values))
    described = ", ".join(f"{label} {number:,}" for label, number in values) + "."
    return _chart(title, counted, described, table, series, rows, legend=False)


def stacked_bars(
    *,
    title: str,
    counted: str,
    heading: str,
    series: Sequence[Series],
    rows: Sequence[tuple[str, Mapping[str, Number]]],
) -> Chart:
    """One bar for each (label, numbers by series key), its parts in the order of `series`; missing keys count as 0.

    A series that is 0 in every row is left out of the drawing and the table. Raises ValueError where there is
    nothing to draw, a number is negative, or a key belongs to no series.
    """
    known = {part.key for part in series}
    if strange := {key for _, numbers in rows for key in numbers} - known:
        raise ValueError(f"no series for {', '.join(sorted(strange))}")
    used = [part for part in series if any(numbers.get(part.key) for _, numbers in rows)]
    table = Table(
        (heading, *(part.name for part in used), "All"),
        tuple(
            (label, (*(numbers.get(part.key, 0) for part in used), sum(numbers.values()))) for label, numbers in rows
        ),
    )
    return _chart(title, counted, _described(rows, used), table, used, rows, legend=len(used) > 1)


def _described(rows: Sequence[tuple[str, Mapping[str, Number]]], series: Sequence[Series]) -> str:
    def parts(numbers: Mapping[str, Number]) -> str:
        return ", ".join(f"{numbers[part.key]:,} {part.name.lower()}" for part in series if numbers.get(part.key))

    return "; ".join(f"{label}: {parts(numbers) or 'none'}" for label, numbers in rows) + "."


def _chart(
    title: str,
    counted: str,
    described: str,
    table: Table,
    series: Sequence[Series],
    rows: Sequence[tuple[str, Mapping[str, Number]]],
    *,
    legend: bool,
) -> Chart:
    numbers = [number for _, parts in rows for number in parts.values()]
    if not any(numbers) or any(number < 0 for number in numbers):
        raise ValueError("a chart of bars needs numbers above zero, and none below it")

    def drawn(width: int, letters: int) -> str:
        spec = _spec(width, letters, series, rows, legend=legend)
        return draw(spec, title=title, described=described)

    return Chart(title, counted, described, drawn(WIDE, LETTERS_WIDE), drawn(NARROW, LETTERS_NARROW), table)


def _spec(
    width: int,
    letters: int,
    series: Sequence[Series],
    rows: Sequence[tuple[str, Mapping[str, Number]]],
    *,
    legend: bool,
) -> dict[str, Any]:
    labels = [textwrap.wrap(label, letters, max_lines=3, placeholder="…") or [""] for label, _ in rows]
    beside = LETTER_WIDTH * max(len(line) for lines in labels for line in lines)
    per_unit = (width - beside - 40) / max(sum(numbers.values()) for _, numbers in rows)
    values = [
        _value(index, part, order, numbers.get(part.key, 0), per_unit, numbered=len(series) > 1)
        for index, (_, numbers) in enumerate(rows)
        for order, part in enumerate(series)
    ]
    totals = [{"row": index, "total": sum(numbers.values())} for index, (_, numbers) in enumerate(rows)]
    step = max(BAR, LINE_HEIGHT * max(len(lines) for lines in labels)) + GAP
    row = {"field": "row", "type": "ordinal", "sort": None, "axis": _row_axis(labels, beside)}
    length = {"field": "number", "type": "quantitative", "axis": None, "stack": "zero"}
    order = {"field": "order", "type": "quantitative"}
    colour = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": [part.name for part in series], "range": [part.hue.fill for part in series]},
        "legend": _legend(len(series), width) if legend else None,
    }
    inside = {
        "mark": {"type": "text", "baseline": "middle", "fontWeight": 600},
        "encoding": {
            "y": row,
            "x": length | {"bandPosition": 0.5},
            "order": order,
            "detail": {"field": "name"},
            "text": {"field": "shown"},
            "color": {"field": "text", "type": "nominal", "scale": None, "legend": None},
        },
    }
    bars = {
        "mark": {"type": "bar", "size": BAR},
        "encoding": {"y": row, "x": length, "order": order, "color": colour},
    }
    ends = {
        "data": {"values": totals},
        "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 6, "fill": INK},
        "encoding": {
            "y": row,
            "x": {"field": "total", "type": "quantitative", "axis": None},
            "text": {"field": "total", "format": ","},
        },
    }
    return base_spec(width, step, values) | {
        "layer": [bars, inside, ends],
        "resolve": {"scale": {"color": "independent"}},
    }


def _value(index: int, part: Series, order: int, number: Number, per_unit: float, *, numbered: bool) -> dict[str, Any]:
    fits = numbered and number * per_unit >= SMALLEST_NUMBERED
    return {
        "row": index,
        "name": part.name,
        "order": order,
        "number": number,
        "text": part.hue.text,
        "shown": f"{number:,}" if fits else "",
    }


def _row_axis(labels: Sequence[Sequence[str]], beside: int) -> dict[str, Any]:
    return {
        "title": None,
        "ticks": False,
        "domainColor": LINE,
        "labelAlign": "left",
        "labelPadding": beside + 8,
        "labelLimit": 400,
        "labelLineHeight": LINE_HEIGHT,
        "labelExpr": f"{json.dumps(labels)}[datum.value]",
    }


def _legend(count: int, width: int) -> dict[str, Any]:
    return {
        "title": None,
        "orient": "top",
        "direction": "horizontal",
        "columns": count if width >= WIDE else 2,
        "symbolType": "square",
        "symbolSize": 160,
        "labelFontSize": 14,
        "labelColor": INK,
        "labelLimit": 200,
        "columnPadding": 16,
        "rowPadding": 6,
        "offset": 12,
    }
