"""What a program may ask of a set: the system query options of OData 4 that the feed has, read from the words of an address.

https://docs.oasis-open.org/odata/odata/v4.0/odata-v4.0-part2-url-conventions.html, chapter 5. What the feed does not have is refused with 501,
as part 1 (11.2, conformance) has it; what cannot be understood, with 400.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from .schema import Edm, EntitySet, Property

Row = Mapping[str, Any]
MOST = 5_000
USUAL = 1_000
LONGEST_FILTER = 2_000
DEEPEST = 40
KNOWN = ("$filter", "$select", "$orderby", "$top", "$skip", "$count", "$format", "$skiptoken")


class NotUnderstood(Exception):
    """Something in the address cannot be understood; the message says what. 400."""


class NotOffered(Exception):
    """A part of OData that the feed does not have. 501."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`Column op value`. A null is equal to null alone, and neither less nor more than anything."""

    column: Property
    op: str
    value: Any

    def holds(self, row: Row) -> bool:
        here = row[self.column.name]
        if self.op in ("eq", "ne"):
            return (here == self.value) is (self.op == "eq")
        return here is not None and self.value is not None and ORDERS[self.op](here, self.value)


@dataclass(frozen=True, slots=True)
class Joined:
    """Conditions joined by `and` or `or`, or one that does not hold."""

    how: str
    parts: tuple[Condition, ...]

    def holds(self, row: Row) -> bool:
        if self.how == "not":
            return not self.parts[0].holds(row)
        return (all if self.how == "and" else any)(part.holds(row) for part in self.parts)


