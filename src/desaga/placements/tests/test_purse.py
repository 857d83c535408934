"""The money of an award: whatever is done in whatever order, never more is paid than was awarded."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ..dating import due_after, working_days
from ..defining import Follow
from ..purse import Purse, TooMuchMoney

pence = st.integers(min_value=-500, max_value=200_000).map(lambda number: Decimal(number) / 100)
deeds = st.lists(st.tuples(st.sampled_from(["advance", "costs", "payment", "repayment", "amount"]), pence), max_size=30)


@settings(max_examples=100, deadline=None)
@given(amount=st.integers(min_value=1, max_value=200_000).map(lambda number: Decimal(number) / 100), deeds=deeds)
def test_never_more_is_paid_than_awarded_and_what_was_paid_is_accounted_for(amount, deeds):
    purse, costs, paid, came_back = Purse(amount), Decimal(0), Decimal(0), Decimal(0)
    for deed, pounds in deeds:
        try:
            purse = getattr(purse, f"with_{deed}")(pounds)
        except TooMuchMoney:
            continue
        costs += pounds if deed == "costs" else 0
        paid += pounds if deed == "payment" else 0
        came_back += pounds if deed == "repayment" else 0
        assert 0 <= purse.paid <= purse.approved <= purse.amount
        assert 0 <= purse.settled <= purse.advanced
        assert purse.paid == paid - came_back
        # All that is to be paid or was: what it cost, and what was advanced beyond that.
        assert purse.approved == costs + purse.outstanding


@pytest.mark.parametrize(
    ("advance", "costs", "settles", "to_pay", "left"),
    [
        ("0", "300", "0", "300", "700"),
        ("400", "300", "300", "400", "600"),
        ("400", "900", "400", "900", "100"),
        ("400", "1000", "400", "1000", "0"),
    ],
)
def test_an_advance_is_settled_first(advance, costs, settles, to_pay, left):
    purse = Purse(Decimal(1000)).with_advance(Decimal(advance))
    assert purse.settles(Decimal(costs)) == Decimal(settles)
    purse = purse.with_costs(Decimal(costs))
    assert (purse.to_pay, purse.left) == (Decimal(to_pay), Decimal(left))


def test_what_is_over_says_how_much_is_left():
    purse = Purse(Decimal(1000)).with_advance(Decimal(400))
    with pytest.raises(TooMuchMoney) as much:
        purse.with_costs(Decimal("1000.01"))
    assert much.value.left == 1000


@pytest.mark.parametrize(
    ("months", "days", "ends_on", "due"),
    [
        (0, 30, date(2026, 12, 15), date(2027, 1, 14)),
        (6, 0, date(2026, 8, 31), date(2027, 2, 28)),
        (12, 0, date(2028, 2, 29), date(2029, 2, 28)),
        (0, 0, None, None),
    ],
)
def test_when_what_follows_is_due(months, days, ends_on, due):
    question = {"key": "one", "kind": "line", "label": "One"}
    follow = Follow(key="a", title="A", after_months=months, after_days=days, questions=[question])
    assert due_after(follow, ends_on) == due


def test_working_days_are_monday_to_friday_with_both_ends():
    assert [day.day for day in working_days(date(2026, 11, 27), date(2026, 12, 1))] == [27, 30, 1]
