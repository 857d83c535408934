"""The tables of a document with the headings and texts that stand over them and after them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from desaga.documents.model import Cell, Document, Grid, Row, Text

from .headings import looks_like_heads
from .regions import regions
from .words import plain


@dataclass(slots=True)
class Context:
    """A block still to be read, with the headings that stand over it."""

    grid: Grid
    heading: str = ""
    texts_before: list[Text] = field(default_factory=list)
    tail: list[Text] = field(default_factory=list)
    continues: bool = False
    """Whether it stands under another table of the same grid, parted from it by empty rows."""


def contexts_of(document: Document) -> tuple[list[Text], list[Context]]:
    """Every grid with the headings and texts that stand before and after it."""
    contexts: list[Context] = []
    texts: list[Text] = []
    since: list[Text] = []
    heading = ""
    for block in document.blocks:
        if isinstance(block, Text):
            texts.append(block)
            since.append(block)
            if block.kind == "heading" or is_short_line(block):
                heading = plain(block.text)
            if contexts:
                contexts[-1].tail.append(block)
        else:
            for number, part in enumerate(regions(_with_loose_heads(block, since))):
                contexts.append(Context(part, heading if number == 0 else "", since, continues=number > 0))
                since = []
            heading = ""
    return texts, contexts


def _with_loose_heads(grid: Grid, since: list[Text]) -> Grid:
    """The grid under its heads, where a theme's line has parted them from its rows ("Action | Lead | When")."""
    width = len(grid.rows[0].cells)
    for text in since[-3:]:
        heads = [part.strip() for part in re.split(r"\||\t", text.text)]
        if len(heads) == width >= 3 and looks_like_heads(heads):
            row = Row(tuple(Cell(head, text.source) for head in heads), text.source, header=True)
            return replace(grid, rows=(row, *(_one_lower(r) for r in grid.rows)))
    return grid


def _one_lower(row: Row) -> Row:
    """The row when another has been put above it: cells of merged areas point one row lower."""
    cells = tuple(replace(c, anchor=(c.anchor[0] + 1, c.anchor[1])) if c.anchor else c for c in row.cells)
    return replace(row, cells=cells)


def is_short_line(text: Text) -> bool:
    return (
        text.kind == "paragraph" and len(text.text.split()) <= 12 and not text.text.rstrip().endswith((".", ",", ";"))
    )
