"""What My work says of rounds to whoever runs them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from desaga.organisations.models import Party
from desaga.organisations.states import PartyKind, Role
from desaga.plans.operations.plans import change_plan_state
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.tenancy.context import within

from ..models import Round
from ..waiting import plans_to_ask_about
from .factories import make_round, sent_round

HERE = "/o/northmoor/plans"


def plan_at_work(organisation, *, title="The plan", **action):
    with within(organisation):
        Party.objects.get_or_create(
            organisation=organisation,
            kind=PartyKind.ROLE,
            code="HR",
            defaults={"name": "HR", "contacts": ["hr@northmoor.example"]},
        )
    plan = PlanFactory(organisation=organisation, title=title)
    make_action(plan, code="A1", owners=["HR"], **action)
    with within(organisation):
        change_plan_state(actor=None, plan=plan, transition="activate")
    return plan


def ended(plan, days_ago):
    """A round of the plan that was closed so many days ago."""
    at = timezone.now() - timedelta(days=days_ago)
    with within(plan.organisation):
        Round.objects.create(
            organisation=plan.organisation, plan=plan, period="Then", due_on=at.date(), state="closed", started_at=at, sent_at=at,
            closed_at=at,
        )  # fmt: skip


def asked(user, organisation):
    with within(organisation, user=user):
        return [(one.verb, one.thing, one.url) for one in plans_to_ask_about(user, organisation)]


def test_a_plan_that_nobody_was_ever_asked_about_waits_for_who_runs_rounds(organisation, member):
    plan = plan_at_work(organisation)
    waits = [("Ask how it goes", "with The plan, for the first time", f"{HERE}/{plan.pk}/rounds/start/")]
    assert asked(member(Role.PROJECT_OFFICER), organisation) == waits
    assert asked(member(Role.READER), organisation) == []


@pytest.mark.parametrize(("days", "waits"), [(91, 0), (93, 1)])
def test_it_waits_again_a_quarter_after_the_last_round_ended(organisation, member, days, waits):
    plan = plan_at_work(organisation)
    ended(plan, days + 200)
    ended(plan, days)
    assert asked(member(Role.PROJECT_OFFICER), organisation) == waits * [
        ("Ask how it goes", "with The plan", f"{HERE}/{plan.pk}/rounds/start/")
    ]


@pytest.mark.parametrize("make", [make_round, sent_round])
def test_a_round_that_is_prepared_or_open_is_enough(organisation, member, make):
    plan = plan_at_work(organisation)
    ended(plan, 300)
    make(plan)
    assert asked(member(Role.PROJECT_OFFICER), organisation) == []


def test_nothing_waits_where_there_is_nothing_to_ask_about(organisation, member):
    make_action(PlanFactory(organisation=organisation, title="A draft"), code="A1")
    plan_at_work(organisation, title="All done", status="complete")
    plan_at_work(organisation, title="All usual", business_as_usual=True)
    assert asked(member(Role.PROJECT_OFFICER), organisation) == []


@pytest.mark.parametrize("number", [1, 3])
def test_it_is_one_question_however_many_plans_wait(organisation, member, query_count, number):
    for n in range(number):
        plan_at_work(organisation, title=f"Plan {n}")
    officer = member(Role.PROJECT_OFFICER)
    asked(officer, organisation)
    with within(organisation, user=officer), query_count(1):
        assert len(list(plans_to_ask_about(officer, organisation))) == number


def test_my_work_shows_it(organisation, member, client_of):
    plan_at_work(organisation)
    page = client_of(member(Role.PROJECT_OFFICER)).get("/my-work/").content.decode()
    assert "Ask how it goes" in page
    assert "with The plan, for the first time" in page
