from collections import defaultdict
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
    rate_cell,
    share_cell,
    show,
    words,
)
from desaga.disclosure.rounding import behind, rounded


@pytest.mark.parametrize(
    ("exact", "shown"),
    # HESA: nearest multiple of 5, halves up, under 2.5 to 0; the address stands in policies.py.
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
        (share_cell(10, Decimal("22.5"), PUBLIC), "40"),
        (share_cell(10, Decimal("22.5"), STEWARD), "44.4"),
        (share_cell(0, 40, PUBLIC), "0"),
        (share_cell(2, 40, PUBLIC), "0"),
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


def seen(part, whole, policy):
    """What is told of a part of a known whole: both counts, and the rest if that has a table too."""
    return tuple(count_cell(count, policy) for count in (part, whole, whole - part))


@pytest.mark.parametrize("policy", [PUBLIC, INTERNAL, internal(10)])
def test_a_share_tells_nothing_that_the_counts_beside_it_do_not(policy):
    """Of every part and whole that look alike, the share is the same, or tells no more than that part or rest are under the threshold."""
    alike = defaultdict(set)
    for whole in range(120):
        for part in range(whole + 1):
            few = policy.hides(part) or policy.hides(whole - part) or policy.hides(whole)
            alike[few, seen(part, whole, policy)].add(share_cell(part, whole, policy))
    assert {len(shares) for shares in alike.values()} == {1}


@pytest.mark.parametrize("policy", [PUBLIC, INTERNAL, internal(10)])
def test_where_a_share_is_shown_several_parts_and_wholes_fit_to_all_that_is_seen(policy):
    fits = defaultdict(list)
    for whole in range(120):
        for part in range(whole + 1):
            share = share_cell(part, whole, policy)
            if share.kind is not Kind.SUPPRESSED:
                fits[*seen(part, whole, policy)[:2], share].append((part, whole))
    for pairs in fits.values():
        if max(whole for _, whole in pairs) < 115:  # beyond, those that would fit are not in the table
            parts, wholes = [*map(set, zip(*pairs, strict=True))]
            assert max(wholes) - min(wholes) >= PUBLIC.protection
            assert max(parts) - min(parts) >= PUBLIC.protection or (
                policy.threshold and parts == {0}
            )  # nobody is no secret


def test_a_rate_is_out_of_the_mean_of_two_days_as_both_are_shown():
    assert show(rate_cell(12, (98, 61), PUBLIC, scale=Decimal(2))) == "25"  # 10 of (100 + 60) / 2, twice
    assert rate_cell(12, (98, 4), INTERNAL).kind is Kind.SUPPRESSED
    assert show(rate_cell(30, (13, 31), STEWARD)) == "136.4"


@pytest.mark.parametrize("policy", [PUBLIC, INTERNAL, internal(10)])
def test_no_rate_is_on_fewer_than_the_policy_names_and_hiding_tells_no_more_than_the_rounded_numbers(policy):
    """Over all pairs of days: (18, 23) is shown as 20 and 25, whose mean is 22.5, but is of 20.5 people."""
    alike = defaultdict(set)
    for then in range(policy.threshold, 60):
        for now in range(policy.threshold, 60):
            cell = rate_cell(policy.threshold, (then, now), policy)
            assert not cell.is_seen or Decimal(then + now) / 2 >= policy.least_for_share
            alike[rounded(then, 5), rounded(now, 5)].add(cell)
    assert {len(cells) for cells in alike.values()} == {1}
    assert show(rate_cell(10, (23, 23), policy)) == "40"


def test_contradictory_policies_are_refused():
    for wrong in (lambda: custom(-1), lambda: custom(base=0), lambda: custom(protection=-1), lambda: internal(7)):
        with pytest.raises(BadPolicy):
            wrong()
