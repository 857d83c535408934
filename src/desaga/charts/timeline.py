"""Undertakings along time, no more exact than their authors were. SVG written by hand, since no chart library draws doubt.

What is sure is drawn full; the stretch within which something begins or ends, when only its month, term or year is known, is
hatched; what has an end only leads in with dots; what goes on leaves with an open arrow. Stages are diamonds on the stretch in
which they fall; arrows lead from what is waited for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from html import escape

from .chart import FONT
from .colours import BLUE, GREY, INK, LINE

WIDTH, LABELS, ROW, HEAD, GROUP = 1120, 300, 26, 44, 30
BAR, STAGE = 12, 5
LETTERS = 40
HATCH = "dsg-hatch"
QUARTERS = ("Jan–Mar", "Apr–Jun", "Jul–Sep", "Oct–Dec")
QUIET, LATE = "#565c64", "#a3261c"


@dataclass(frozen=True, slots=True)
class Stretch:
    """From a day to a day, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A row. `begins` and `ends` are the stretches within which it does so; either may be unknown.

    `late_for` are those of `waits_for` that end too late for it: their arrows are broken and red.
    `is_vague`: begin and end only bound a term or season, so that nothing of it is sure.
    """

    key: int
    label: str
    begins: Stretch | None = None
    ends: Stretch | None = None
    is_vague: bool = False
    goes_on: bool = False
    is_settled: bool = False
    stages: Sequence[Stretch] = ()
    waits_for: Sequence[int] = ()
    late_for: Sequence[int] = ()


@dataclass(frozen=True, slots=True)
class Lane:
    """A heading with its rows."""

    heading: str
    rows: Sequence[Undertaking] = field(default_factory=tuple)


def draw_timeline(lanes: Sequence[Lane], *, first: date, last: date, today: date, title: str, described: str) -> str:
    """The rows from the quarter of `first` to that of `last`, as SVG with a label, without style attributes.

    Raises ValueError where there is no row.
    """
    if not any(lane.rows for lane in lanes):
        raise ValueError("a timeline needs a row")
    scale = Scale(first, last)
    parts, places, y = [], {}, HEAD
    for lane in lanes:
        if lane.heading:
            parts.append(_text(0, y + 20, lane.heading, weight="650"))
            y += GROUP
        for row in lane.rows:
            parts.append(_row(row, scale, y))
            places[row.key] = (row, y + ROW / 2)
            y += ROW
    behind = [_quarters(scale, y), _today(scale, today, y)]
    arrows = [
        _arrow(places[key], place, scale) for place in places.values() for key in place[0].waits_for if key in places
    ]
    return _whole([*behind, *parts, *arrows], y + 8, title, described)


class Scale:
    """Days to pixels, over whole quarters."""

    def __init__(self, first: date, last: date) -> None:
        self.first = date(first.year, first.month - (first.month - 1) % 3, 1)
        month = last.month + 2 - (last.month - 1) % 3
        self.last = date(last.year + month // 12, month % 12 + 1, 1)
        self._per_day = (WIDTH - LABELS - 16) / max(1, (self.last - self.first).days)

    def at(self, day: date) -> float:
        """Where a day begins; days outside stand at the edge."""
        inside = min(max(day, self.first), self.last)
        return round(LABELS + (inside - self.first).days * self._per_day, 1)

    def span(self, stretch: Stretch) -> tuple[float, float]:
        """Where a stretch begins and ends; never thinner than can be seen."""
        left, right = (
            self.at(stretch.first),
            self.at(date.fromordinal(min(stretch.last.toordinal() + 1, date.max.toordinal()))),
        )
        return left, max(right, left + 3)

    def quarters(self) -> list[date]:
        months = range(self.first.year * 12 + self.first.month - 1, self.last.year * 12 + self.last.month - 1, 3)
        return [date(month // 12, month % 12 + 1, 1) for month in months]


def _row(row: Undertaking, scale: Scale, y: float) -> str:
    label = row.label if len(row.label) <= LETTERS else f"{row.label[: LETTERS - 1].rstrip()}…"
    middle = y + ROW / 2
    stages = [_stage(scale.span(stage), middle) for stage in row.stages]
    return "".join([_text(0, middle + 5, label, size=13), *_bars(row, scale, middle), *stages])


def _bars(row: Undertaking, scale: Scale, middle: float) -> list[str]:
    fill = GREY.fill if row.is_settled else BLUE.fill
    begin = scale.span(row.begins) if row.begins else None
    end = scale.span(row.ends) if row.ends else None
    if row.is_vague and begin and end:
        return [_hatched(begin[0], end[1], middle, fill)]
    parts = []
    if begin:
        parts.append(_stretch(row.begins, begin, middle, fill))
    if end:
        parts.append(_stretch(row.ends, end, middle, fill))
    if begin and end and end[0] > begin[1]:
        parts.append(_solid(begin[1], end[0], middle, fill))
    if end and not begin:
        parts.append(_lead_in(end[0], middle, fill))
    if row.goes_on:
        parts.append(_open_arrow(end[1] if end else begin[1] if begin else LABELS, middle, fill))
    return parts


def _stretch(told: Stretch | None, span: tuple[float, float], middle: float, fill: str) -> str:
    """A day is sure; anything longer is the stretch in which it falls."""
    if told and told.first == told.last:
        return _solid(span[0], span[1], middle, fill)
    return _hatched(*span, middle, fill)


def _solid(left: float, right: float, middle: float, fill: str) -> str:
    return f'<rect x="{left}" y="{middle - BAR / 2}" width="{round(right - left, 1)}" height="{BAR}" fill="{fill}"/>'


def _hatched(left: float, right: float, middle: float, fill: str) -> str:
    box = f'x="{left}" y="{middle - BAR / 2}" width="{round(right - left, 1)}" height="{BAR}"'
    return f'<rect {box} fill="url(#{HATCH}-{fill[1:]})" stroke="{fill}"/>'


def _lead_in(right: float, middle: float, fill: str) -> str:
    left = max(LABELS, right - 60)
    return f'<path d="M{left} {middle}H{right}" stroke="{fill}" stroke-width="2" stroke-dasharray="2 5" fill="none"/>'


def _open_arrow(left: float, middle: float, fill: str) -> str:
    right = WIDTH - 14
    return f'<path d="M{left} {middle}H{right}M{right - 7} {middle - 6}L{right} {middle}L{right - 7} {middle + 6}" stroke="{fill}" stroke-width="2" fill="none"/>'


def _stage(span: tuple[float, float], middle: float) -> str:
    """A diamond where the stage is known to the day; else on the stretch in which it falls."""
    left, right = span
    at = round((left + right) / 2, 1)
    line = f'<path d="M{left} {middle}H{right}" stroke="{INK}" stroke-width="2"/>' if right - left > 2 * STAGE else ""
    diamond = f"M{at} {middle - STAGE}L{at + STAGE} {middle}L{at} {middle + STAGE}L{at - STAGE} {middle}Z"
    return f'{line}<path d="{diamond}" fill="#ffffff" stroke="{INK}" stroke-width="1.5"/>'


def _arrow(source: tuple[Undertaking, float], target: tuple[Undertaking, float], scale: Scale) -> str:
    """From the end of what is waited for to the beginning of what waits; nothing where either is unknown."""
    (before, from_y), (after, to_y) = source, target
    ends, begins = before.ends or before.begins, after.begins or after.ends
    if not ends or not begins:
        return ""
    x, to_x = scale.span(ends)[1], scale.span(begins)[0]
    bend = round(max(x, to_x - 8) if to_x > x else x + 8, 1)
    line = f'stroke="{LATE}" stroke-dasharray="5 3"' if before.key in after.late_for else f'stroke="{QUIET}"'
    return f'<path d="M{x} {from_y}H{bend}V{to_y}H{to_x}" {line} stroke-width="1.5" fill="none" marker-end="url(#dsg-arrow)"/>'


def _quarters(scale: Scale, height: float) -> str:
    parts = []
    for day in scale.quarters():
        x, is_year = scale.at(day), day.month == 1 or day == scale.first
        parts.append(
            f'<path d="M{x} {20 if is_year else 26}V{height}" stroke="{LINE}" stroke-opacity="{0.5 if is_year else 0.2}"/>'
        )
        if len(scale.quarters()) <= 14:
            parts.append(_text(x + 4, 38, QUARTERS[(day.month - 1) // 3], size=11, fill=QUIET))
        if is_year:
            parts.append(_text(x + 4, 16, str(day.year), weight="650", size=13))
    return "".join(parts)


def _today(scale: Scale, today: date, height: float) -> str:
    if not scale.first <= today < scale.last:
        return ""
    x = scale.at(today)
    return f'<path d="M{x} 20V{height}" stroke="#a3261c" stroke-width="1.5"/>' + _text(
        x + 4, height + 4, "today", size=11, fill="#a3261c"
    )


def _text(x: float, y: float, words: str, *, size: int = 14, weight: str = "400", fill: str = INK) -> str:
    return f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{fill}">{escape(words)}</text>'


def _quoted(words: str) -> str:
    return f'"{escape(words)}"'


def _whole(parts: Sequence[str], height: float, title: str, described: str) -> str:
    hatches = "".join(
        f'<pattern id="{HATCH}-{hue.fill[1:]}" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        f'<path d="M0 0V5" stroke="{hue.fill}" stroke-width="2.5"/></pattern>'
        for hue in (BLUE, GREY)
    )
    arrow = f'<marker id="dsg-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0L8 4L0 8Z" fill="{QUIET}"/></marker>'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height + 4}" width="{WIDTH}" height="{height + 4}" role="img" aria-label={_quoted(f"{title}. {described}")} font-family={_quoted(FONT)}>'
    return f"{head}<title>{escape(title)}</title><desc>{escape(described)}</desc><defs>{hatches}{arrow}</defs>{''.join(parts)}</svg>"
