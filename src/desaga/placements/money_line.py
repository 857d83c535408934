"""The money line: which of the awards that a panel has in mind the year's money covers, in their order. Pure: no Django, no database.

Awards are taken one after the other; the line falls before the first that the money does not cover, and all that follow stand under it, also those
that would fit: an order that gives way to small sums is no order. What would fit all the same, in order, is said beside (`fits`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")
NOTHING = Decimal(0)


class Wish(NamedTuple, Generic[T]):
    """An award that is in mind: for what, and how much, in pounds."""

    key: T
    pounds: Decimal


class Step(NamedTuple, Generic[T]):
    """`sum` is what is awarded from the first to this one; `fits`: it stands above the line, or there would be money for it all the same."""

    key: T
    pounds: Decimal
    sum: Decimal
    is_above: bool
    fits: bool


@dataclass(frozen=True)
class MoneyLine(Generic[T]):
    """`there_is` is what may still be awarded, or None where nobody has said how much there is; then all stand above."""

    there_is: Decimal | None
    steps: tuple[Step[T], ...]

    @property
    def sum(self) -> Decimal:
        return self.steps[-1].sum if self.steps else NOTHING

    @property
    def above(self) -> Decimal:
        """What the awards above the line take."""
        return sum((one.pounds for one in self.steps if one.is_above), NOTHING)

    @property
    def left(self) -> Decimal | None:
        """What is left when all are awarded; below nothing where there is too little."""
        return None if self.there_is is None else self.there_is - self.sum

    @property
    def is_enough(self) -> bool:
        return self.there_is is None or self.sum <= self.there_is

    @property
    def under(self) -> tuple[Step[T], ...]:
        return tuple(one for one in self.steps if not one.is_above)


def draw(there_is: Decimal | None, wishes: Sequence[Wish[T]]) -> MoneyLine[T]:
    """The line through these awards, in this order. Sums below nothing are refused."""
    if any(one.pounds < 0 for one in wishes):
        raise ValueError("An award is not less than nothing.")
    steps: list[Step[T]] = []
    so_far = taken = NOTHING
    is_above = True
    for one in wishes:
        so_far += one.pounds
        fits = there_is is None or taken + one.pounds <= there_is
        is_above = is_above and fits
        taken += one.pounds if fits else NOTHING
        steps.append(Step(one.key, one.pounds, so_far, is_above, fits))
    return MoneyLine(there_is, tuple(steps))
