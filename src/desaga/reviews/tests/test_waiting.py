"""What My work says of reviews: the next one of each plan, for whoever runs it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.organisations.tests.factories import UnitFactory, member_of
from desaga.plans.tests.factories import PlanFactory
from desaga.tenancy.context import within

from ..waiting import reviews_to_hold
from .factories import frozen_review, held_review, make_review

TODAY = timezone.localdate


@pytest.fixture
def plan(organisation):
    return PlanFactory(organisation=organisation, title="Plan of ours", state="active")


@pytest.fixture
def lead(member):
    return member(Role.LEAD)


def told(user, organisation):
    with within(organisation, user=user):
        return [(one.verb, one.thing, one.url, one.due_on) for one in reviews_to_hold(user, organisation)]


def line(verb, review):
    on = review.meets_on
    thing = f"the review of {on.day} {on:%B %Y}, Plan of ours"
    return (verb, thing, f"/o/northmoor/reviews/{review.pk}/", on)


@pytest.mark.parametrize(
    ("make", "days", "verb"),
    [
        (make_review, 10, "Prepare"),
        (make_review, 0, "Prepare"),
        (frozen_review, 1, "Prepare"),
        (frozen_review, 0, "Hold"),
        (frozen_review, -3, "Hold"),
    ],
)
def test_the_next_review_is_to_be_prepared_until_its_pack_is_there_and_its_day_has_come(
    plan, organisation, lead, make, days, verb
):
    review = make(plan, meets_on=TODAY() + timedelta(days=days))
    assert told(lead, organisation) == [line(verb, review)]


def test_only_the_next_review_of_a_plan_waits(plan, organisation, lead):
    later = make_review(plan, meets_on=TODAY() + timedelta(days=100))
    assert told(lead, organisation) == [line("Prepare", later)]
    sooner = make_review(plan, meets_on=TODAY() + timedelta(days=9))
    assert told(lead, organisation) == [line("Prepare", sooner)]


def test_a_plan_at_work_without_a_next_review_says_so_and_others_do_not(plan, organisation, lead):
    held_review(plan, on=TODAY() - timedelta(days=5))
    PlanFactory(organisation=organisation, title="A draft")
    with within(organisation):
        unit = UnitFactory(organisation=organisation)
    PlanFactory(organisation=organisation, title="Plan of a faculty", state="active", unit=unit)
    assert told(lead, organisation) == [
        ("Plan", "the next review of Plan of ours", f"/o/northmoor/plans/{plan.pk}/reviews/plan/", None)
    ]


def test_it_waits_for_those_alone_who_run_reviews(plan, organisation, other_organisation, member):
    make_review(plan)
    assert len(told(member(Role.PROJECT_OFFICER), organisation)) == 1
    assert told(member(Role.READER), organisation) == []
    assert told(member_of(other_organisation, Role.LEAD), other_organisation) == []


def test_the_lead_finds_it_in_my_work(plan, lead, client_of):
    review = make_review(plan, meets_on=TODAY() + timedelta(days=10))
    page = client_of(lead).get("/my-work/").content.decode()
    assert f'href="/o/northmoor/reviews/{review.pk}/"' in page
    assert f"the review of {review.meets_on.day} {review.meets_on:%B %Y}, Plan of ours" in page


@pytest.mark.parametrize("number", [1, 3])
def test_it_costs_two_questions_however_many_plans_there_are(organisation, lead, query_count, number):
    for n in range(number):
        make_review(PlanFactory(organisation=organisation, title=f"Plan {n}", state="active"))
        PlanFactory(organisation=organisation, title=f"Without {n}", state="active")
    told(lead, organisation)
    with within(organisation, user=lead), query_count(2):
        assert len(list(reviews_to_hold(lead, organisation))) == 2 * number
