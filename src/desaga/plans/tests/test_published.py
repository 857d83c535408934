"""Actions like one in others' published plans: never from what is not published, and never by what the public does not read."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from desaga.organisations.states import PartyKind
from desaga.organisations.tests.factories import GrantFactory, OrganisationFactory
from desaga.tenancy.context import within

from ..elsewhere import elsewhere_shown, sentence
from ..models import Action, Plan
from ..proposing.alike import Texts, as_written, counts_of
from ..public_addresses import ADDRESSES, add_public_addresses
from ..queries.published import Elsewhere, actions_elsewhere
from .factories import PlanFactory, make_action

TITLE = "Start a glass blowing apprenticeship"
CANARY = "Canarywharf"


@pytest.fixture
def action(organisation: Any) -> Action:
    return make_action(PlanFactory(organisation=organisation), title=TITLE, comments=CANARY)


def publish(plan: Plan, at: Any = None) -> Plan:
    with within(plan.organisation):
        Plan.objects.filter(pk=plan.pk).update(published_at=at or timezone.now())
    return plan


def found(action: Action) -> list[Elsewhere]:
    with within(action.organisation):
        return actions_elsewhere(action)


def titles(action: Action) -> list[str]:
    return [one.data["title"] for one in found(action)]


def test_only_what_others_have_published_is_found(action: Action, other_organisation: Any) -> None:
    open_plan = publish(PlanFactory(organisation=other_organisation))
    make_action(open_plan, title=f"{TITLE} there", status="complete")
    make_action(PlanFactory(organisation=other_organisation), title=f"{TITLE} in secret")
    make_action(publish(PlanFactory(organisation=action.organisation)), title=f"{TITLE} of our own")
    later = publish(PlanFactory(organisation=other_organisation), timezone.now() + timedelta(days=1))
    make_action(later, title=f"{TITLE} tomorrow")
    granted = PlanFactory(organisation=other_organisation)
    make_action(granted, title=f"{TITLE} by a grant")
    GrantFactory(
        owner_organisation=other_organisation,
        to_organisation=action.organisation,
        kind="plans.plan",
        object_id=granted.pk,
    )

    assert titles(action) == [f"{TITLE} there"]
    (one,) = found(action)
    assert (one.plan, one.status, set(one.words)) == (open_plan, "complete", set(TITLE.split()) - {"a"})
    assert sentence([one]) == "Of 1 that are like it, 1 is complete."


def test_what_is_changed_or_no_longer_published_counts_at_once(action: Action, other_organisation: Any) -> None:
    plan = publish(PlanFactory(organisation=other_organisation))
    theirs = make_action(plan, title=TITLE)
    assert titles(action) == [TITLE]
    with within(other_organisation):
        Action.objects.filter(pk=theirs.pk).update(title="Weigh the glass blowing apprentices")
    assert titles(action) == ["Weigh the glass blowing apprentices"]
    with within(other_organisation):
        Plan.objects.update(published_at=None)
    assert titles(action) == []


def test_what_the_public_does_not_read_neither_shows_nor_leads_there(
    action: Action, other_organisation: Any, client_of: Any, member: Any
) -> None:
    """Canaries in every field that is internal: nothing is found by them, and nothing of them is shown."""
    plan = publish(PlanFactory(organisation=other_organisation, notices=[], title="Open plan"))
    owner = {"text": f"Ann {CANARY}", "code": None, "kind": PartyKind.PERSON, "role": "lead"}
    internal = {
        "comments": CANARY,
        "owners": [owner],
        "updates": [{"period": "Spring", "status": "complete", "rag": "green", "text": CANARY}],
        "depends_on": [{"text": CANARY}],
        "alignments": [{"framework": None, "code": "R1", "text": CANARY, "basis": "cell"}],
    }
    make_action(plan, title="Weigh balances", **internal)
    make_action(plan, title=TITLE, **internal)
    with within(action.organisation):
        asked = make_action(action.plan, title=f"{CANARY} {CANARY} wharf Ann canarywharf")
    assert found(asked) == []

    client = client_of(member("lead"))
    page = client.get(f"{action.get_absolute_url()}elsewhere/").content.decode()

    assert (TITLE in page, "Open plan" in page, "as of Spring" in page) == (True, True, True)
    assert CANARY not in page


def test_what_the_lead_keeps_back_is_not_searched(action: Action, other_organisation: Any) -> None:
    plan = publish(PlanFactory(organisation=other_organisation, title="Open plan"))
    make_action(plan, title="Weigh balances", success=f"{TITLE} {TITLE}")
    assert titles(action) == ["Weigh balances"]

    with within(other_organisation):
        Plan.objects.filter(pk=plan.pk).update(public_parts=["themes"])
    assert titles(action) == []


def test_one_organisation_does_not_fill_the_page(action: Action, other_organisation: Any) -> None:
    for organisation, number in ((other_organisation, 5), (OrganisationFactory(), 1)):
        plan = publish(PlanFactory(organisation=organisation))
        for n in range(number):
            make_action(plan, title=f"{TITLE} {n}")
    assert len(found(action)) == 4


def test_plans_are_linked_where_there_is_a_public_page(
    action: Action, other_organisation: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_action(publish(PlanFactory(organisation=other_organisation)), title=TITLE)
    monkeypatch.setattr("desaga.plans.public_addresses.ADDRESSES", [])
    (row,) = elsewhere_shown(found(action))
    assert row["url"] == ""
    monkeypatch.undo()
    known = list(ADDRESSES)
    add_public_addresses(lambda plans: {plan.pk: f"/p/{plan.pk}/" for plan in plans})
    try:
        (row,) = elsewhere_shown(found(action))
        assert row["url"] == f"/p/{row['one'].plan.pk}/" or known
    finally:
        ADDRESSES[:] = known


@pytest.mark.parametrize("number", [1, 3])
def test_queries_do_not_grow(
    action: Action, other_organisation: Any, client_of: Any, member: Any, query_count: Any, number: int
) -> None:
    plan = publish(PlanFactory(organisation=other_organisation))
    for n in range(number):
        make_action(plan, title=f"{TITLE} {n}", owners=["TSM"])
    client = client_of(member("reader"))
    client.get(f"{action.get_absolute_url()}elsewhere/")
    with query_count(23):
        assert client.get(f"{action.get_absolute_url()}elsewhere/").status_code == 200


# ---- Likeness, pure


def test_rare_words_in_common_count_and_are_named() -> None:
    texts = {
        1: counts_of("Blow glass with apprentices", "In the workshop"),
        2: counts_of("Mend the workshop roof"),
        3: counts_of("Glass blowers blow at the workshop"),
        4: counts_of("Technical staff and university teams"),
    }
    near = Texts(texts).nearest(counts_of("Apprentices blow glass in the workshop"), 9, but={1})
    assert [(one.key, one.stems[0]) for one in near] == [(3, "blow")]
    assert as_written(near[0].stems, "Glass, and more glass") == [["Glass", "glass"]]  # "blow" stands in none of it
    assert Texts({}).nearest(counts_of("Anything"), 9) == []
