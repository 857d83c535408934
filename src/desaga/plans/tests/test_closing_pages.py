"""Closing a plan on its pages: many at once, nothing lost, one gate, the next plan, and what each action's page says."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Action, ActionOutcome, ActionSource, Lineage, Plan
from ..views.closing import next_period
from .factories import PlanFactory, make_action, many_actions


@pytest.fixture
def plan(organisation: Any) -> Plan:
    return PlanFactory(organisation=organisation, title="Technicians count", state="active")


@pytest.fixture
def officer(member: Any, client_of: Any) -> Any:
    return client_of(member(Role.PROJECT_OFFICER))


@pytest.fixture
def lead(member: Any, client_of: Any) -> Any:
    return client_of(member(Role.LEAD))


def closing(plan: Plan, what: str = "") -> str:
    return f"/o/northmoor/plans/{plan.pk}/closing/{what}"


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_plan_is_gone_through_closed_and_followed_by_the_next(plan: Plan, officer: Any, lead: Any) -> None:
    late, done = (
        make_action(plan, title="Late one", status="delayed"),
        make_action(plan, title="Done one", status="complete"),
    )
    page = text_of(officer.get(closing(plan)))
    assert "<em>Partly done</em>, because its status is “Delayed”" in page
    officer.post(closing(plan, "say/"), {"several": "yes", "do": "accept", "action": [late.pk, done.pk]})
    gate = f"/o/northmoor/plans/{plan.pk}/state/close/"
    assert officer.post(gate).status_code == 403
    refused = lead.post(gate, follow=True)
    assert "1 action is still to be said something of" in text_of(refused)
    assert refused.redirect_chain[-1][0] == f"{closing(plan)}?show=unsaid"
    assert [row.action.title for row, _ in refused.context["rows"]] == ["Done one"]

    refused = officer.post(
        closing(plan, "say/"), {"do": "say", "action": done.pk, "completion": "done", "fate": "stopped"}
    )
    assert "Say why it was stopped" in text_of(refused)
    assert '<option value="stopped" selected>' in text_of(refused)
    officer.post(closing(plan, "say/"), {"do": "say", "action": done.pk, "fate": "merged", "into": "Late one"})
    assert "The plan is closed; its actions stay" in text_of(lead.post(gate, follow=True))

    officer.post(closing(plan, "next/"), {"title": "The next", "starts": "2028", "ends": "2030"})
    with within(plan.organisation):
        new = Action.objects.get(plan__title="The next")
        assert new.title == "Late one; Done one"
    page = text_of(officer.get(f"/o/northmoor/plans/{new.plan_id}/actions/{new.pk}/"))
    assert "Done one</a> of Technicians count" in page
    page = text_of(officer.get(f"/o/northmoor/plans/{plan.pk}/actions/{done.pk}/"))
    assert "Done · Merged</strong> with" in page
    assert "Late one; Done one</a> of The next" in page


def test_what_was_typed_for_many_stays_where_it_is_refused(plan: Plan, officer: Any) -> None:
    one, two = make_action(plan, title="One"), make_action(plan, title="Two")
    typed = {
        "several": "yes",
        "do": "say",
        "action": [one.pk, two.pk],
        "fate": "merged",
        "into": "Nothing of ours",
        "reason": "Same thing",
    }
    page = text_of(officer.post(closing(plan, "say/"), typed))
    assert "This is not saved yet" in page
    assert (page.count(" checked>"), page.count('value="Same thing"'), page.count('value="Nothing of ours"')) == (
        2,
        1,
        1,
    )
    officer.post(closing(plan, "say/"), {**typed, "into": ""})
    with within(plan.organisation):
        assert set(ActionOutcome.objects.values_list("action", "into")) == {(one.pk, two.pk), (two.pk, one.pk)}


@pytest.mark.parametrize("name", ["closing/", "trajectories/", "predecessors/"])
def test_the_pages_ask_the_same_for_one_action_and_for_three(plan: Plan, officer: Any, name: str) -> None:
    before = PlanFactory(organisation=plan.organisation, title="Before", starts="2020")
    officer.get(closing(plan))
    numbers = []
    for number in (1, 2):
        for each in range(number):
            old, new = (
                make_action(before, title=f"Write {number} stories {each}"),
                make_action(plan, title=f"Write {number} stories {each}"),
            )
            with within(plan.organisation):
                owner = {"organisation": plan.organisation, "by": None, "fate": "continued", "way": "said"}
                Lineage.objects.create(earlier_plan=before, earlier=old, later_plan=plan, later=new, **owner)
        with CaptureQueriesContext(connection) as seen:
            assert officer.get(f"/o/northmoor/plans/{plan.pk}/{name}").status_code == 200
        numbers.append(len(seen))
    assert numbers[0] == numbers[1] < 32


def test_a_large_plan_is_shown_page_by_page(plan: Plan, officer: Any) -> None:
    many_actions(plan, 60)
    page = text_of(officer.get(closing(plan)))
    assert page.count("data-dsg-review-item") == 25
    assert text_of(officer.get(f"{closing(plan)}?page=3")).count("data-dsg-review-item") == 10


def test_feedback_becomes_an_action_that_keeps_whose_words_it_answers(plan: Plan, officer: Any) -> None:
    sent = {
        "kind": "peer_review", "said_by": "Panel of the Commitment", "where": "Letter", "said_on": "March 2026",
        "text": "Say more on <b>voice</b>.", "title": "Elect two technicians to the board", "submission": "5d0a5c0e-6a52-4c52-9f7c-0a0c5c8a1b11",
    }  # fmt: skip
    for _ in range(2):
        officer.post(f"/o/northmoor/plans/{plan.pk}/feedback/add/", sent)
    with within(plan.organisation):
        action = Action.objects.get(plan=plan)
        assert ActionSource.objects.get().said_on == "2026-03"
    page = text_of(officer.get(f"/o/northmoor/plans/{plan.pk}/actions/{action.pk}/"))
    assert "Say more on &lt;b&gt;voice&lt;/b&gt;." in page
    assert "Peer review: Panel of the Commitment, Letter, March 2026" in page


def test_a_link_is_said_and_taken_back_by_hand(plan: Plan, officer: Any) -> None:
    after = PlanFactory(organisation=plan.organisation, title="After", starts="2028")
    old, new = make_action(plan, title="Old one"), make_action(after, title="New one")
    here = f"/o/northmoor/plans/{plan.pk}/actions/{old.pk}/"
    assert "New one (After)" in text_of(officer.get(f"{here}became/add/?q=new"))
    officer.post(f"{here}became/add/?q=new", {"later": new.pk, "fate": "related"})
    with within(plan.organisation):
        link = Lineage.objects.get()
    assert "Related</strong>" in text_of(officer.get(here))
    officer.post(f"{here}became/{link.pk}/take-back/")
    assert "New one" not in text_of(officer.get(f"{here}")).split("History")[0]


@pytest.mark.parametrize(
    ("starts", "ends", "following"),
    [
        ("2022-10", "2025-09", ("2025-10", "2028-09")),
        ("2025", "2027", ("2028-01", "2030-12")),
        ("", "2027", ("", "")),
    ],
)
def test_the_next_period_is_as_long(starts: str, ends: str, following: tuple[str, str]) -> None:
    assert tuple(next_period(starts, ends).values()) == following
