"""The document while it is being understood: its blocks, and which of its cells and lines have found a place."""

from __future__ import annotations

from collections.abc import Iterator

from desaga.documents.model import Cell, Document, Grid, Row, Source, Text

from .model import Unplaced, Where
from .words import plain


def where(source: Source) -> Where:
    return Where(sheet=source.sheet, page=source.page, row=source.row)


class Ledger:
    """Remembers which pieces of the document have been used, so that the rest is kept as unplaced text."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._used: set[int] = set()

    def use(self, *pieces: Cell | Text | Row) -> None:
        for piece in pieces:
            if isinstance(piece, Row):
                self.use(*piece.cells)
            else:
                self._used.add(id(piece))

    def is_used(self, piece: Cell | Text) -> bool:
        return id(piece) in self._used

    def unplaced(self) -> Iterator[Unplaced]:
        """What nothing has used, in reading order; the unused cells of one row together."""
        for block in self.document.blocks:
            if isinstance(block, Text):
                if block.text.strip() and not self.is_used(block):
                    yield Unplaced(where(block.source), block.text)
                continue
            for row in block.rows:
                rest = [cell.text for cell in row.cells if cell.text.strip() and not self.is_used(cell)]
                if rest:
                    yield Unplaced(where(_source_of(row, block)), "\t".join(rest))


def _source_of(row: Row, grid: Grid) -> Source:
    if row.source != Source():
        return row.source
    return next((cell.source for cell in row.cells if cell.source != Source()), grid.source)


def row_source(row: Row, grid: Grid) -> Where:
    return where(_source_of(row, grid))


def filled(row: Row) -> list[int]:
    """Indices of the row's cells that hold text."""
    return [index for index, cell in enumerate(row.cells) if cell.text.strip()]


def row_text(row: Row) -> str:
    return plain(" ".join(cell.text for cell in row.cells if cell.text.strip()))
