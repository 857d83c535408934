"""Words as they are compared: without case, and cut to what forms of a word share."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

WORD = re.compile(r"[A-Za-z][A-Za-z’']*")
STOP = frozenset(
    "a an and are as at be been being by can do does for from had has have he her his how i if in into is it its may more most no not of on or our"
    " over she should so such than that the their them then there these they this those through to under up was we were what when where which who"
    " will with within would you your all any each every other others also both across during per new use used using make made provide provided"
    " ensure support including include university faculty staff technician technicians technical".split()
)
#: The longest first: what is cut must leave three letters.
SUFFIXES = ("isations", "isation", "ations", "ation", "ements", "ement", "ments", "ment", "ingly", "ings", "ing", "ions", "ion", "ers", "ies", "ied", "ed", "es", "er", "ly", "s", "e", "y")  # fmt: skip
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: its stem, and where it stands."""

    stem: str
    start: int
    end: int


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """What a word shares with its other forms, roughly: "nominating" and "nominations" are one."""
    word = word.casefold().replace("’", "'").removesuffix("'s").replace("'", "")
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= SHORTEST:
            return word.removesuffix(suffix)
    return word


def words_of(text: str) -> list[Word]:
    """All words of a text in their order; hyphens part them."""
    return [Word(stem(match[0]), match.start(), match.end()) for match in WORD.finditer(text)]


def stems_of(text: str) -> list[str]:
    """The stems that say something."""
    return [stem(match[0]) for match in WORD.finditer(text) if match[0].casefold() not in STOP and len(match[0]) > 2]
