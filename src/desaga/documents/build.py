"""Grids from rows of texts, padded to a rectangle."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .model import Cell, Grid, Row, Source


def grid_from_texts(
    rows: Iterable[Sequence[str]],
    *,
    lines: Sequence[int] | None = None,
    page: int | None = None,
    sheet: str | None = None,
    table: int | None = None,
    headers: frozenset[int] = frozenset(),
    bold: frozenset[tuple[int, int]] = frozenset(),
    ruled: bool = True,
    title: str | None = None,
) -> Grid:
    """A grid without merged cells.

    `lines` gives the number that each row has in its file (1, 2, 3 … if left out); `headers` and `bold` hold
    indices of rows and of (row, column).
    """
    texts = [list(row) for row in rows]
    width = max(map(len, texts), default=0)
    built = []
    for index, row in enumerate(texts):
        number = lines[index] if lines is not None else index + 1
        row += [""] * (width - len(row))
        cells = tuple(
            Cell(text, Source(sheet, page, table, number, column + 1), bold=(index, column) in bold)
            for column, text in enumerate(row)
        )
        built.append(Row(cells, Source(sheet, page, table, number), index in headers))
    return Grid(tuple(built), Source(sheet, page, table, lines[0] if lines else None), title, ruled)
