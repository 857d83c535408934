"""The engine of panel assignment beside trying everything, beside walking hand-overs, and at its edges."""

import random
from dataclasses import replace
from fractions import Fraction

import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desaga.placements.assigning import QUESTIONS, Application, BadPanel, Panel, Reviewer, share_out
from desaga.placements.assigning.checking import faults
from desaga.placements.assigning.grid import grid_of
from desaga.placements.assigning.programme import Programme, solve
from desaga.placements.assigning.swapping import improved
from desaga.placements.tests.oracles import best, could_be_fairer, fairness, value

HOMES = ("Leeds", "York", "")


def panel(applications=2, reviewers=3, k=1, *, most=None, homes=(), **others):
    """A1, A2 … and R1, R2 …"""
    most, homes = dict(most or {}), dict(homes)
    return Panel(
        tuple(Application(f"A{n}") for n in range(1, applications + 1)),
        tuple(
            Reviewer(f"R{n}", homes.get(f"R{n}", ""), most.get(f"R{n}")) for n in range(1, reviewers + 1)
        ),
        k,
        **others,
    )  # fmt: skip


def at_random(seed, applications=4, reviewers=4, k=2):
    chance = random.Random(seed)
    pairs = [(f"A{a}", f"R{r}") for a in range(1, applications + 1) for r in range(1, reviewers + 1)]
    conflicts = {pair for pair in pairs if chance.random() < chance.choice((0, 0.2, 0.5))}
    affinity = {}
    for a, r in pairs:
        affinity.setdefault(a, {})[r] = chance.choice((0, 1, 2.5, -1, 7))
    ids = [f"R{r}" for r in range(1, reviewers + 1)]
    return panel(
        applications,
        reviewers,
        k,
        most={one: chance.choice((None, None, 1, 2, 3)) for one in ids},
        homes={one: chance.choice(HOMES) for one in ids},
        conflicts=conflicts,
        affinity=affinity,
        spread=chance.choice((0, 1.5, 100)),
    )


def some_kept(question, chance):
    pairs = [(a.id, r.id) for a in question.applications for r in question.reviewers if r.max is None]
    free = [pair for pair in pairs if pair not in question.conflicts]
    return replace(question, kept=chance.sample(free, min(3, len(free))))


def holds(question, found):
    """What every assignment keeps; and the best, what the oracles say."""
    pairs = frozenset(found.pairs)
    assert list(faults(question, found.pairs)) == []
    assert len(found.pairs) == len(pairs) == sum(found.loads.values())
    assert could_be_fairer(question, pairs) == ""
    assert found.affinity == pytest.approx(sum(question.score(pair) for pair in pairs))
    assert found.affinity - question.spread * found.repeats == pytest.approx(value(question, pairs))
    assert found.bound == found.affinity
    assert set(found.why) == pairs
    assert set(found.impossible) == {
        one.id for one in question.applications if sum(a == one.id for a, _ in pairs) < question.per_application
    }


@pytest.mark.parametrize("seed", range(12))
def test_small_panels_are_as_good_as_the_best_of_all(seed):
    question = at_random(seed)
    found = share_out(question)
    holds(question, found)
    fairest, most = best(question)
    assert fairness(question, frozenset(found.pairs)) == fairest
    assert value(question, frozenset(found.pairs)) == pytest.approx(most)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 3), st.integers(1, 4), st.integers(1, 3))
def test_whatever_the_panel_it_is_the_best_of_all(seed, applications, reviewers, k):
    question = at_random(seed, applications, reviewers, k)
    found = share_out(question)
    holds(question, found)
    fairest, most = best(question)
    assert fairness(question, frozenset(found.pairs)) == fairest
    assert value(question, frozenset(found.pairs)) == pytest.approx(most)


@settings(max_examples=40, deadline=None)
@given(
    st.integers(0, 10**9), st.integers(5, 14), st.integers(3, 8), st.integers(1, 4), st.randoms(use_true_random=False)
)
def test_larger_panels_keep_what_is_promised_in_any_order(seed, applications, reviewers, k, chance):
    question = some_kept(at_random(seed, applications, reviewers, k), chance)
    found = share_out(question)
    holds(question, found)
    assert set(question.kept) <= set(found.pairs)
    assert all(found.why[pair] == "Kept as it was made by hand." for pair in question.kept)

    mixed = replace(
        question,
        applications=tuple(chance.sample(question.applications, applications)),
        reviewers=tuple(chance.sample(question.reviewers, reviewers)),
        kept=list(reversed(question.kept)),
    )
    again = share_out(mixed)
    assert set(again.pairs) == set(found.pairs)
    assert (again.affinity, again.bound, again.loads) == (found.affinity, found.bound, found.loads)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 9), st.integers(1, 6), st.integers(1, 3))
