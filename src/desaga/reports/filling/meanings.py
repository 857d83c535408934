"""What a field of a form can be filled with, and which of it a field seems to ask for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..counting import count_words
from .lists import item_of

LEAVE = ""
#: Words that every label has, and that say nothing of what is asked.
EMPTY = frozenset(
    "a an and are as at be been by can do does for from has have how if in is it its of on or our please that the their them there these this to us was "
    "we were what when where which who whom why will with you your section word words max maximum up not more than most least".split()
)
ENOUGH = 0.34


@dataclass(frozen=True, slots=True)
class Meaning:
    """Something that fits into a field: a section, a figure or a fact. `words` are what it is recognised by, `names` what else it is called."""

    key: str
    group: str
    label: str
    value: str
    words: str
    names: tuple[str, ...] = ()

    def fits(self, kind: str) -> bool:
        """A box is ticked or not; words go everywhere else."""
        return self.key.startswith("tick:") == (kind == "tick")

    def is_unlisted(self, field: Mapping[str, Any]) -> bool:
        """Whether a field is a list that has no such item: it is left for the person then."""
        return field["kind"] == "list" and item_of(field.get("items", ()), self.value) is None

    @property
    def is_short(self) -> bool:
        """Whether it is a word or a number rather than a text."""
        return not self.key.startswith("section:")

    def too_much(self, limit: int | None, unit: str) -> int:
        """How much longer it is than a field allows, in the field's unit; 0 where it fits."""
        if limit is None:
            return 0
        number = count_words(self.value) if unit == "words" else len(self.value)
        return max(0, number - limit)


def proposed(label: str, asked: str, meanings: Sequence[Meaning], limit: int | None = None) -> str:
    """The key of the meaning that has most in common with a field, by words; nothing where none has enough."""
    name, near = _bag(label), _bag(asked)
    best, share = LEAVE, ENOUGH
    for one in meanings:
        here = _share(name, near, one, limit)
        if here > share:
            best, share = one.key, here
    return best


def _share(name: frozenset[str], near: frozenset[str], one: Meaning, limit: int | None) -> float:
    """How much a field and a meaning have in common; a short label that a fact wholly knows, where no text is asked for, is that fact."""
    title, about = _bag(one.label), _bag(one.words)
    if one.is_short and limit is None and name and name <= title | about:
        return 1.0 + _alike(name, title)
    named = max(_alike(name, _bag(other)) for other in (one.label, *one.names))
    return max(named, 0.8 * _alike(name | near, title | about))


def chosen(field: Mapping[str, Any], known: Mapping[str, str], meanings: Sequence[Meaning]) -> tuple[str, bool]:
    """What a field is filled with, and whether somebody said so: what was remembered, else what is proposed."""
    if field["key"] in known:
        return known[field["key"]], True
    if field["kind"] == "tick":
        return LEAVE, False
    meanings = [one for one in meanings if one.fits(field["kind"]) and not one.is_unlisted(field)]
    return proposed(field["label"], field["asked"], meanings, field.get("limit")), False


def _bag(text: str) -> frozenset[str]:
    words = re.findall(r"[^\W\d_]{2,}", text.casefold().replace("’", "'"))
    return frozenset(_stem(word) for word in words if word not in EMPTY)


def _stem(word: str) -> str:
    """So that "challenges" and "challenge" are one; no more than that."""
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    """What two have in common, as a share of the smaller, weighed down where the other is much larger."""
    if not one or not other:
        return 0.0
    both = len(one & other)
    return both / min(len(one), len(other)) * (both / max(len(one), len(other))) ** 0.5
