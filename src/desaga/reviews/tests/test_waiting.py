"""What My work says of reviews: the next one of each plan, for whoever runs it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from desaga.organisations.models import GroupMembership
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import GroupFactory, UnitFactory, member_of
from desaga.plans.tests.factories import PlanFactory
from desaga.tenancy.context import within

from ..operations import meeting, reviews
from ..waiting import packs_to_read, reviews_to_hold
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


def to_read(user, organisation):
    with within(organisation, user=user):
        return [(f"{one.verb} {one.thing}", one.url, one.due_on) for one in packs_to_read(user, organisation)]


@pytest.fixture
def group(organisation):
    return GroupFactory(organisation=organisation, name="Steering group")


@pytest.fixture
def sitting(organisation, group, member):
    user = member(Role.READER)
    with within(organisation):
        GroupMembership.objects.create(organisation=organisation, group=group, person=user.person, starts_on=TODAY())
    return user


def test_a_pack_waits_for_the_members_of_its_group_until_they_commented_or_it_is_over(
    plan, organisation, group, sitting, member
):
    planned = make_review(plan, group=group, meets_on=TODAY() + timedelta(days=90))
    frozen_review(plan, meets_on=TODAY() + timedelta(days=60))
    on = TODAY() + timedelta(days=10)
    review = frozen_review(plan, group=group, meets_on=on, comments_by=on - timedelta(days=3))
    words = f"Read and comment on the review of {on.day} {on:%B %Y}, Plan of ours"
    line = (words, f"/o/northmoor/reviews/{review.pk}/", on - timedelta(days=3))

    assert to_read(sitting, organisation) == [line]
    assert to_read(member(Role.LEAD), organisation) == []
    with within(organisation, user=sitting):
        said = meeting.comment(actor=sitting, review=review, action=None, text="Enough?", wants_decision=False)
        assert list(packs_to_read(sitting, organisation)) == []
        meeting.withdraw_comment(actor=sitting, comment=said)
    assert to_read(sitting, organisation) == [line]
    with within(organisation):
        reviews.hold(actor=None, review=review, present="", apologies="", next_on=None)
        assert planned.state == "planned"
    assert to_read(sitting, organisation) == []


@pytest.mark.parametrize("number", [1, 3])
def test_packs_to_read_cost_one_question_however_many(organisation, group, sitting, query_count, number):
    for n in range(number):
        frozen_review(PlanFactory(organisation=organisation, title=f"Plan {n}", state="active"), group=group)
    to_read(sitting, organisation)
    with within(organisation, user=sitting), query_count(1):
        assert len(list(packs_to_read(sitting, organisation))) == number
