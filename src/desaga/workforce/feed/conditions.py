"""Conditions on the rows of a set, as `$filter` makes them, and what is said where an address cannot be answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .schema import EntitySet, Property

Row = Mapping[str, Any]


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


def anded(where: Condition | None) -> list[Condition]:
    if where is None:
        return []
    if isinstance(where, Joined) and where.how == "and":
        return [part for one in where.parts for part in anded(one)]
    return [where]


def columns_of(where: Condition) -> Iterator[Property]:
    if isinstance(where, Comparison):
        yield where.column
        return
    for part in where.parts:
        yield from columns_of(part)


def known(of: EntitySet, name: str) -> Property:
    """A column of the set by its name. Raises `NotUnderstood`."""
    found = of.column(name)
    if found is None:
        raise NotUnderstood(f"{of.name} has no column {name[:60]}. It has {', '.join(of.names())}.")
    return found
