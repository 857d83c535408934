"""What an employer was given of a placement waits there for whoever edits the plan, and counts in figures of its own."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.utils import timezone

from desaga.organisations.models import Employment
from desaga.organisations.states import Role
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.tenancy.context import within

from ..indicators import SOURCE
from ..models import Award, PlacementRecord
from ..operations import attending, sharing
from ..waiting_staff import schemes_waiting
from .awarding import afresh, agreed, applicant_of, reported
from .factories import make_scheme, with_role


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


def employed(award, home):
    user, since = applicant_of(award), timezone.localdate() - timedelta(days=400)
    with within(home, user=user):
        Employment.objects.create(organisation=home, person_id=user.person_id, starts_on=since)
    return get_user_model().objects.get(pk=user.pk)


def given(award, home, action=None):
    """Over, its days written down, reported, given."""
    organisation, today = award.application.organisation, timezone.localdate()
    with within(organisation):
        Award.objects.filter(pk=award.pk).update(starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=2))
        award = afresh(award)
        days = attending.usual_days(award)
        attending.enter_days(award=award, name="Hugo", days=days, words="By phone.", actor=None)
    reported(award)
    user = employed(award, home)
    with within(organisation, user=user):
        sharing.give_to_employer(award=award, organisation=home, action=action, actor=user)
    return len(days)


def test_a_record_waits_for_whoever_edits_the_plan_until_it_is_evidence(
    organisation, manager, other_organisation, client
):
    home = other_organisation
    plan = PlanFactory(organisation=home, title="Technicians count", state="active")
    make_action(plan, code="A1", title="Learn from others")
    lead, officer = with_role(home, Role.LEAD, "Lea Lead"), with_role(home, Role.REVIEWER, "Rob Reader")
    days = given(agreed(make_scheme(organisation, actor=manager), actor=manager), home)
    for user, told in ((lead, 1), (officer, 0)):
        with within(home, user=user):
            lines = list(schemes_waiting(user, home))
            assert len(lines) == told, user
    assert "gave as evidence" in lines_of(lead, home)
    with within(home, user=lead):
        assert PlacementRecord.objects.get().days == days
        figures = {one.key: one for one in SOURCE.compute(timezone.localdate())}
        assert (figures["placements.given"].value, figures["placements.given"].people) == (1, 1)
        assert figures["placements.given_days"].value == days


def test_what_is_evidence_waits_no_more(organisation, manager, other_organisation):
    home = other_organisation
    plan = PlanFactory(organisation=home, title="Technicians count", state="active")
    lead = with_role(home, Role.LEAD, "Lea Lead")
    award = agreed(make_scheme(organisation, actor=manager), actor=manager)
    given(award, home)
    with within(home, user=lead):
        action = make_action(plan, code="A1", title="Learn from others")
        sharing._serve(PlacementRecord.objects.get(), action, lead, timezone.now())
    assert lines_of(lead, home) == ""


def lines_of(user, organisation):
    with within(organisation, user=user):
        return " ".join(one.thing for one in schemes_waiting(user, organisation))
