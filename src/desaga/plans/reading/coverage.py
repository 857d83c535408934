"""No text of the document is lost: whatever word stands nowhere in the plan is kept as unplaced text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from desaga.documents.model import Document, Text

from .document import where
from .model import Plan, Unplaced, Where
from .words import plain

_WORD = re.compile(r"[^\W_]+")


def keep_every_word(document: Document, plan: Plan) -> None:
    """Add to the plan's unplaced text each piece of the document with a word that the plan does not hold yet.

    Heads of columns, labels such as "Lead:" and status words that became a value of a fixed list come back here,
    once each, with the place where they first stand.
    """
    held = {word.casefold() for word in _words_in(plan.as_dict())}
    for source, texts in _pieces(document):
        lost_of_row = []
        for text in texts:
            words = _words(text)
            lost = [word for word in words if word.casefold() not in held]
            if lost:
                lost_of_row.append(text if 2 * len(lost) > len(words) else " ".join(lost))
                held.update(word.casefold() for word in lost)
        if lost_of_row:
            plan.unplaced.append(Unplaced(source, "\t".join(lost_of_row)))


def _pieces(document: Document) -> Iterator[tuple[Where, list[str]]]:
    """The document's texts with their places: a line alone, the cells of a row together."""
    if document.title:
        yield Where(), [document.title]
    for block in document.blocks:
        if isinstance(block, Text):
            yield where(block.source), [f"{block.marker or ''} {block.text}".strip()]
            continue
        if block.title:
            yield where(block.source), [block.title]
        for row in block.rows:
            cells = [cell for cell in row.cells if cell.text]
            if cells:
                yield where(cells[0].source if cells[0].source.row else row.source), [cell.text for cell in cells]


def _words(text: str) -> list[str]:
    return _WORD.findall(plain(text))


def _words_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _words(value)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _words_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from _words_in(part)
