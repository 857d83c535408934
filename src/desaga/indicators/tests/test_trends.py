"""What a series shows: as tables."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations
from math import factorial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ..fitting import fits
from ..lines import Line, NoSuchLine, line_of
from ..states import said
from ..trends import Change, Point, apart, chance_of_trend, change_of, forecast, orders_by_inversions, thinned

START = date(2026, 1, 1)


def series(*values: float, every: int = 30) -> list[Point]:
    return [Point(START + timedelta(days=every * n), Decimal(str(value))) for n, value in enumerate(values)]


def after(days: int) -> date:
    return START + timedelta(days=days)


@pytest.mark.parametrize(
    ("points", "target", "reached"),
    [
        # Ten a month, and thirty more to go.
        (series(10, 20, 30, 40), 70, after(180)),
        (series(40, 30, 20, 10), 0, after(120)),
        # One odd reading does not turn the pace, and so many readings bear it.
        (series(10, 20, 90, 40, 50, 60, 70), 80, after(210)),
        # Three readings are too few, however clear; so are four of which two are of one week.
        (series(10, 20, 30), 40, None),
        ([*series(10, 20, 30), Point(after(63), Decimal(40))], 50, None),
        # Four over less than 60 days.
        (series(10, 20, 30, 40, every=15), 50, None),
        # Up and down: no trend; nor is one where nothing moves.
        (series(10, 40, 20, 30), 50, None),
        (series(10, 10, 10, 10), 50, None),
        # Clear, and away from the target.
        (series(40, 30, 20, 10), 70, None),
        # There already.
        (series(10, 20, 30, 40), 40, None),
        # Farther ahead than one looked back.
        (series(10, 20, 30, 40), 71, None),
        # Read every night: the repetitions say nothing of their own.
        (series(*range(50), every=1), 90, None),
        (series(*[n // 10 for n in range(100)], every=1), 12, after(131)),
    ],
)
def test_a_forecast_is_made_only_where_the_readings_bear_it(points, target, reached):
    assert forecast(points, Decimal(target), today=points[-1].on) == reached


def test_what_should_have_come_by_now_is_not_said():
    points = series(10, 20, 30, 40)
    assert forecast(points, Decimal(50), today=after(120)) == after(120)
    assert forecast(points, Decimal(50), today=after(121)) is None


@given(st.lists(st.integers(0, 100), max_size=12), st.integers(0, 100), st.integers(1, 40))
def test_a_forecast_never_lies_before_the_last_reading_nor_too_far_ahead(values, target, every):
    points = series(*values, every=every)
    reached = forecast(points, Decimal(target), today=START)
    if reached:
        assert points[-1].on <= reached <= points[-1].on + (points[-1].on - points[0].on)


@pytest.mark.parametrize("number", [1, 2, 3, 4, 5])
def test_the_chance_of_a_trend_is_what_counting_all_orders_gives(number):
    orders = list(permutations(range(number)))
    assert sum(orders_by_inversions(number)) == factorial(number)

    def score(values):
        return sum((b > a) - (b < a) for n, a in enumerate(values) for b in values[n + 1 :])

    for order in orders:
        as_much = sum(score(other) >= score(order) for other in orders)
        assert chance_of_trend([Decimal(v) for v in order]) == as_much / len(orders)


def test_readings_are_chosen_apart_the_newest_first():
    assert [one.on for one in apart(series(*range(30), every=1))] == [after(1), after(15), after(29)]


@pytest.mark.parametrize(("every", "number", "left"), [(1, 5, 5), (1, 60, 9), (7, 60, 14), (30, 40, 13), (365, 40, 26)])
def test_a_long_series_is_thinned_by_week_month_quarter_or_year_and_keeps_its_last(every, number, left):
    points = series(*range(number), every=every)
    found = thinned(points)
    assert (len(found) <= 26, found[-1]) == (True, points[-1])
    assert len(found) == left


@pytest.mark.parametrize(
    ("points", "change"),
    [
        (series(), None),
        (series(4), None),
        (series(4, 6), Change(Decimal(2), START)),
        (series(1, 2, 3, 5, 8), Change(Decimal(6), after(30))),
    ],
)
def test_the_change_is_since_a_quarter_ago_or_since_the_first_reading(points, change):
    assert change_of(points) == change


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (Decimal("1200"), "number", "1,200"),
        (Decimal("62.50"), "per_cent", "62.5 %"),
        (Decimal("1500"), "pounds", "£1,500"),
        (Decimal(3), "hours", "3 hours"),
        (None, "number", "hidden, to protect people"),
        (Decimal("1200.50"), "number", "1,200.5"),
        (Decimal("0.00"), "number", "0"),
    ],
)
def test_values_are_written_as_people_write_them(value, unit, words):
    assert said(value, unit) == words


@pytest.mark.parametrize(
    ("text", "phrases", "does"),
    [
        ("At least 90 % of actions are updated on time", ("Actions updated on time",), True),
        ("fewer than 10 % overdue actions", ("Actions overdue",), True),
        ("12 case studies on our site", ("Case study",), True),
        ("12 actions", ("Actions",), False),
        ("4 case studies", ("Case studies published", "Nominations for awards"), False),
        ("10 nominations for an award", ("Case studies published", "Nominations for awards"), True),
    ],
)
def test_a_series_fits_a_text_that_has_all_words_of_its_name(text, phrases, does):
    assert fits(text, phrases) == does


@pytest.mark.parametrize(
    "line", [Line("plans.overdue"), Line("plans.overdue", "plan", "7"), Line("a.b", "framework", "X|Y"), Line(series=3)]
)
def test_a_line_is_found_again_by_its_words(line):
    assert line_of(str(line)) == line


@pytest.mark.parametrize("words", ["", "plans.overdue", "a|b|", "|a|b", "series|x"])
def test_words_that_name_no_line_are_refused(words):
    with pytest.raises(NoSuchLine):
        line_of(words)
