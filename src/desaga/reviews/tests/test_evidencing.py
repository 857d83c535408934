"""Decisions of meetings as evidence."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from desaga.evidence.models import Evidence
from desaga.evidence.operations import GivenPiece, RecordIsGone
from desaga.evidence.records import told_of
from desaga.organisations.states import Role
from desaga.plans.operations.evidence import give_evidence
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.tenancy.context import within

from ..evidencing import DecisionRecords
from ..models import Decision
from ..operations import meeting, reviews
from .factories import frozen_review

ON = date(2027, 5, 3)


@pytest.fixture
def action(organisation):
    """One of two actions of a plan of which a meeting is going on, with a decision of each and of the plan."""
    plan = PlanFactory(organisation=organisation, title="Plan of ours")
    action, other = make_action(plan, code="A1", title="Award a prize"), make_action(plan, code="A2")
    review = frozen_review(plan, meets_on=ON)
    with within(organisation):
        for about, outcome, text in (
            (None, "noted", "Well done."), (other, "put_off", "Later."), (action, "agreed", "It is\nenough."),
        ):  # fmt: skip
            meeting.decide(actor=None, review=review, action=about, outcome=outcome, text=text)
    return action


def end(action):
    with within(action.organisation):
        review = action.plan.reviews.get()
        return reviews.hold(
            actor=None, review=review, present="Ann Reed", apologies="", next_on=None, now=timezone.now()
        )


def offered(action):
    with within(action.organisation):
        return [words for _, words in DecisionRecords().offered(action)]


def test_decisions_of_the_action_and_of_the_whole_plan_are_offered_once_the_minutes_are_closed(action):
    assert offered(action) == []
    end(action)
    assert offered(action) == ["3 May 2027, agreed: It is enough.", "3 May 2027, noted: Well done."]
    with within(action.organisation):
        assert DecisionRecords().offered(action.plan) == []


def test_a_decision_given_as_evidence_leads_to_its_minutes_and_keeps_none_of_its_words(action, member, client_of):
    review, browser = end(action), client_of(member(Role.PROJECT_OFFICER))
    here = f"/o/northmoor/plans/{action.plan_id}/actions/{action.pk}/"
    form = browser.get(f"{here}evidence/give/").content.decode()
    assert "Decisions of meetings" in form
    assert "3 May 2027, agreed: It is enough." in form
    with within(action.organisation):
        decision = Decision.objects.get(action=action)
    told = dict.fromkeys(("title", "link", "expires_on_day", "expires_on_month", "expires_on_year"), "")
    told |= {"shows": "That the group is content.", "given_by": "Ann Reed", "submission": str(uuid4())}
    browser.post(f"{here}evidence/give/", {**told, "record": f"reviews.decision:{decision.pk}"})

    with within(action.organisation):
        piece = Evidence.objects.get()
    assert piece.title == "Decision of 3 May 2027, agreed, on A1 Award a prize"
    page = browser.get(f"/o/northmoor/evidence/{piece.pk}/").content.decode()
    assert f'href="/o/northmoor/reviews/{review.pk}/minutes/">{piece.title}</a>' in page


def test_a_decision_that_was_struck_out_is_gone(action, member, client_of):
    review = end(action)
    with within(action.organisation):
        decision = Decision.objects.select_related("review").get(action=action)
        reference = ("reviews.decision", decision.pk)
        give_evidence(actor=None, action=action, piece=GivenPiece(record=reference), given_by="Office")
        review = reviews.reopen(actor=None, review=review)
        decision.review = review
        meeting.strike(actor=None, entry=decision)
        assert told_of([reference]) == {}
        with pytest.raises(RecordIsGone):
            give_evidence(actor=None, action=action, piece=GivenPiece(record=reference), given_by="Office")
        piece = Evidence.objects.get()
    page = client_of(member(Role.READER)).get(f"/o/northmoor/evidence/{piece.pk}/").content.decode()
    assert "A record that is not there any more." in page


def test_another_organisation_is_told_of_no_decision(action, other_organisation):
    end(action)
    with within(action.organisation):
        pks = list(Decision.objects.values_list("pk", flat=True))
        assert len(DecisionRecords().told(pks)) == 3
    with within(other_organisation):
        assert DecisionRecords().told(pks) == {}
        assert list(DecisionRecords().offered(action)) == []


@pytest.mark.parametrize("number", [1, 3])
def test_decisions_are_told_by_one_question(action, query_count, number):
    end(action)
    with within(action.organisation):
        pks = list(Decision.objects.values_list("pk", flat=True)[:number])
        with query_count(1):
            assert len(DecisionRecords().told(pks)) == number
