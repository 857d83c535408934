"""The money of one award: what may still be approved, and what an advance still has to be settled with. Pure: no Django, no database.

Never more is paid than was approved, and never more approved than awarded. An advance is paid before; what is approved of the costs afterwards settles it first.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Self

NOTHING = Decimal(0)


class TooMuchMoney(Exception):
    """More than there is; `left` is what there is."""

    def __init__(self, left: Decimal) -> None:
        super().__init__(f"£{left:,.2f} is left.")
        self.left = left


@dataclass(frozen=True, slots=True)
class Purse:
    """In pounds. `approved` is what is to be paid or was; `advanced` the advances among it, `settled` what costs have accounted for of them."""

    amount: Decimal
    approved: Decimal = NOTHING
    paid: Decimal = NOTHING
    advanced: Decimal = NOTHING
    settled: Decimal = NOTHING

    @property
    def left(self) -> Decimal:
        """What may still be approved."""
        return self.amount - self.approved

    @property
    def outstanding(self) -> Decimal:
        """What was advanced and no costs account for yet."""
        return self.advanced - self.settled

    @property
    def to_pay(self) -> Decimal:
        return self.approved - self.paid

    def with_advance(self, pounds: Decimal) -> Self:
        """Raises `TooMuchMoney`."""
        _refuse_over(pounds, self.left)
        return replace(self, approved=self.approved + pounds, advanced=self.advanced + pounds)

    def settles(self, costs: Decimal) -> Decimal:
        """How much of these costs was paid in advance."""
        return min(costs, self.outstanding)

    def with_costs(self, costs: Decimal) -> Self:
        """Raises `TooMuchMoney`, whose `left` counts what the advance covers."""
        settles = self.settles(costs)
        _refuse_over(costs, self.left + settles)
        return replace(self, approved=self.approved + costs - settles, settled=self.settled + settles)

    def with_payment(self, pounds: Decimal) -> Self:
        """Raises `TooMuchMoney`."""
        _refuse_over(pounds, self.to_pay)
        return replace(self, paid=self.paid + pounds)

    def without_payment(self, pounds: Decimal) -> Self:
        """A payment did not hold: it is to be paid again. Raises `TooMuchMoney`."""
        _refuse_over(pounds, self.paid)
        return replace(self, paid=self.paid - pounds)

    def with_repayment(self, pounds: Decimal) -> Self:
        """What is left of an advance comes back, and may be approved anew. Raises `TooMuchMoney`."""
        _refuse_over(pounds, min(self.outstanding, self.paid))
        return replace(self, approved=self.approved - pounds, paid=self.paid - pounds, advanced=self.advanced - pounds)

    def with_amount(self, pounds: Decimal) -> Self:
        """The award is another sum; never less than is approved. Raises `TooMuchMoney`."""
        if pounds < self.approved:
            raise TooMuchMoney(self.approved)
        return replace(self, amount=pounds)


def _refuse_over(pounds: Decimal, most: Decimal) -> None:
    if pounds < 0 or pounds > most:
        raise TooMuchMoney(most)
