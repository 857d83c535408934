"""Which series a text on success may mean: the words of its name, or of a phrase that stands for it, are all there. Pure Python."""

from __future__ import annotations

import re
from collections.abc import Iterable

SMALL = frozenset(
    "a an and are as at be by for from has have in is it more of on or our per than that the their to we with".split()
)
SHORTEST_NAME = 2


def fits(text: str, phrases: Iterable[str]) -> bool:
    """Whether one of the phrases has all its words in the text, in any order; plurals and small words do not matter.

    A phrase of a single word fits nothing: "actions" stands in every plan.
    """
    there = words_of(text)
    return any(len(wanted := words_of(one)) >= SHORTEST_NAME and wanted <= there for one in phrases)


def words_of(text: str) -> frozenset[str]:
    """The words that mean something, without their endings."""
    return frozenset(stem(word) for word in re.findall(r"[a-z]+", text.casefold()) if word not in SMALL)


def stem(word: str) -> str:
    """Without the ending of a plural: "case studies" is "case study", "awards" is "award"."""
    if len(word) > 4 and word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
