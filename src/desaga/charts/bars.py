"""Horizontal bars, plain or stacked, zero-based, with their numbers written on them."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .chart import NARROW, WIDE, Chart, Number, Table, base_spec, draw
from .colours import BLUE, INK, LINE, Hue

LETTERS_BESIDE, LETTERS_ABOVE = 30, 42
LINE_HEIGHT, BAR, GAP = 18, 20, 14
SMALLEST_NUMBERED = 18
LETTER_WIDTH = 7
ROOM_FOR_TOTAL = 40


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

    def drawn(layout: Layout) -> str:
        return draw(_spec(layout, series, rows, legend=legend), title=title, described=described)

    labels = [label for label, _ in rows]
    return Chart(title, counted, described, drawn(labels_beside(labels)), drawn(labels_above(labels)), table)


@dataclass(frozen=True)
class Layout:
    """Where things go: `beside` is the room in px for labels left of the bars; 0 where they stand above them."""

    width: int
    labels: tuple[tuple[str, ...], ...]
    beside: int
    step: int

    @property
    def down(self) -> int:
        """How far a bar hangs below the middle of its row, to leave room for a label above it."""
        return 0 if self.beside else (self.step - BAR - GAP) // 2


def labels_beside(labels: Sequence[str]) -> Layout:
    """For wide drawings: labels in a column of their own."""
    wrapped = _wrapped(labels, LETTERS_BESIDE, lines=3)
    beside = LETTER_WIDTH * max(len(line) for lines in wrapped for line in lines) + 8
    return Layout(WIDE, wrapped, beside, max(BAR, _height(wrapped)) + GAP)


def labels_above(labels: Sequence[str]) -> Layout:
    """For narrow drawings: each label above its bar, so that the bars have the whole width."""
    wrapped = _wrapped(labels, LETTERS_ABOVE, lines=1)
    return Layout(NARROW, wrapped, 0, BAR + _height(wrapped) + GAP)


def _wrapped(labels: Sequence[str], letters: int, *, lines: int) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(textwrap.wrap(label, letters, max_lines=lines, placeholder="…")) or ("",) for label in labels)


def _height(wrapped: Sequence[Sequence[str]]) -> int:
    return LINE_HEIGHT * max(len(lines) for lines in wrapped)


def _spec(
    layout: Layout, series: Sequence[Series], rows: Sequence[tuple[str, Mapping[str, Number]]], *, legend: bool
) -> dict[str, Any]:
    longest = max(sum(numbers.values()) for _, numbers in rows)
    per_unit = (layout.width - layout.beside - ROOM_FOR_TOTAL) / longest
    values = [
        _value(index, part, order, numbers.get(part.key, 0), per_unit, numbered=len(series) > 1)
        for index, (_, numbers) in enumerate(rows)
        for order, part in enumerate(series)
    ]
    row = {"field": "row", "type": "ordinal", "sort": None, "axis": _row_axis(layout)}
    layers = [_bars(layout, row, series, legend=legend), _numbers(layout, row), _totals(layout, row, rows)]
    if not layout.beside:
        layers.append(_labels(layout, row))
    return base_spec(layout.width, layout.step, values) | {
        "layer": layers,
        "resolve": {"scale": {"color": "independent"}},
    }


LENGTH = {"field": "number", "type": "quantitative", "axis": None, "stack": "zero"}
ORDER = {"field": "order", "type": "quantitative"}


def _bars(layout: Layout, row: Mapping[str, Any], series: Sequence[Series], *, legend: bool) -> dict[str, Any]:
    colour = {
        "field": "name",
        "type": "nominal",
        "sort": None,
        "scale": {"domain": [part.name for part in series], "range": [part.hue.fill for part in series]},
        "legend": _legend(len(series), layout.width) if legend else None,
    }
    return {
        "mark": {"type": "bar", "size": BAR, "yOffset": layout.down},
        "encoding": {"y": row, "x": LENGTH, "order": ORDER, "color": colour},
    }


def _numbers(layout: Layout, row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "mark": {"type": "text", "baseline": "middle", "fontWeight": 600, "yOffset": layout.down},
        "encoding": {
            "y": row,
            "x": LENGTH | {"bandPosition": 0.5},
            "order": ORDER,
            "detail": {"field": "name"},
            "text": {"field": "shown"},
            "color": {"field": "text", "type": "nominal", "scale": None, "legend": None},
        },
    }


def _totals(layout: Layout, row: Mapping[str, Any], rows: Sequence[tuple[str, Mapping[str, Number]]]) -> dict[str, Any]:
    totals = [{"row": index, "total": sum(numbers.values())} for index, (_, numbers) in enumerate(rows)]
    return {
        "data": {"values": totals},
        "mark": {"type": "text", "align": "left", "baseline": "middle", "dx": 6, "fill": INK, "yOffset": layout.down},
        "encoding": {
            "y": row,
            "x": {"field": "total", "type": "quantitative", "axis": None},
            "text": {"field": "total", "format": ","},
        },
    }


def _labels(layout: Layout, row: Mapping[str, Any]) -> dict[str, Any]:
    words = [{"row": index, "label": line} for index, (line,) in enumerate(layout.labels)]
    return {
        "data": {"values": words},
        "mark": {
            "type": "text",
            "align": "left",
            "baseline": "bottom",
            "fill": INK,
            "yOffset": layout.down - BAR // 2 - 4,
        },
        "encoding": {"y": row, "x": {"value": 0}, "text": {"field": "label"}},
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


def _row_axis(layout: Layout) -> dict[str, Any]:
    if not layout.beside:
        return {"title": None, "ticks": False, "labels": False, "domain": False}
    return {
        "title": None,
        "ticks": False,
        "domainColor": LINE,
        "labelAlign": "left",
        "labelPadding": layout.beside,
        "labelLimit": 400,
        "labelLineHeight": LINE_HEIGHT,
        "labelExpr": f"{json.dumps(layout.labels)}[datum.value]",
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
