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
    held = set(_words_in(plan.as_dict()))
    for source, text in _pieces(document):
        words = _words(text)
        lost = [word for word in words if word not in held]
        if lost:
            plan.unplaced.append(Unplaced(source, text if 2 * len(lost) > len(words) else " ".join(lost)))
            held.update(lost)


def _pieces(document: Document) -> Iterator[tuple[Where, str]]:
    if document.title:
        yield Where(), document.title
    for block in document.blocks:
        if isinstance(block, Text):
            yield where(block.source), f"{block.marker or ''} {block.text}".strip()
            continue
        if block.title:
            yield where(block.source), block.title
        for row in block.rows:
            for cell in row.cells:
                if cell.text:
                    yield where(cell.source if cell.source.row else row.source), cell.text


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(plain(text))]


def _words_in(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from _words(value)
    elif isinstance(value, dict):
        for part in value.values():
            yield from _words_in(part)
    elif isinstance(value, list):
        for part in value:
            yield from _words_in(part)
