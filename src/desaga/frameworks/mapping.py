"""A mapping from one edition to the next, proposed for a person to look at. Pure Python."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz

from .moving import Move, Relation
from .wordings import Wording, folded

#: From 0 to 100. Titles this much alike ask the same in other words; less is left for a person to say.
ALIKE = 75
SHORTEST_TO_COMPARE = 5


def propose(old: Sequence[Wording], new: Sequence[Wording]) -> list[Move]:
    """What most likely becomes of each old principle, in the old order; none is proposed where nothing is alike.

    The same words are the same principle, under whatever code. Else the same code asks the same in other words, if its words are
    not another's; else the words that are most alike do. A new principle is proposed once.
    """
    by_words = {_words(row): row for row in reversed(new) if _words(row)}
    found: dict[str, Move] = {}
    taken: set[str] = set()
    for row in old:
        same = by_words.get(_words(row))
        if same and same.code not in taken:
            found[row.code] = Move(row.code, (same.code,), Relation.SAME)
            taken.add(same.code)
    for row in old:
        near = _nearest(row, [one for one in new if one.code not in taken]) if row.code not in found else None
        if near:
            found[row.code] = Move(row.code, (near.code,), Relation.REWORDED)
            taken.add(near.code)
    return [found[row.code] for row in old if row.code in found]


def _words(row: Wording) -> str:
    """What is asked: the title, else the wording, else the code."""
    return folded(row.title or row.text or row.code)


def _nearest(row: Wording, left: Sequence[Wording]) -> Wording | None:
    names = {folded(name) for name in (row.code, *row.names)}
    if named := [one for one in left if names & {folded(name) for name in (one.code, *one.names)}]:
        return named[0]
    if len(_words(row)) < SHORTEST_TO_COMPARE:
        return None
    best = max(left, key=lambda one: fuzz.token_sort_ratio(_words(row), _words(one)), default=None)
    if best is None or fuzz.token_sort_ratio(_words(row), _words(best)) < ALIKE:
        return None
    return best
