"""The money of a year: the budget is the fund's and is told; what few people stand behind is not."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from decimal import Decimal

from ..figures import is_few
from .facts import Spent, Year

TOGETHER = "Other kinds, together"


def pounds(amount: Decimal) -> str:
    """£1,020: to the pound."""
    return f"£{amount:,.0f}"  # not a count of people: money


def in_short(amount: Decimal) -> str:
    """£31k beside a bar, where there is little room; the table has all of it."""
    return f"£{amount / 1000:,.0f}k" if amount >= 10_000 else pounds(amount)  # not a count of people: money


def lines(year: Year) -> list[tuple[str, Decimal | None]]:
    """Budget, awarded, paid, still to be paid, left: each in pounds, or None where few people stand behind it or behind what would tell it."""
    committed = {one.person for one in year.given if one.committed}
    paid = {one.person for one in year.given if one.paid}
    spent = sum((one.paid for one in year.given), Decimal(0))
    open_ = sum((one.committed for one in year.given), Decimal(0))
    hides = is_few(len(committed | paid))
    hides_parts = hides or is_few(len(paid)) or is_few(len(committed))
    return [
        ("Budget", year.budget),
        ("Awarded", None if hides else spent + open_),
        ("Of which paid", None if hides_parts else spent),
        ("Of which still to be paid", None if hides_parts else open_),
        ("Left", None if hides else year.budget - spent - open_),
    ]


def by_kind(spent: Sequence[Spent]) -> list[tuple[str, Decimal]]:
    """Costs by kind, the largest first. Kinds that few people claimed are told together, with as many others as it takes; nothing where all are few."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    people: dict[str, set[int]] = defaultdict(set)
    for one in spent:
        sums[one.kind] += one.pounds
        people[one.kind].add(one.person)
    kept = sorted(sums, key=lambda kind: (len(people[kind]), kind))
    merged: list[str] = []
    while kept and (is_few(len(people[kept[0]])) or merged and is_few(_behind(merged, people))):
        merged.append(kept.pop(0))
    if merged and is_few(_behind(merged, people)):
        return []
    rows = sorted(((kind, sums[kind]) for kind in kept), key=lambda row: -row[1])
    return [*rows, (TOGETHER, sum((sums[kind] for kind in merged), Decimal(0)))] if merged else rows


def _behind(kinds: Sequence[str], people: dict[str, set[int]]) -> int:
    return len(set().union(*(people[kind] for kind in kinds)))
