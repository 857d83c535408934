"""Rows of a table whose columns are known: which lines belong to one row."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from .pdf_rules import Rule
from .pdf_text import Line, Word

RULES_NEEDED = 3
SINGLES_NEEDED = 4
SINGLES_SHARE = 0.7
CODE = re.compile(r"\(?[A-Za-z]{0,6}[-. ]?\d[\w./-]*\)?$")


@dataclass(slots=True)
class CellRow:
    """One row: for each column its lines of words. `spanning` marks a text that runs over the columns."""

    top: float
    cells: list[list[list[Word]]]
    spanning: bool = False

    def texts(self) -> list[str]:
        return ["\n".join(" ".join(word.text for word in line) for line in cell) for cell in self.cells]

    def bolds(self) -> list[bool]:
        return [bool(cell) and all(word.bold for line in cell for word in line) for cell in self.cells]


@dataclass(slots=True)
class Band:
    """One line cut into columns."""

    line: Line
    cells: list[list[Word]] = field(default_factory=list)
    spanning: bool = False

    @property
    def filled(self) -> int:
        return sum(bool(cell) for cell in self.cells)


def join_rows(lines: Sequence[Line], edges: Sequence[float], rules: Sequence[Rule]) -> list[CellRow]:
    """The rows of a table, by its rules where it has them between rows, else by the white between rows, else by its
    first column."""
    bands = [_cut(line, edges) for line in lines]
    starts = _starts_by_white(bands)
    if starts is None:
        starts = _starts_by_first_column(bands, edges)
    ruled = _starts_by_rules(bands, rules)
    starts = ruled if len(ruled) >= RULES_NEEDED and len(ruled) >= 0.5 * len(starts) else starts | ruled
    return [_centred(row, bands) for row in _rows(bands, _around_spanning(bands, starts))]


def _around_spanning(bands: Sequence[Band], starts: set[int]) -> set[int]:
    """A text over several columns is a row of its own, with the lines into which it wraps."""
    right = max(band.line.x1 for band in bands)
    open_text: Band | None = None
    for index, band in enumerate(bands):
        only = band.filled == 1 and bool(band.cells[0])
        first = band.line.words[0]
        if open_text and only and open_text.line.x1 + 0.3 * first.size + first.x1 - first.x0 > right:
            starts.discard(index)
            open_text = band
        elif band.spanning:
            starts.add(index)
            open_text = band
        else:
            starts |= {index} if open_text else set()
            open_text = None
    return starts


def _centred(row: CellRow, bands: Sequence[Band]) -> CellRow:
    """A lone line set in the middle of the table runs over all columns."""
    filled = [cell for cell in row.cells if cell]
    if len(filled) != 1 or len(filled[0]) != 1 or row.cells[0]:
        return row
    left, right = min(band.line.x0 for band in bands), max(band.line.x1 for band in bands)
    words = filled[0][0]
    if abs(words[0].x0 + words[-1].x1 - left - right) > 12:
        return row
    return CellRow(row.top, [filled[0], *([] for _ in row.cells[1:])], True)


def _cut(line: Line, edges: Sequence[float]) -> Band:
    band = Band(line, [[] for _ in range(len(edges) + 1)])
    for word in line.words:
        band.cells[bisect_right(edges, word.x0 + 1.5)].append(word)
    gaps = [after.x0 - before.x1 for before, after in zip(line.words, line.words[1:], strict=False)]
    crossing = any(word.x0 < edge - 1.5 and word.x1 > edge + 1 for word in line.words for edge in edges)
    if crossing and (not gaps or max(gaps) < 0.8 * line.size):
        band.spanning = True
        band.cells = [list(line.words), *([] for _ in edges)]
    return band


def _starts_by_rules(bands: Sequence[Band], rules: Sequence[Rule]) -> set[int]:
    """Lines that stand first below a rule as wide as half the table."""
    left, right = min(band.line.x0 for band in bands), max(band.line.x1 for band in bands)
    marks = sorted(rule.at for rule in rules if min(rule.end, right) - max(rule.start, left) >= 0.5 * (right - left))
    starts: set[int] = set()
    for index, (before, band) in enumerate(itertools.pairwise(bands), start=1):
        upper, lower = (each.line.top + each.line.bottom for each in (before, band))
        if any(upper / 2 < mark < lower / 2 for mark in marks):
            starts.add(index)
    return starts | {0} if starts else starts


def _starts_by_white(bands: Sequence[Band]) -> set[int] | None:
    """Lines below white clearly higher than the white within cells; None where there is only one height of white."""
    whites: list[float] = []
    bottom = bands[0].line.bottom
    for band in bands[1:]:
        whites.append(band.line.top - bottom)
        bottom = max(bottom, band.line.bottom)
    size = sorted(band.line.size for band in bands)[len(bands) // 2]
    threshold = _threshold(whites, size)
    if threshold is None:
        return None
    return {0} | {index for index, white in enumerate(whites, start=1) if white > threshold}


def _threshold(whites: Sequence[float], size: float) -> float | None:
    """The middle of the widest step between heights of white that are small enough to lie inside a table."""
    heights = sorted(white for white in whites if white < 3 * size)
    steps = [(b - a, (a + b) / 2) for a, b in itertools.pairwise(heights)]
    low = [step for step in steps if step[1] < heights[0] + 1.5 * size]
    if not low:
        return None
    step, middle = max(low)
    if step < max(0.7, 0.07 * size) or heights[0] > 0.6 * size:
        return None
    return middle


def _starts_by_first_column(bands: Sequence[Band], edges: Sequence[float]) -> set[int]:
    """Lines whose first column has text that cannot be the rest of the line above."""
    column = 0
    while column < len(edges) - 1 and sum(bool(band.cells[column]) for band in bands) < 2:
        column += 1
    right = max((band.cells[column][-1].x1 for band in bands if band.cells[column] and not band.spanning), default=0.0)
    pairs = list(itertools.pairwise(bands))
    anew = [_begins_anew(band.cells[column], before.cells[column], right) for before, band in pairs]
    roomy, single = _is_roomy(bands), _is_row_a_line(pairs, anew, column)
    starts = {0}
    for index, (before, band) in enumerate(pairs, start=1):
        own = band.cells[column]
        if not own:
            continue
        whole = own[0].text[:1].isupper() and (roomy or (single and band.filled > 1))
        if not before.cells[column] or anew[index - 1] or whole or _fills_others(before, band, column):
            starts.add(index)
    return starts


def _is_roomy(bands: Sequence[Band]) -> bool:
    """Lines evenly parted by more white than there is between the lines of one cell."""
    whites = [band.line.top - before.line.bottom for before, band in itertools.pairwise(bands)]
    size = sorted(band.line.size for band in bands)[len(bands) // 2]
    return len(whites) > 2 and min(whites) > 0.75 * size and max(whites) - min(whites) < 0.1 * size


def _is_row_a_line(pairs: Sequence[tuple[Band, Band]], anew: Sequence[bool], column: int) -> bool:
    """Whether hardly a line with text in the column could be the rest of the line above, as in a tight glossary."""
    both = [new for (before, band), new in zip(pairs, anew, strict=True) if before.cells[column] and band.cells[column]]
    return len(both) >= SINGLES_NEEDED and sum(both) >= SINGLES_SHARE * len(both)


def _begins_anew(own: Sequence[Word], above: Sequence[Word], right: float) -> bool:
    """A code, or a first word that would have fitted on the line above."""
    if not own or not above or above[-1].text.endswith("-"):
        return False
    if CODE.match(own[0].text) and own[0].text[:1] not in "(":
        return True
    width = own[0].x1 - own[0].x0
    return above[-1].x1 + 0.3 * own[0].size + width < right


def _fills_others(before: Band, band: Band, column: int) -> bool:
    """Texts appear in columns that the line above leaves empty."""
    fresh = sum(1 for i, cell in enumerate(band.cells) if i != column and cell and not before.cells[i])
    return fresh >= 2


def _rows(bands: Sequence[Band], starts: set[int]) -> list[CellRow]:
    rows: list[CellRow] = []
    for index, band in enumerate(bands):
        if index in starts or not rows:
            rows.append(CellRow(band.line.top, [[] for _ in band.cells], band.spanning))
        for cell, words in zip(rows[-1].cells, band.cells, strict=True):
            if words:
                cell.append(words)
    return rows
