from decimal import Decimal

import pytest

from desaga.disclosure import (
    INTERNAL,
    NOT_COLLECTED,
    PUBLIC,
    STEWARD,
    BadPolicy,
    Cell,
    Kind,
    average_cell,
    count_cell,
    custom,
    flag,
    internal,
    number,
    share_cell,
    show,
    words,
)
from desaga.disclosure.rounding import behind, rounded


@pytest.mark.parametrize(
    ("exact", "shown"),
    # HESA: nearest multiple of 5, halves up, under 2.5 to 0. https://www.hesa.ac.uk/support/data-intelligence
    [(0, 0), (1, 0), (2, 0), ("2.4", 0), ("2.5", 5), (3, 5), (7, 5), ("7.5", 10), (8, 10), ("12.5", 15), (1002, 1000)],
)
def test_rounding_is_hesas(exact, shown):
    assert rounded(Decimal(exact), 5) == shown


def test_behind_a_rounded_figure_stand_all_counts_that_round_to_it():
    for base in (1, 2, 3, 5, 6, 10):
        for shown in range(0, 5 * base, base):
            low, high = behind(shown, base)
            assert [n for n in range(200) if rounded(n, base) == shown] == list(range(low, high + 1))


def test_a_true_and_a_rounded_zero_are_one_to_the_public():
    assert count_cell(0, PUBLIC) == count_cell(2, PUBLIC) == Cell(Kind.ZERO, 0)


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        (count_cell(4, INTERNAL), ".."),
        (count_cell(5, INTERNAL), "5"),
        (count_cell(9, internal(10)), ".."),
        (count_cell(1238, INTERNAL), "1,240"),
        (count_cell(Decimal("12.5"), INTERNAL, people=4), ".."),
        (count_cell(Decimal("2.4"), INTERNAL, people=6), "0"),
        (count_cell(3, STEWARD), "3"),
        (share_cell(10, Decimal("22.4"), PUBLIC), ".."),
        (share_cell(10, Decimal("22.5"), PUBLIC), "44.4"),
        (share_cell(2, 40, INTERNAL), ".."),
        (share_cell(38, 40, INTERNAL), ".."),
        (share_cell(1, 0, STEWARD), ".."),
        (average_cell(70, 7, PUBLIC), ".."),
        (average_cell(81, 8, PUBLIC), "10.1"),
        (NOT_COLLECTED, "–"),
    ],
)
def test_what_is_shown(cell, shown):
    assert show(cell) == shown


def test_files_keep_the_number_numeric_and_the_reason_apart():
    cells = [count_cell(12, PUBLIC), count_cell(1, PUBLIC), count_cell(1, INTERNAL), NOT_COLLECTED]
    assert [(number(cell), flag(cell)) for cell in cells] == [
        (10, ""),
        (0, ""),
        (None, "suppressed"),
        (None, "not collected"),
    ]
    assert [words(cell) for cell in cells] == ["10", "none", "hidden, to protect people", "not collected"]


def test_contradictory_policies_are_refused():
    for wrong in (lambda: custom(-1), lambda: custom(base=0), lambda: custom(protection=-1), lambda: internal(7)):
        with pytest.raises(BadPolicy):
            wrong()
