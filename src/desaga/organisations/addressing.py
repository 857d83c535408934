"""Contact addresses as people paste them, a line each: "TSM, ann@example.ac.uk", "Ann Smith <ann@example.ac.uk>". Writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .loading import ADDRESS
from .refusals import Refused
from .sheets import Line

LARGEST_PASTE = 2000
AROUND = " \t<>()[]{},;:|\"'=-–—"
LONGEST_ADDRESS = 254


class TooManyLines(Refused):
    """There are more than 2,000 lines. Give them in parts."""


@dataclass(frozen=True)
class AddressLine:
    """A line as understood: its number, whose addresses they are in its own words, and the addresses, each once."""

    number: int
    who: str
    contacts: tuple[str, ...]
    text: str


def lines_of_text(text: str) -> list[AddressLine]:
    """The lines that say something. Raises `TooManyLines`."""
    return _understood(enumerate(text.splitlines(), 1))


def lines_of_tables(tables: Iterable[Sequence[Line]]) -> list[AddressLine]:
    """The rows of all tables; a first row without an address is a heading. Raises `TooManyLines`."""
    found: list[tuple[int, str]] = []
    for table in tables:
        rows = [(number, "\t".join(cells)) for number, cells in table]
        found += rows[1:] if rows and not ADDRESS.search(rows[0][1]) else rows
    return _understood(found)


def _understood(lines: Iterable[tuple[int, str]]) -> list[AddressLine]:
    found = [_line(number, text) for number, text in lines if text.strip()]
    if len(found) > LARGEST_PASTE:
        raise TooManyLines
    return found


def _line(number: int, text: str) -> AddressLine:
    addresses = [one.removeprefix("mailto:") for one in ADDRESS.findall(text)]
    who = " ".join(ADDRESS.sub(" ", text).split())
    contacts = {one.casefold(): one for one in reversed(addresses) if len(one) <= LONGEST_ADDRESS}
    return AddressLine(number, who.strip(AROUND), tuple(reversed(contacts.values())), " ".join(text.split()))
