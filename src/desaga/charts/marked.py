"""Bars of figures that may be hidden: what is hidden is drawn as hidden, hatched and with its words, and never as nothing.

A bar's words are given with it, since what may be said of a number is not the drawing's to decide. Widths are reckoned in pixels here,
so that labels, bars and their words never meet.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .chart import FONT, NARROW, WIDE, Chart, Number, Table, base_spec, draw
from .colours import BLUE, HATCH, INK, ORANGE, Hue

BAR, STEP = 20, 32
STUB = 30
ROOM_FOR_WORDS = 48
LETTER = 7.4
#: How far a name within a drawing moves down to what it heads.
HEAD_LOW = 6


@dataclass(frozen=True, slots=True)
class Mark:
    """A figure as it may be read: its words, and its number where it has one that may be drawn. `aloud` is said where the words do not speak."""

    words: str
    number: Number | None
    aloud: str = ""

    @property
    def said(self) -> str:
        return self.aloud or self.words


def longest_of(marks: Iterable[Mark]) -> float:
    """The largest number among them; 1 where there is none, so that something can be drawn."""
    return max((float(mark.number) for mark in marks if mark.number is not None), default=0.0) or 1.0


def _bar(mark: Mark, hue: Hue, per_unit: float) -> dict[str, Any]:
    """How long a bar is in pixels, and how it is filled; what is not collected has no bar."""
    if mark.number is not None:
        return {"length": float(mark.number) * per_unit, "fill": hue.fill, "words": mark.words}
    return {"length": STUB if mark.words == ".." else 0, "fill": HATCH, "words": mark.words}


def _x(width: float, name: str = "to", **more: Any) -> dict[str, Any]:
    return {"field": name, "type": "quantitative", "scale": {"domain": [0, width], "nice": False}, "axis": None, **more}


FILL = {"field": "fill", "type": "nominal", "scale": None, "legend": None}


def _y(count: int) -> dict[str, Any]:
    return {"field": "row", "type": "ordinal", "sort": None, "axis": None, "scale": {"domain": list(range(count))}}


def layers(width: float, count: int) -> list[dict[str, Any]]:
    """Bars from `from` to `to` and words at `at`, on the rows 0 to count."""
    y = _y(count)
    bar = {
        "transform": [{"filter": "datum.to != datum.from"}],
        "mark": {"type": "bar", "size": BAR, "stroke": None},
        "encoding": {"y": y, "x": _x(width, "from"), "x2": {"field": "to"}, "fill": FILL},
    }
    return [bar, *(words_layer(width, count, align) for align in ("left", "right", "center"))]


def words_layer(width: float, count: int, align: str, name: str = "") -> dict[str, Any]:
    """The words of this alignment; with `name` those of that kind, which head what stands under them."""
    look = {"fontWeight": 650, "dy": HEAD_LOW} if name else {"fontWeight": 500}
    return {
        "transform": [{"filter": f"datum.align == '{name or align}'"}],
        "mark": {"type": "text", "align": align, "baseline": "middle", **look},
        "encoding": {"y": _y(count), "x": _x(width, "at"), "text": {"field": "words"}},
    }


def text_at(row: int, at: float, words: str, align: str = "left") -> dict[str, Any]:
    return {"row": row, "from": 0, "to": 0, "fill": INK, "at": at, "words": words, "align": align}


# ---- Bars


def marked_bars(
    *,
    title: str,
    counted: str,
    heading: str,
    value_heading: str,
    values: Sequence[tuple[str, Mark]],
    hue: Hue = BLUE,
) -> Chart:
    """One bar for each (label, mark), in the order given. Raises ValueError where there is nothing to draw."""
    if not values:
        raise ValueError("a chart of bars needs a bar")
    described = ", ".join(f"{label} {mark.said}" for label, mark in values) + "."
    table = Table((heading, value_heading), tuple((label, (mark.words,)) for label, mark in values))

    def drawn(width: int) -> str:
        labels = min(max(len(label) for label, _ in values) * LETTER + 12, width * 0.5)
        rows = [
            one
            for n, (label, mark) in enumerate(values)
            for one in bar_line(n, label, mark, width, labels, hue, values)
        ]
        return draw(spec_of(width, len(values), rows), title=title, described=described)

    return Chart(title, counted, described, drawn(WIDE), drawn(NARROW), table)


def bar_line(
    row: int, label: str, mark: Mark, width: int, labels: float, hue: Hue, values: Sequence[tuple[str, Mark]]
) -> list[dict[str, Any]]:
    per_unit = (width - labels - ROOM_FOR_WORDS) / longest_of(one for _, one in values)
    bar = _bar(mark, hue, per_unit)
    end = labels + bar["length"]
    shown = textwrap.shorten(label, int((labels - 8) / LETTER) + 1, placeholder="…")
    return [
        {
            "row": row,
            "from": labels,
            "to": end,
            "fill": bar["fill"],
            "at": end + 6,
            "words": bar["words"],
            "align": "left",
        },
        text_at(row, 0, shown),
    ]


def spec_of(width: int, count: int, rows: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    return base_spec(width, STEP, rows) | {"layer": layers(width, count)}


# ---- A pyramid


def pyramid(
    *,
    title: str,
    counted: str,
    heading: str,
    left: str,
    right: str,
    rows: Sequence[tuple[str, Mark, Mark]],
    hues: tuple[Hue, Hue] = (ORANGE, BLUE),
) -> Chart:
    """Two sides of bars with the labels between them; the rows from the top. Raises ValueError where there is nothing to draw."""
    if not rows:
        raise ValueError("a pyramid needs a row")
    described = (
        "; ".join(f"{label}: {left.lower()} {one.said}, {right.lower()} {two.said}" for label, one, two in rows) + "."
    )
    table = Table((heading, left, right), tuple((label, (one.words, two.words)) for label, one, two in rows))

    def drawn(width: int) -> str:
        return draw(_pyramid(width, left, right, rows, hues), title=title, described=described)

    return Chart(title, counted, described, drawn(WIDE), drawn(NARROW), table)


def _pyramid(
    width: int, left: str, right: str, rows: Sequence[tuple[str, Mark, Mark]], hues: tuple[Hue, Hue]
) -> dict[str, Any]:
    middle = width / 2
    gap = max(len(label) for label, _, _ in rows) * LETTER / 2 + 14
    per_unit = (middle - gap - ROOM_FOR_WORDS) / longest_of(mark for _, *two in rows for mark in two)
    drawn = [text_at(0, middle - gap, left, "right"), text_at(0, middle + gap, right)]
    for row, (label, one, two) in enumerate(rows, 1):
        here, there = _bar(one, hues[0], per_unit), _bar(two, hues[1], per_unit)
        west, east = middle - gap - here["length"], middle + gap + there["length"]
        drawn += [
            {"row": row, "from": west, "to": middle - gap, "fill": here["fill"], "at": west - 6, "words": here["words"], "align": "right"},
            {"row": row, "from": middle + gap, "to": east, "fill": there["fill"], "at": east + 6, "words": there["words"], "align": "left"},
            text_at(row, middle, label, "center"),
        ]  # fmt: skip
    return spec_of(width, len(rows) + 1, drawn)


# ---- Small multiples


@dataclass(frozen=True, slots=True)
class Panel:
    """A small chart among others of the same rows and the same scale."""

    name: str
    marks: Sequence[Mark]


def small_multiples(
    *,
    title: str,
    counted: str,
    heading: str,
    labels: Sequence[tuple[str, str]],
    panels: Sequence[Panel],
    hue: Hue = BLUE,
) -> Chart:
    """A panel for each, all to one scale. `labels` are (in a few letters, in full). Raises ValueError where there is no panel."""
    if not panels:
        raise ValueError("small multiples need a panel")
    described = "; ".join(
        f"{panel.name}: " + ", ".join(f"{full.lower()} {mark.said}" for (_, full), mark in zip(labels, panel.marks, strict=True))
        for panel in panels
    ) + "."  # fmt: skip
    rows = tuple((panel.name, tuple(mark.words for mark in panel.marks)) for panel in panels)
    table = Table((heading, *(full for _, full in labels)), rows)

    def drawn(width: int, columns: int) -> str:
        return draw(
            _panels(width, columns, [short for short, _ in labels], panels, hue), title=title, described=described
        )

    return Chart(title, counted, described, drawn(WIDE, 3), drawn(NARROW, 2), table)


BETWEEN, SMALL_STEP, SMALL_WORDS = 24, 25, 38


def _panels(width: int, columns: int, labels: Sequence[str], panels: Sequence[Panel], hue: Hue) -> dict[str, Any]:
    own = (width - BETWEEN * (columns - 1)) / columns
    side = max(len(label) for label in labels) * LETTER + 8
    per_unit = (own - side - SMALL_WORDS) / longest_of(mark for panel in panels for mark in panel.marks)
    base = base_spec(width, SMALL_STEP, [])
    lines = [_wrapped(panel.name, own) for panel in panels]
    tallest = max(map(len, lines))
    return {
        "config": base["config"],
        "padding": 0,
        "columns": columns,
        "spacing": {"column": BETWEEN, "row": 20},
        "concat": [
            _panel(own, side, per_unit, labels, panel, [*name, *[""] * (tallest - len(name))], hue)
            for panel, name in zip(panels, lines, strict=True)
        ],
    }


def _wrapped(name: str, width: float) -> list[str]:
    return textwrap.wrap(name, int(width / LETTER), max_lines=2, placeholder="…") or [""]


def _panel(
    width: float, side: float, per_unit: float, labels: Sequence[str], panel: Panel, name: Sequence[str], hue: Hue
) -> dict[str, Any]:
    rows = []
    for row, (label, mark) in enumerate(zip(labels, panel.marks, strict=True)):
        bar = _bar(mark, hue, per_unit)
        end = side + bar["length"]
        rows += [
            {"row": row, "from": side, "to": end, "fill": bar["fill"], "at": end + 5, "words": bar["words"], "align": "left"},
            text_at(row, 0, label),
        ]  # fmt: skip
    return {
        "width": width,
        "height": SMALL_STEP * len(labels),
        "title": {"text": list(name), "anchor": "start", "fontSize": 14, "fontWeight": 650, "color": INK, "font": FONT, "offset": 4, "limit": width},
        "data": {"values": rows},
        "layer": layers(width, len(labels)),
    }  # fmt: skip
