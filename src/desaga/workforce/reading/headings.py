"""Which headings may stand in the open. Where a file has none, its first row is a person."""

from __future__ import annotations

from .table import KNOWN_HEADS
from .values import folded

#: Every word that headings which we know are made of.
WORDS = frozenset(word for head in KNOWN_HEADS for word in head.split())


def in_the_open(head: str, column: int) -> str:
    """A heading of a column (from 0), where it is made of such words; else which column it is."""
    words = folded(head).split()
    return head if words and WORDS.issuperset(words) else f"column {column + 1}"
