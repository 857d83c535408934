"""Sums of a budget, exact to the penny, and financial years. Knows neither database nor page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from .states import EntryKind

NOUGHT = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Sums:
    """What was allotted, in pounds, and what became of it."""

    allotted: Decimal = NOUGHT
    committed: Decimal = NOUGHT
    spent: Decimal = NOUGHT

    def __add__(self, other: Sums) -> Sums:
        return Sums(self.allotted + other.allotted, self.committed + other.committed, self.spent + other.spent)

    @property
    def used(self) -> Decimal:
        return self.committed + self.spent

    @property
    def left(self) -> Decimal:
        """What can still be committed; below nought where more is used than was allotted."""
        return self.allotted - self.used

    @property
    def overspent(self) -> Decimal:
        """By how much more is used than was allotted; nought where it is not."""
        return max(-self.left, NOUGHT)


def sums_of(allotted: Decimal, entries: Iterable[tuple[str, Decimal]]) -> Sums:
    """The sums of a line from its entries, each a kind and an amount."""
    by_kind = {kind.value: NOUGHT for kind in EntryKind}
    for kind, amount in entries:
        by_kind[kind] += amount
    return Sums(allotted, by_kind[EntryKind.COMMITTED], by_kind[EntryKind.SPENT])


def total(sums: Iterable[Sums]) -> Sums:
    return sum(sums, Sums())


def pounds(amount: Decimal) -> str:
    """An amount as people read it: "£1,250.00", "−£30.00"."""
    return f"{'−' if amount < 0 else ''}£{abs(amount):,.2f}"


@dataclass(frozen=True, slots=True)
class Bar:
    """A line's bar, in hundredths of its place: spent, then committed, then, beyond what was allotted, what is over."""

    spent: float
    committed: float
    over: float

    @property
    def committed_from(self) -> float:
        return self.spent

    @property
    def over_from(self) -> float:
        return round(100 - self.over, 2)


def bar_of(sums: Sums) -> Bar:
    """The whole bar is what was allotted or, where more is used, that; amounts below nought draw nothing."""
    whole = max(sums.allotted, sums.used)
    if whole <= 0:
        return Bar(0, 0, 0)

    def part(amount: Decimal) -> float:
        return round(float(min(max(amount, NOUGHT), whole) / whole * 100), 2)

    return Bar(part(sums.spent), part(sums.committed), part(sums.overspent))


def year_of(day: date, first_month: int) -> int:
    """The financial year that a day is in, as the calendar year in which it begins."""
    return day.year if day.month >= first_month else day.year - 1


def days_of(year: int, first_month: int) -> tuple[date, date]:
    """The first and the last day of a financial year."""
    return date(year, first_month, 1), date(year + 1, first_month, 1) - timedelta(days=1)


def year_label(year: int, first_month: int) -> str:
    """ "2026/27", or "2026" where the financial year is the calendar's."""
    return str(year) if first_month == 1 else f"{year}/{(year + 1) % 100:02}"
