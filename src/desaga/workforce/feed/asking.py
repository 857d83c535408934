"""What a program may ask of a set: the system query options of OData 4 that the feed has, read from the words of an address.

https://docs.oasis-open.org/odata/odata/v4.0/odata-v4.0-part2-url-conventions.html, chapter 5. What the feed does not have is refused with 501,
as part 1 (11.2, conformance) has it; what cannot be understood, with 400.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from .conditions import Condition, NotOffered, NotUnderstood, Row, anded, columns_of, known
from .filtering import filtered
from .schema import EntitySet, Property

MOST = 5_000
USUAL = 1_000
KNOWN = ("$filter", "$select", "$orderby", "$top", "$skip", "$count", "$format", "$skiptoken")


class MovedOn(Exception):
    """What the pages before were of is no longer what is released; the sentence is for the program's log."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the next page begins: how many rows went before, of what was released until when (in microseconds), and a digest of those releases."""

    first: int
    until: int
    held: str

    def __str__(self) -> str:
        return f"{self.first}-{self.until}-{self.held}"

    @classmethod
    def of(cls, told: str) -> Place | None:
        """Read from an address; None where there is none. Raises `NotUnderstood`."""
        if not told:
            return None
        found = re.fullmatch(r"([0-9]{1,9})-([0-9]{1,17})-([0-9a-f]{12})", told)
        if found is None:
            raise NotUnderstood("$skiptoken is a part of the link to the next page: take it as it is.")
        return cls(int(found[1]), int(found[2]), found[3])


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of a set. `place` comes from the link to the next page."""

    of: EntitySet
    where: Condition | None = None
    select: tuple[str, ...] = ()
    order: tuple[tuple[Property, bool], ...] = ()
    top: int | None = None
    skip: int = 0
    count: bool = False
    place: Place | None = None
    size: int = USUAL
    rest: Mapping[str, str] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The place of the first row of this page, among all that are wanted and in their order."""
        return self.skip if self.place is None else self.place.first

    @property
    def most(self) -> int:
        """How many rows this page may have."""
        left = self.size if self.top is None else self.top - (self.first - self.skip)
        return max(0, min(self.size, left))

    def of_tables(self) -> list[Condition]:
        """The conditions that hold for all cells of a table or for none."""
        return [part for part in anded(self.where) if all(one.of_table for one in columns_of(part))]

    def of_cells(self) -> list[Condition]:
        """The others."""
        known = self.of_tables()
        return [part for part in anded(self.where) if part not in known]


def asked(of: EntitySet, words: Mapping[str, str], wanted_size: int | None = None) -> Asked:
    """What the words of an address ask of a set. Raises `NotUnderstood`, `NotOffered`."""
    words = with_dollars(words)
    top = _whole(words, "$top")
    return Asked(
        of=of,
        where=filtered(of, words["$filter"]) if words.get("$filter") else None,
        select=_selected(of, words.get("$select", "")),
        order=tuple(_ordered(of, words.get("$orderby", ""))),
        top=top,
        skip=_whole(words, "$skip") or 0,
        count=_truth(words.get("$count", "false")),
        place=Place.of(words.get("$skiptoken", "")),
        size=min(max(wanted_size or USUAL, 1), MOST),
        rest={name: value for name, value in words.items() if name != "$skiptoken"},
    )


def with_dollars(words: Mapping[str, str]) -> dict[str, str]:
    """The system options alone: one that is spelt so and not known is refused; words without $ are the program's own, and mean nothing."""
    found = {name: value for name, value in words.items() if name.startswith("$")}
    for name in found:
        if name not in KNOWN:
            raise NotOffered(f"The feed does not have {name}. It has {', '.join(KNOWN[:-1])}.")
    return found


def _whole(words: Mapping[str, str], name: str) -> int | None:
    told = words.get(name)
    if told is None:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", told):
        raise NotUnderstood(f"{name} is a whole number, not less than 0.")
    return int(told)


def _truth(told: str) -> bool:
    if told not in ("true", "false"):
        raise NotUnderstood("$count is true or false.")
    return told == "true"


def _selected(of: EntitySet, told: str) -> tuple[str, ...]:
    names = [one.strip() for one in told.split(",") if one.strip()]
    if not names or "*" in names:
        return ()
    wanted = {known(of, name).name for name in names}
    return tuple(name for name in of.names() if name in wanted)


def _ordered(of: EntitySet, told: str) -> Iterator[tuple[Property, bool]]:
    for one in filter(None, (part.strip() for part in told.split(","))):
        name, _, way = one.partition(" ")
        if way.strip() not in ("", "asc", "desc"):
            raise NotUnderstood("$orderby takes columns, each perhaps with asc or desc.")
        yield known(of, name), way.strip() == "desc"


def sorted_by(order: tuple[tuple[Property, bool], ...], rows: list[Row]) -> list[Row]:
    """The rows in that order; nulls come first, as OData has it, and last where it goes down."""
    for column, down in reversed(order):
        rows = sorted(rows, key=lambda row: _rank(row[column.name]), reverse=down)
    return rows


def _rank(value: Any) -> tuple[bool, Any]:
    return (value is not None, value if value is not None else 0)