Condition = Comparison | Joined
ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "gt": lambda here, there: here > there,
    "ge": lambda here, there: here >= there,
    "lt": lambda here, there: here < there,
    "le": lambda here, there: here <= there,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What is wanted of a set. `start` and `given` come from the link to the next page: where to go on, and how many went before."""

    of: EntitySet
    where: Condition | None = None
    select: tuple[str, ...] = ()
    order: tuple[tuple[Property, bool], ...] = ()
    top: int | None = None
    skip: int = 0
    count: bool = False
    start: int | None = None
    size: int = USUAL
    rest: Mapping[str, str] = field(default_factory=dict)

    @property
    def first(self) -> int:
        """The place of the first row of this page, among all that are wanted and in their order."""
        return self.skip if self.start is None else self.start

    @property
    def most(self) -> int:
        """How many rows this page may have."""
        left = self.size if self.top is None else self.top - (self.first - self.skip)
        return max(0, min(self.size, left))

    def of_tables(self) -> list[Condition]:
        """The conditions that hold for all cells of a table or for none."""
        return [part for part in _anded(self.where) if all(one.of_table for one in columns_of(part))]

    def of_cells(self) -> list[Condition]:
        """The others."""
        known = self.of_tables()
        return [part for part in _anded(self.where) if part not in known]


def _anded(where: Condition | None) -> list[Condition]:
    if where is None:
        return []
    if isinstance(where, Joined) and where.how == "and":
        return [part for one in where.parts for part in _anded(one)]
    return [where]


def columns_of(where: Condition) -> Iterator[Property]:
    if isinstance(where, Comparison):
        yield where.column
        return
    for part in where.parts:
        yield from columns_of(part)


def asked(of: EntitySet, words: Mapping[str, str], wanted_size: int | None = None) -> Asked:
    """What the words of an address ask of a set. Raises `NotUnderstood`, `NotOffered`."""
    words = with_dollars(words)
    top, start = _whole(words, "$top"), _whole(words, "$skiptoken")
    return Asked(
        of=of,
        where=filtered(of, words["$filter"]) if words.get("$filter") else None,
        select=_selected(of, words.get("$select", "")),
        order=tuple(_ordered(of, words.get("$orderby", ""))),
        top=top,
        skip=_whole(words, "$skip") or 0,
        count=_truth(words.get("$count", "false")),
        start=start,
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


def _known(of: EntitySet, name: str) -> Property:
    found = of.column(name)
    if found is None:
        raise NotUnderstood(f"{of.name} has no column {name[:60]}. It has {', '.join(of.names())}.")
    return found


def _selected(of: EntitySet, told: str) -> tuple[str, ...]:
    names = [one.strip() for one in told.split(",") if one.strip()]
    if not names or "*" in names:
        return ()
    wanted = {_known(of, name).name for name in names}
    return tuple(name for name in of.names() if name in wanted)


def _ordered(of: EntitySet, told: str) -> Iterator[tuple[Property, bool]]:
    for one in filter(None, (part.strip() for part in told.split(","))):
        name, _, way = one.partition(" ")
        if way.strip() not in ("", "asc", "desc"):
            raise NotUnderstood("$orderby takes columns, each perhaps with asc or desc.")
        yield _known(of, name), way.strip() == "desc"


# ---- $filter

TOKEN = re.compile(
    r"\s*(?:(?P<text>'(?:[^']|'')*')|(?P<mark>[()])|(?P<moment>\d{4}-\d\d-\d\dT[0-9:.]+(?:Z|[+-]\d\d:\d\d))"
    r"|(?P<day>\d{4}-\d\d-\d\d)|(?P<number>-?\d+(?:\.\d+)?)|(?P<word>[A-Za-z_][A-Za-z0-9_]*))"
)


def filtered(of: EntitySet, told: str) -> Condition:
    """A condition: comparisons (eq, ne, gt, ge, lt, le) of a column with a value, joined by and, or, not and brackets."""
    if len(told) > LONGEST_FILTER:
        raise NotUnderstood("$filter is too long.")
    reader = _Reader(of, list(_tokens(told)))
    found = reader.either(0)
    if reader.more():
        raise NotUnderstood(f"$filter cannot be understood from “{reader.peek()[1][:40]}” on.")
    return found


def _tokens(told: str) -> Iterator[tuple[str, str]]:
    at, told = 0, told.rstrip()
    while at < len(told):
        match = TOKEN.match(told, at)
        if match is None:
            raise NotUnderstood(f"$filter cannot be understood from “{told[at : at + 40]}” on.")
        at = match.end()
        yield str(match.lastgroup), str(match[str(match.lastgroup)])


class _Reader:
    """Reads a filter word by word: `or` binds least, then `and`, then `not`."""

    def __init__(self, of: EntitySet, tokens: list[tuple[str, str]]) -> None:
        self.of, self.tokens, self.at = of, tokens, 0

    def more(self) -> bool:
        return self.at < len(self.tokens)

    def peek(self) -> tuple[str, str]:
        return self.tokens[self.at] if self.more() else ("end", "the end")

    def take(self) -> tuple[str, str]:
        token = self.peek()
        self.at += 1
        return token

    def takes(self, word: str) -> bool:
        if self.peek()[1] != word or self.peek()[0] == "text":
            return False
        self.at += 1
        return True

    def either(self, depth: int) -> Condition:
        return self._joined("or", self.both, depth)

    def both(self, depth: int) -> Condition:
        return self._joined("and", self.single, depth)

    def _joined(self, how: str, part: Callable[[int], Condition], depth: int) -> Condition:
        parts = [part(depth)]
        while self.takes(how):
            parts.append(part(depth))
        return parts[0] if len(parts) == 1 else Joined(how, tuple(parts))

    def single(self, depth: int) -> Condition:
        if depth > DEEPEST:
            raise NotUnderstood("$filter is nested too deep.")
        if self.takes("not"):
            return Joined("not", (self.single(depth + 1),))
        if self.takes("("):
            inner = self.either(depth + 1)
            if not self.takes(")"):
                raise NotUnderstood("In $filter a bracket is not closed.")
            return inner
        return self.comparison()

    def comparison(self) -> Condition:
        kind, name = self.take()
        if kind != "word":
            raise NotUnderstood(f"In $filter a column is expected where “{name[:40]}” stands.")
        if self.peek() == ("mark", "("):
            raise NotOffered(
                f"The feed's $filter has no functions, such as {name[:40]}. It compares columns with values."
            )
        column = _known(self.of, name)
        _, op = self.take()
        if op not in ("eq", "ne", *ORDERS):
            raise NotUnderstood(f"In $filter after {name} comes eq, ne, gt, ge, lt or le.")
        return Comparison(column, op, value_of(column, *self.take()))


def value_of(column: Property, kind: str, told: str) -> Any:
    """A literal as the column's type has it. Raises `NotUnderstood`."""
    if (kind, told) == ("word", "null"):
        return None
    try:
        return READ[column.type](kind, told)
    except (KeyError, ValueError, InvalidOperation):
        raise NotUnderstood(f"{column.name} is {column.type.value}, and “{told[:40]}” is none.") from None


def _text(kind: str, told: str) -> str:
    if kind != "text":
        raise ValueError
    return told[1:-1].replace("''", "'")


READ: dict[Edm, Callable[[str, str], Any]] = {
    Edm.TEXT: _text,
    Edm.WHOLE: lambda kind, told: int({"number": told}[kind]),
    Edm.NUMBER: lambda kind, told: Decimal({"number": told}[kind]),
    Edm.DAY: lambda kind, told: date.fromisoformat({"day": told}[kind]),
    Edm.MOMENT: lambda kind, told: datetime.fromisoformat({"moment": told}[kind].replace("Z", "+00:00")),
    Edm.TRUTH: lambda kind, told: {"true": True, "false": False}[told],
}


def sorted_by(order: tuple[tuple[Property, bool], ...], rows: list[Row]) -> list[Row]:
    """The rows in that order; nulls come first, as OData has it, and last where it goes down."""
    for column, down in reversed(order):
        rows = sorted(rows, key=lambda row: _rank(row[column.name]), reverse=down)
    return rows


def _rank(value: Any) -> tuple[bool, Any]:
    return (value is not None, value if value is not None else 0)
