"""Sums, exact to the penny, and financial years."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desaga.governance.money import Sums, bar_of, days_of, pounds, sums_of, total, year_label, year_of
from desaga.governance.states import EntryKind

PENCE = st.integers(min_value=0, max_value=99_999_999)
ENTRIES = st.lists(st.tuples(st.sampled_from(EntryKind.values), st.integers(-9_999_999, 99_999_999)), max_size=30)


def money(pence):
    return Decimal(pence).scaleb(-2)


@given(allotted=PENCE, entries=ENTRIES)
def test_sums_are_those_of_the_pence(allotted, entries):
    sums = sums_of(money(allotted), [(kind, money(pence)) for kind, pence in entries])
    by_kind = {kind: sum(pence for known, pence in entries if known == kind) for kind in EntryKind.values}
    assert (sums.committed, sums.spent) == (money(by_kind["committed"]), money(by_kind["spent"]))
    assert sums.left == money(allotted - sum(by_kind.values()))
    assert sums.allotted == sums.left + sums.used
    assert sums.overspent == max(Decimal(0), -sums.left)


@given(lines=st.lists(st.tuples(PENCE, ENTRIES), max_size=6))
def test_a_year_comes_to_what_its_lines_come_to(lines):
    each = [sums_of(money(allotted), [(kind, money(pence)) for kind, pence in rows]) for allotted, rows in lines]
    together = sums_of(
        money(sum(allotted for allotted, _ in lines)),
        [(kind, money(pence)) for _, rows in lines for kind, pence in rows],
    )
    assert total(each) == together


@given(allotted=PENCE, entries=ENTRIES)
def test_a_bar_stays_in_its_place(allotted, entries):
    bar = bar_of(sums_of(money(allotted), [(kind, money(pence)) for kind, pence in entries]))
    assert all(0 <= part <= 100 for part in (bar.spent, bar.committed, bar.over))


@given(day=st.dates(date(2001, 1, 1), date(2099, 12, 31)), month=st.integers(1, 12))
def test_each_day_is_in_one_financial_year(day, month):
    first, last = days_of(year_of(day, month), month)
    assert first <= day <= last
    assert (first.month, first.day) == (month, 1)
    assert days_of(year_of(day, month) + 1, month)[0] == last + timedelta(days=1)


@pytest.mark.parametrize(
    ("year", "month", "words"), [(2026, 8, "2026/27"), (2026, 1, "2026"), (2099, 4, "2099/00"), (2008, 8, "2008/09")]
)
def test_a_year_is_called_as_people_call_it(year, month, words):
    assert year_label(year, month) == words


@pytest.mark.parametrize(
    ("amount", "words"), [("1250", "£1,250.00"), ("-30.5", "−£30.50"), ("0", "£0.00"), ("1234567.89", "£1,234,567.89")]
)
def test_an_amount_reads_as_pounds(amount, words):
    assert pounds(Decimal(amount)) == words


def test_more_than_was_allotted_is_drawn_beyond_it():
    bar = bar_of(Sums(Decimal("80"), Decimal("40"), Decimal("60")))
    assert (bar.spent, bar.committed, bar.over, bar.over_from) == (60.0, 40.0, 20.0, 80.0)
