"""A sheet often holds several tables under one another; this parts them, so that each is read as what it is."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

from desaga.documents.model import Cell, Grid, Row

from .document import filled
from .glossary import is_glossary_head, is_key_line, is_list_heading_text
from .sheets import is_framework_name
from .words import plain


def regions(grid: Grid) -> list[Grid]:
    """The grid's tables from top to bottom; a grid that holds one table comes back alone."""
    cuts = [0]
    for index in range(1, len(grid.rows)):
        if _begins_table(grid, index):
            cuts.append(index)
    cuts.append(len(grid.rows))
    if len(cuts) == 2:
        return [grid]
    parts = [_slice(grid, a, b) for a, b in pairwise(cuts)]
    return [part for part in parts if any(filled(row) for row in part.rows)]


def _begins_table(grid: Grid, index: int) -> bool:
    row, above = grid.rows[index], grid.rows[index - 1]
    cells = filled(row)
    if not cells or any(cell.anchor and cell.anchor[0] < index for cell in row.cells):
        return False
    if is_glossary_head(row.texts):
        return not (len(filled(above)) == 1 and is_list_heading_text(plain(above.cells[filled(above)[0]].text)))
    if not filled(above):
        return True
    text = plain(row.cells[cells[0]].text)
    if len(cells) != 1:
        return False
    explains = cells[0] == 0 and is_key_line(text)
    explained = explains and len(filled(above)) == 1 and is_key_line(plain(above.cells[filled(above)[0]].text))
    return is_list_heading_text(text) or is_framework_name(text) or explains and not explained


def _slice(grid: Grid, start: int, end: int) -> Grid:
    rows = tuple(_rebase(row, start, end) for row in grid.rows[start:end])
    return replace(grid, rows=rows, title=grid.title)


def _rebase(row: Row, start: int, end: int) -> Row:
    if not any(cell.anchor for cell in row.cells):
        return row
    return replace(row, cells=tuple(_moved(cell, start, end) for cell in row.cells))


def _moved(cell: Cell, start: int, end: int) -> Cell:
    if cell.anchor is None:
        return cell
    at = cell.anchor[0] - start
    return replace(cell, anchor=(at, cell.anchor[1]) if 0 <= at < end - start else None)


def narrowed(grid: Grid) -> Grid:
    """The grid without the columns at its right that are empty on every row."""
    width = max((max(filled(row), default=-1) + 1 for row in grid.rows), default=0)
    left = min((min(filled(row)) for row in grid.rows if filled(row)), default=0)
    if width == len(grid.rows[0].cells) and not left:
        return grid
    rows = tuple(replace(row, cells=row.cells[left:width]) for row in grid.rows)
    return replace(grid, rows=rows)
