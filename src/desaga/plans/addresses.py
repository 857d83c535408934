"""Whose the contact addresses are that somebody pasted: the document's names first, then the organisation's parties."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from desaga.organisations.addressing import AddressLine

from .queries.names import Name
from .queries.parties import PartiesKnown
from .reading.words import key


@dataclass(frozen=True)
class Whose:
    """A line with the party that it is for and its addresses that the party lacks, or a sentence that says why it is for nobody."""

    line: AddressLine
    party: Any = None
    fresh: tuple[str, ...] = ()
    error: str = ""


def whose(lines: Iterable[AddressLine], names: Sequence[Name], known: PartiesKnown) -> list[Whose]:
    """Each line with its party or an error; an address that was given to the party before, here or earlier, counts once."""
    by_words = {key(words): name for name in names for words in (name.text, name.words)}
    given: set[tuple[int, str]] = set()
    return [_of_line(line, by_words.get(key(line.who)), known, given) for line in lines]


def _of_line(line: AddressLine, name: Name | None, known: PartiesKnown, given: set[tuple[int, str]]) -> Whose:
    if not line.contacts:
        return Whose(line, error="There is no e-mail address in this line.")
    if not line.who:
        return Whose(line, error="Write whose address this is before it.")
    party = name.party if name else known.find(code=None, text=line.who)
    if not party:
        why = f"Say first who {name.words} is." if name else f"“{line.who[:80]}” is neither a name here nor a party."
        return Whose(line, error=why)
    has = {one.casefold() for one in party.contacts}
    fresh = tuple(one for one in line.contacts if one.casefold() not in has and (party.pk, one.casefold()) not in given)
    given.update((party.pk, one.casefold()) for one in fresh)
    return Whose(line, party, fresh)
