"""What an action may come from: proposed by words with reasons, confirmed and refused by a person."""

from __future__ import annotations

import time
from typing import Any

import pytest

from desaga.organisations.models import Unit
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Action, ActionOutcome, Lineage, Plan, RefusedPredecessor
from ..operations.closing import Saying, say_outcomes
from ..proposing.predecessors import Told, predecessors
from ..queries.predecessors import between, pair_of
from .factories import PlanFactory, make_action
from .pairs import made_plans, measured

OLD = (
    Told(1, "Pilot a mentoring scheme with 6 pairs", "Matched by the forum", frozenset({"TF"})),
    Told(2, "Pay registration fees for anyone who asks", "", frozenset({"HR"}), frozenset({"TALENT R10"})),
    Told(3, "Start two apprenticeships in the workshops"),
)


@pytest.mark.parametrize(
    ("title", "owners", "principles", "pair"),
    [
        ("Pilot a mentoring scheme with 6 pairs", "TF", "", (1, "continued", "words in common: mentoring, pairs, pilot, scheme; same owner: TF")),
        ("Pilot a mentoring scheme with 20 pairs in all departments", "", "", (1, "extended", "words in common: mentoring, pairs, pilot, scheme")),
        ("Pilot mentoring", "", "", (1, "narrowed", "words in common: mentoring, pilot")),
        ("Cover fees of registration bodies", "", "TALENT R10", (2, "related", "words in common: fees, registration; same principle: TALENT R10")),
        ("Write a page on each laboratory", "TF", "TALENT R10", None),
    ],
)  # fmt: skip
def test_the_nearest_is_proposed_with_its_reasons(title: str, owners: str, principles: str, pair: Any) -> None:
    new = Told(9, title, "", frozenset(filter(None, [owners])), frozenset(filter(None, [principles])))
    found = [one for one in predecessors(OLD, [new]) if one.is_best]
    told = [(one.earlier, one.fate, "; ".join(_sorted(part) for part in one.because.split("; "))) for one in found]
    assert told == ([pair] if pair else [])


def _sorted(part: str) -> str:
    """Words in common in the order of letters: which is the weightiest is not the matter here."""
    name, _, words = part.partition(": ")
    return f"{name}: {', '.join(sorted(words.split(', ')))}"


def test_what_is_refused_is_left_out_and_the_rest_stays() -> None:
    new = [Told(9, OLD[0].title), Told(10, OLD[1].title)]
    assert [(one.earlier, one.later) for one in predecessors(OLD, new, {(1, 9)}) if one.is_best] == [(2, 10)]
    assert predecessors([], new) == predecessors(OLD, []) == []


def test_both_halves_of_a_split_and_both_parts_of_a_merger_are_found() -> None:
    split = [
        Told(9, "Pilot a mentoring scheme with 6 pairs in physics"),
        Told(10, "Pilot a mentoring scheme with 6 pairs in chemistry"),
    ]
    assert {(one.earlier, one.later) for one in predecessors(OLD, split) if one.is_best} == {(1, 9), (1, 10)}
    merged = [Told(9, "Pay registration fees for anyone who asks, and start two apprenticeships in the workshops")]
    assert {(one.earlier, one.later) for one in predecessors(OLD, merged) if one.is_best} == {(2, 9), (3, 9)}


@pytest.mark.parametrize("keeps_owners", [True, False])
def test_most_made_pairs_are_found_and_few_others(keeps_owners: bool) -> None:
    """Of plans edited in known ways; `bench/predecessors.py` prints the figures beside plain ways."""
    told = []
    for seed in range(6):
        old, new, true = made_plans(seed, keeps_owners=keeps_owners)
        told.append(measured({(one.earlier, one.later) for one in predecessors(old, new) if one.is_best}, true))
    precision, recall = (sum(values) / len(told) for values in zip(*told, strict=True))
    assert precision >= 0.88
    assert recall >= 0.93