def test_without_time_it_breaks_nothing_and_is_honest(seed, applications, reviewers, k):
    question = some_kept(at_random(seed, applications, reviewers, k), random.Random(seed))
    found, proven = share_out(question, seconds=0), share_out(question)
    assert list(faults(question, found.pairs)) == []
    assert fairness(question, frozenset(found.pairs))[0] == fairness(question, frozenset(proven.pairs))[0]
    assert found.bound >= max(found.affinity, proven.affinity) or found.proven == QUESTIONS
    assert found.gap >= 0


def test_loads_differ_by_one_at_most_however_tempting():
    liked = {f"A{a}": {"R1": 10} for a in range(1, 8)}
    found = share_out(panel(7, 3, 1, affinity=liked))
    assert sorted(found.loads.values()) == [2, 2, 3]
    assert found.loads["R1"] == 3
    assert (found.affinity, found.bound, found.gap) == (30, 30, 0)


def test_where_a_max_forbids_it_the_others_are_even():
    found = share_out(panel(10, 4, 2, most={"R1": 1, "R2": 5}))
    assert found.loads["R1"] == 1
    assert sorted(found.loads[one] for one in ("R2", "R3", "R4")) == [5, 7, 7]


def test_where_conflicts_leave_one_alone_they_read_what_nobody_else_may():
    others = [(f"A{a}", f"R{r}") for a in range(1, 21) for r in range(2, 7)]
    found = share_out(panel(24, 6, 1, conflicts=others, affinity={"A24": {"R1": 5}}))
    assert sorted(found.loads.values()) == [0, 1, 1, 1, 1, 20]
    assert (found.loads["R1"], found.affinity, found.impossible) == (20, 0, {})


def test_spread_parts_colleagues_and_nought_leaves_them():
    homes = {"R1": "Leeds", "R2": "Leeds", "R3": "York", "R4": "York"}
    liked = {"A1": {"R1": 5, "R2": 5}, "A2": {"R3": 5, "R4": 5}}
    question = panel(2, 4, 2, homes=homes, affinity=liked)
    together, parted = share_out(question), share_out(replace(question, spread=11))
    assert (together.affinity, together.repeats) == (20, 2)
    assert (parted.affinity, parted.bound, parted.repeats) == (10, 10, 0)
    assert share_out(replace(question, spread=4)).affinity == 20


def test_reviewers_without_an_organisation_are_nobodys_colleagues():
    found = share_out(panel(1, 2, 2, spread=1))
    assert (len(found.pairs), found.repeats) == (2, 0)


def test_the_applicants_own_organisation_is_no_conflict_unless_it_is_said():
    question = Panel((Application("A", "Leeds"),), (Reviewer("R", "Leeds"),), 1, spread=1)
    assert share_out(question).pairs == (("A", "R"),)


def test_empty_seats_are_shared_and_explained_by_name():
    question = Panel(
        (Application("A1"), Application("A2")),
        (Reviewer("R1", max=1, name="Ada Quill"), Reviewer("R2", max=1, name="Ben Oyelaran"), Reviewer("R3", max=0)),
        2,
        conflicts={("A1", "R1"), ("A1", "R3")},
    )
    found = share_out(question)
    assert found.pairs == (("A1", "R2"), ("A2", "R1"))
    assert found.impossible == {
        "A1": "It has 1 of 2 reviewers; only 1 of 3 reviewers has no conflict: Ben Oyelaran.",
        "A2": "It has 1 of 2 reviewers; everybody else without a conflict is at their max: Ben Oyelaran (1) and R3 (0).",
    }


def test_more_than_there_are_is_said():
    found = share_out(panel(1, 2, 3))
    assert found.pairs == (("A1", "R1"), ("A1", "R2"))
    assert found.impossible == {"A1": "It has 2 of 3 reviewers; there are only 2."}


def test_nobody_free_at_all():
    found = share_out(panel(2, 1, 1, conflicts=[("A1", "R1"), ("A2", "R1")]))
    assert (found.pairs, found.affinity, found.bound, found.loads) == ((), 0, 0, {"R1": 0})
    assert found.impossible["A2"] == "It has 0 of 1 reviewers; every reviewer has a conflict with it."


def test_pairs_made_by_hand_stay_also_beyond_the_number_and_count_as_load():
    question = panel(4, 3, 1, kept=[("A1", "R1"), ("A1", "R2"), ("A2", "R1")], affinity={"A3": {"R1": 9}})
    found = share_out(question)
    assert {("A1", "R1"), ("A1", "R2"), ("A2", "R1")} < set(found.pairs)
    assert (found.loads["R1"], sorted(found.loads.values())) == (2, [1, 2, 2])
    assert (found.affinity, found.impossible) == (0, {})


