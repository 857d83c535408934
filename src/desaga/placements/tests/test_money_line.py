"""The money line: never over the money, and in the order that was asked for."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..money_line import Wish, draw

POUNDS = st.decimals(0, 9_999, places=2)


def wishes(*sums):
    return [Wish(number, Decimal(one)) for number, one in enumerate(sums)]


@pytest.mark.parametrize(
    ("there_is", "sums", "above", "fits", "left"),
    [
        ("100", ["60", "40"], [True, True], [True, True], "0"),
        ("100", ["60", "50", "40"], [True, False, False], [True, False, True], "-50"),
        ("100", ["120", "30"], [False, False], [False, True], "-50"),
        ("0", ["0.01"], [False], [False], "-0.01"),
        ("100", [], [], [], "100"),
        (None, ["9000", "9000"], [True, True], [True, True], None),
    ],
)
def test_the_line_falls_where_the_money_ends(there_is, sums, above, fits, left):
    line = draw(None if there_is is None else Decimal(there_is), wishes(*sums))
    assert [one.is_above for one in line.steps] == above
    assert [one.fits for one in line.steps] == fits
    assert line.left == (None if left is None else Decimal(left))
    assert line.is_enough == all(above)


@given(there_is=POUNDS, sums=st.lists(POUNDS, max_size=12))
def test_it_is_never_over_the_money_and_keeps_the_order(there_is, sums):
    line = draw(there_is, wishes(*sums))
    assert [one.key for one in line.steps] == list(range(len(sums)))
    assert [one.sum for one in line.steps] == [sum(sums[: number + 1]) for number in range(len(sums))]
    assert line.above <= there_is
    assert sum(one.pounds for one in line.steps if one.fits) <= there_is
    above = [one.is_above for one in line.steps]
    assert above == sorted(above, reverse=True)
    if line.under:
        assert line.above + line.under[0].pounds > there_is


def test_less_than_nothing_is_refused():
    with pytest.raises(ValueError, match="less than nothing"):
        draw(Decimal(10), wishes("-1"))
