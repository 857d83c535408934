"""A sheet gathered cell by cell, then laid out as a grid: used cells only, merged areas by anchor."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field

from .model import Cell, Grid, Row, Source

LONGEST_GAP = 20
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)$", re.IGNORECASE)


@dataclass(slots=True)
class SheetCell:
    text: str
    stored: str | None = None
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Area:
    """A merged area, from 1, ends included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """What one sheet holds: cells with content by (row, column), numbers counting from 1."""

    name: str
    cells: dict[tuple[int, int], SheetCell] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)

    def grid(self, table: int) -> Grid | None:
        """The grid of the used area, None for an empty sheet. `Source.row` and `column` stay those of the sheet; a
        stretch of more than 20 empty rows or columns is shortened to 20."""
        if not self.cells:
            return None
        self._clear_covered()
        rows = shorten({row for row, _ in self.cells})
        columns = shorten({column for _, column in self.cells})
        laid = self._merges(rows, columns)
        built = []
        for row_index, row in enumerate(rows):
            cells = tuple(
                self._cell(row, column, table, laid.get((row_index, index))) for index, column in enumerate(columns)
            )
            built.append(Row(cells, Source(self.name, None, table, row)))
        return Grid(tuple(built), Source(self.name, None, table, rows[0]), self.name)

    def _cell(self, row: int, column: int, table: int, merge: tuple[int, int, int, int] | None) -> Cell:
        held = self.cells.get((row, column))
        source = Source(self.name, None, table, row, column)
        if held is None:
            return Cell("", source, anchor=merge[:2] if merge else None)
        span, rowspan = merge[2:] if merge else (1, 1)
        return Cell(held.text, source, held.stored, None, span, rowspan, held.bold)

    def _merges(self, rows: list[int], columns: list[int]) -> dict[tuple[int, int], tuple[int, int, int, int]]:
        """For each grid place in a merged area: the anchor's place, columns and rows spanned within the grid."""
        laid: dict[tuple[int, int], tuple[int, int, int, int]] = {}
        for area in self.merged:
            if (area.top, area.left) not in self.cells:
                continue
            top, bottom = bisect_left(rows, area.top), bisect_right(rows, area.bottom)
            left, right = bisect_left(columns, area.left), bisect_right(columns, area.right)
            for row in range(top, bottom):
                for column in range(left, right):
                    laid[row, column] = (top, left, right - left, bottom - top)
        return laid

    def _clear_covered(self) -> None:
        """Cells under a merged area are not shown, whatever the file still stores in them."""
        for area in self.merged:
            covered = (area.bottom - area.top + 1) * (area.right - area.left + 1)
            if covered > len(self.cells):
                places = [p for p in self.cells if area.top <= p[0] <= area.bottom and area.left <= p[1] <= area.right]
            else:
                rows, columns = range(area.top, area.bottom + 1), range(area.left, area.right + 1)
                places = [(row, column) for row in rows for column in columns]
            for place in places:
                if place != (area.top, area.left):
                    self.cells.pop(place, None)


def shorten(used: set[int]) -> list[int]:
    """Every number from the first used to the last, long unused stretches cut to `LONGEST_GAP`."""
    kept: list[int] = []
    for number in sorted(used):
        if kept:
            kept.extend(range(kept[-1] + 1, min(number, kept[-1] + 1 + LONGEST_GAP)))
        kept.append(number)
    return kept


def parse_reference(reference: str) -> tuple[int, int] | None:
    """(row, column) of "B12"; None for anything else."""
    found = REFERENCE.match(reference)
    if not found:
        return None
    column = 0
    for letter in found[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(found[2]), column


def parse_area(reference: str) -> Area | None:
    """The area of "A1:C2"."""
    first, _, last = reference.partition(":")
    start, end = parse_reference(first), parse_reference(last or first)
    if not start or not end:
        return None
    return Area(min(start[0], end[0]), min(start[1], end[1]), max(start[0], end[0]), max(start[1], end[1]))
