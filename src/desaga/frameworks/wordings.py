"""Principles as people type, paste or hand them in, and what is wrong with them. Pure Python."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

LONGEST_CODE, LONGEST_TITLE, LONGEST_TEXT = 80, 300, 20_000
MOST_PRINCIPLES = 200
MOST_NAMES = 20
#: A name of so many words can stand in a cell; more is a sentence.
MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Wording:
    """One principle: its code, a short title, and its wording as its author wrote it.

    `was` is the code under which it is known so far, empty for one that is new.
    """

    code: str
    title: str = ""
    text: str = ""
    names: tuple[str, ...] = ()
    optional: bool = False
    was: str = ""


def folded(words: str) -> str:
    """Words as they are compared: case and spaces do not matter."""
    return " ".join(words.split()).casefold()


def faults(rows: Sequence[Wording]) -> dict[int, list[str]]:
    """What is wrong, by the row's place from 0, in sentences that say how to mend it."""
    found: dict[int, list[str]] = {}
    owner: dict[str, int] = {}
    for at, row in enumerate(rows):
        if key := folded(row.code):
            owner.setdefault(key, at)
    for at, row in enumerate(rows):
        if wrong := [*_faults_of(row), *_clashes(at, row, rows, owner)]:
            found[at] = wrong
    return found


def _faults_of(row: Wording) -> Iterable[str]:
    if not row.code.strip():
        yield "Give it a code, such as V1, or its name in a word or two."
    for words, most, what in (
        (row.code, LONGEST_CODE, "code"),
        (row.title, LONGEST_TITLE, "title"),
        (row.text, LONGEST_TEXT, "wording"),
    ):
        if len(words) > most:
            yield f"Shorten the {what} to {most:,} characters; it has {len(words):,}."
    if len(row.names) > MOST_NAMES:
        yield f"Keep at most {MOST_NAMES} other names."
    if any(len(name) > LONGEST_CODE for name in row.names):
        yield f"Shorten each other name to {LONGEST_CODE} characters."


def _clashes(at: int, row: Wording, rows: Sequence[Wording], owner: dict[str, int]) -> Iterable[str]:
    first = owner.get(folded(row.code), at)
    if first != at:
        yield f"“{row.code}” stands above already. Give each principle its own code."
    for name in row.names:
        other = owner.get(folded(name), at)
        if other != at:
            yield f"“{name}” is the code of another principle ({rows[other].code}). Take it away here."


def fingerprint(rows: Iterable[Wording]) -> str:
    """A short sign of what the principles are, so that nobody writes over what somebody else has just changed."""
    told = [[value for name, value in asdict(row).items() if name != "was"] for row in rows]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:16]