def test_sixty_by_sixty_is_quick() -> None:
    old, new = (
        [Told(first + n, f"{one.title} {n}", one.rest) for n, one in enumerate(made_plans(1)[0] * 2)]
        for first in (0, 900)
    )
    begun = time.process_time()
    predecessors(old, new)
    assert time.process_time() - begun < 1


# ---- On the page


@pytest.fixture
def plans(organisation: Any) -> tuple[Plan, Plan]:
    """Two plans that were only imported: one action goes on, one was split, one ended, one is new."""
    old = PlanFactory(organisation=organisation, title="Old", starts="2022", state="active")
    new = PlanFactory(organisation=organisation, title="New", starts="2025", state="active")
    for title in ("Pilot a mentoring scheme with 6 pairs", "Pay registration fees for anyone", "Hold a careers day"):
        make_action(old, title=title)
    for title in (
        "Pilot a mentoring scheme with 20 pairs in all units",
        "Pay registration fees for technicians",
        "Pay registration fees for apprentices",
        "Cut energy use",
    ):
        make_action(new, title=title)
    return old, new


def test_what_is_confirmed_says_what_became_and_the_rest_is_new_or_ended(
    plans: Any, member: Any, client_of: Any
) -> None:
    old, new = plans
    browser = client_of(member(Role.PROJECT_OFFICER))
    page = f"/o/northmoor/plans/{new.pk}/predecessors/"
    told = browser.get(page).content.decode()
    assert "words in common" in told
    with within(new.organisation):
        found = between(old, new)
    keys = [f"{one.key}-{one.fate}" for one in found.proposed]
    assert len(keys) == 3
    assert [one.title for one in found.new] == ["Cut energy use"]
    assert [one.title for one in found.ended] == ["Hold a careers day"]

    browser.post(f"{page}answer/", {"do": "confirm", "before": old.pk, "pair": keys[:2]})
    browser.post(f"{page}answer/", {"do": "refuse", "before": old.pk, "pair": keys[2:]})
    with within(new.organisation):
        found = between(old, new)
        assert (len(found.links), len(found.proposed), found.refused) == (2, 0, 1)
        assert ActionOutcome.objects.exclude(fate="").count() == Lineage.objects.values("earlier").distinct().count()
    browser.post(f"{page}answer/", {"do": "forget", "before": old.pk})
    with within(new.organisation):
        assert not RefusedPredecessor.objects.exists()
    answer = browser.post(f"{page}answer/", {"do": "confirm", "pair": "1-1-split"}, follow=True)
    assert "No action is ticked" in answer.content.decode()


def test_what_was_said_to_have_ended_is_proposed_no_more(plans: Any) -> None:
    old, new = plans
    with within(new.organisation):
        one = Action.objects.get(title__startswith="Pilot", plan=old)
        say_outcomes(actor=None, plan=old, pks=[one.pk], saying=Saying(fate="stopped", reason="No money"))
        assert one.pk not in {pair.earlier.pk for pair in between(old, new).proposed}


def test_a_pair_is_of_this_plan_and_an_earlier_one_of_the_same_unit(organisation: Any) -> None:
    """Whoever leads a unit says nothing of the institution's actions by pairing them with their own."""
    with within(organisation):
        unit = Unit.objects.first()
    whole, own = PlanFactory(organisation=organisation), PlanFactory(organisation=organisation, unit=unit)
    earlier = PlanFactory(organisation=organisation, unit=unit)
    theirs, ours, before = (make_action(plan, title="Give talks") for plan in (whole, own, earlier))
    with within(organisation):
        assert pair_of(theirs.pk, ours.pk, own) is None
        assert pair_of(ours.pk, ours.pk, own) is None
        assert pair_of(before.pk, theirs.pk, own) is None
        assert [one.pk for one in pair_of(before.pk, ours.pk, own) or ()] == [before.pk, ours.pk]
