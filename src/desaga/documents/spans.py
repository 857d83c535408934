"""Rows of cells with colspan and rowspan laid out as a grid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .model import Cell, Grid, Row, Source

MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class SpanningCell:
    text: str
    bold: bool = False
    span: int = 1
    rowspan: int = 1


@dataclass(frozen=True, slots=True)
class SpanningRow:
    cells: tuple[SpanningCell, ...]
    header: bool = False


def lay_out(rows: Sequence[SpanningRow], table: int, title: str | None = None) -> Grid | None:
    """The grid that a browser would draw (HTML Standard, "forming a table"); None where no cell is left."""
    taken: dict[tuple[int, int], Cell] = {}
    for index, row in enumerate(rows):
        column = 0
        for cell in row.cells:
            while (index, column) in taken:
                column += 1
            if column >= MOST_COLUMNS:
                break
            width = max(1, min(cell.span, MOST_COLUMNS - column))
            height = max(1, min(cell.rowspan, len(rows) - index))
            _place(taken, index, column, cell, width, height)
            column += width
    width = max((column for _, column in taken), default=-1) + 1
    if not width:
        return None
    laid = tuple(
        _row(taken, index, width, row.header, Source(table=table, row=index + 1)) for index, row in enumerate(rows)
    )
    return Grid(laid, Source(table=table, row=1), title)


def _place(
    taken: dict[tuple[int, int], Cell], row: int, column: int, cell: SpanningCell, width: int, height: int
) -> None:
    for down in range(height):
        for across in range(width):
            taken.setdefault((row + down, column + across), Cell("", anchor=(row, column)))
    span = width if width * height > 1 else 1
    taken[row, column] = Cell(cell.text, span=span, rowspan=height, bold=cell.bold)


def _row(taken: dict[tuple[int, int], Cell], index: int, width: int, header: bool, source: Source) -> Row:
    cells = (
        replace(taken.get((index, column), Cell("")), source=replace(source, column=column + 1))
        for column in range(width)
    )
    return Row(tuple(cells), source, header)
