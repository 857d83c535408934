"""Grids and documents built from a few lines of text, for tests of the reader."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

from desaga.documents.model import Block, Cell, Document, Grid, Row, Source, Text
from desaga.plans.reading import understand


def grid(
    *lines: str, title: str | None = None, sheet: str | None = None, page: int | None = None, ruled: bool = True
) -> Grid:
    """A grid of one row a line, cells parted by "|"; every row as wide as the widest.

    ">" continues the merged cell to its left, "^" the one above it.
    """
    texts = [[cell.strip(" ") for cell in line.split("|")] for line in lines]
    width = max(len(row) for row in texts)
    texts = [row + [""] * (width - len(row)) for row in texts]
    rows = []
    for r in range(len(texts)):
        source = Source(sheet=sheet, page=page, row=r + 1)
        cells = [_cell(texts, r, c, source) for c in range(width)]
        rows.append(Row(tuple(cells), source))
    return Grid(tuple(rows), Source(sheet=sheet, page=page), title, ruled)


def _cell(texts: Sequence[Sequence[str]], r: int, c: int, source: Source) -> Cell:
    text = texts[r][c]
    if text in {">", "^"}:
        return Cell("", source, anchor=_anchor(texts, r, c))
    span = 1
    while c + span < len(texts[r]) and texts[r][c + span] == ">":
        span += 1
    below = 1
    while r + below < len(texts) and texts[r + below][c] == "^":
        below += 1
    return Cell(text, source, span=span, rowspan=below)


def _anchor(texts: Sequence[Sequence[str]], r: int, c: int) -> tuple[int, int]:
    while texts[r][c] in {">", "^"}:
        r, c = (r, c - 1) if texts[r][c] == ">" else (r - 1, c)
    return r, c


Format = Literal["txt", "csv", "xlsx", "docx", "pdf", "html", "md"]


def plan_of(*blocks: Block | str, format: Format = "docx", title: str | None = None) -> dict[str, Any]:
    """What the reader understands in a document of these blocks; a string is a paragraph, "# …" a heading."""
    return understand(Document("plan", format, [_block(block) for block in blocks], title=title)).as_dict()


def _block(block: Block | str) -> Block:
    if not isinstance(block, str):
        return block
    if block.startswith("# "):
        return Text(block[2:], "heading", 1, blank_before=1)
    if block.startswith("- "):
        return Text(block[2:], "item", 1, "•")
    return Text(block, blank_before=1)