def test_each_pair_says_why():
    homes = {"R1": "Leeds", "R2": "Leeds", "R3": "York"}
    question = panel(
        2, 4, 2, most={"R4": 0}, homes=homes, spread=10, affinity={"A1": {"R4": 9, "R1": 3, "R2": 2, "R3": 1}}
    )  # fmt: skip
    found = share_out(question)
    assert found.why["A1", "R1"] == "Affinity 3. With more: R4, at their max."
    assert found.why["A1", "R3"] == (
        "Affinity 1. With more: R4, at their max; R2, from an organisation that reads it already."
    )
    assert share_out(panel()).why["A1", "R1"] == "No affinities given; shared out evenly."


def test_any_prices_prove_a_bound_and_the_right_ones_the_best():
    question = at_random(3, 8, 5, 2)
    grid = grid_of(question)
    best_found = solve(grid, 60)
    programme, chance = Programme(grid, until=0), random.Random(1)
    for _ in range(50):
        prices = numpy.array([chance.uniform(-9, 9) for _ in programme.entries.least])
        assert -programme.proven(programme.cost, prices) >= best_found.bound


def test_tidying_never_makes_worse_what_the_proof_had():
    question = at_random(5, 9, 5, 2)
    grid = grid_of(question)
    proven = solve(grid, 60)
    tidied = improved(grid, proven.chosen, until=0)
    pairs, before = frozenset(grid.pairs(tidied)), frozenset(grid.pairs(proven.chosen))
    assert fairness(question, pairs) == fairness(question, before)
    assert value(question, pairs) == pytest.approx(value(question, before))


@pytest.mark.parametrize("size", [1e-6, 1, 1e6])
def test_the_proof_holds_at_any_size_of_affinity(size):
    chance = random.Random(1)
    rows = {f"A{a}": {f"R{r}": chance.random() * size for r in range(1, 9)} for a in range(1, 31)}
    question = panel(30, 8, 3, affinity=rows, spread=size, homes={f"R{r}": f"home {r % 3}" for r in range(1, 9)})
    found = share_out(question)
    exact = sum(Fraction(question.score(pair)) for pair in found.pairs)
    assert found.gap == 0
    assert found.affinity == float(exact)


def test_a_spread_without_bounds_does_not_blur_the_affinities():
    homes = {"R1": "Leeds", "R2": "Leeds", "R3": "York", "R4": "York"}
    question = panel(2, 4, 2, homes=homes, spread=1e9, affinity={"A1": {"R1": 1e-3, "R2": 2e-3}})
    assert share_out(question).affinity == 2e-3


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda: panel(0), "There are no applications. List at least one"),
        (lambda: panel(1, 0), "There are no reviewers. List at least one"),
        (lambda: panel(k=0), "per_application must be a whole number of at least 1"),
        (lambda: panel(k=True), "per_application must be a whole number"),
        (lambda: panel(k=1.5), "per_application must be a whole number"),
        (lambda: panel(most={"R2": -1}), "The max of reviewer R2 must be a whole number of at least 0"),
        (lambda: panel(most={"R2": 2.0}), "The max of reviewer R2 must be a whole number"),
        (lambda: panel(spread=-1), "spread must be a number from 0"),
        (lambda: panel(spread=float("nan")), "spread must be a number from 0"),
        (lambda: panel(conflicts=[("A9", "R1")]), "conflicts names the application A9, which is not among"),
        (lambda: panel(kept=[("A1", "R9")]), "kept names the reviewer R9, who is not among"),
        (lambda: panel(affinity={"A1": {"R9": 1}}), "affinity names the reviewer R9"),
        (lambda: panel(affinity={"A9": {}}), "affinity names the application A9"),
        (
            lambda: panel(affinity={"A1": {"R1": float("inf")}}),
            "The affinity of application A1 and reviewer R1 must be",
        ),
        (lambda: panel(affinity={"A1": {"R1": 10**400}}), "must be a number between"),
        (lambda: panel(affinity={"A1": {"R1": True}}), "must be a number between"),
        (
            lambda: panel(kept=[("A1", "R1")], conflicts=[("A1", "R1")]),
            "Reviewer R1 is kept for application A1, but has a conflict with it.",
        ),
        (
            lambda: panel(kept=[("A1", "R1"), ("A2", "R1")], most={"R1": 1}),
            "Reviewer R1 is kept for 2 applications, but has a max of 1.",
        ),
        (lambda: panel(1001, 500), "make more than 500000 pairs"),
        (
            lambda: Panel((Application("A"), Application("A")), (Reviewer("R"),), 1),
            "The id A occurs more than once among the applications. Give each an id of its own.",
        ),
    ],
)
def test_what_contradicts_itself_is_refused_in_a_sentence(wrong, said):
    with pytest.raises(BadPanel) as refused:
        wrong()
    assert said in str(refused.value)
