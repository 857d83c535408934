"""What an applicant hears of what they write: how to come back, once that the cut-off is near, and nothing that others could read."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Application
from ..operations import applications
from ..operations.copying import remind_of_draft
from ..queries.applications import drafts_near
from ..tasks import remind_of_drafts_in
from .factories import letters, make_applicant, make_application, make_scheme, noon_of, sent, with_role


@pytest.fixture
def scheme(organisation):
    return make_scheme(organisation, actor=with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme"))


def near(scheme, **days):
    """A moment at which the cut-off is so near."""
    with within(scheme.organisation):
        return noon_of(scheme.rounds.get().cut_off_on - timedelta(**days))


def test_who_begins_hears_how_to_come_back_and_nobody_else_does(scheme, django_capture_on_commit_callbacks):
    applicant = make_applicant(scheme)
    with django_capture_on_commit_callbacks(execute=True), within(scheme.organisation, user=applicant):
        application = applications.begin(actor=applicant, scheme=scheme)
    (one,) = mail.outbox
    assert one.to == [applicant.email]
    assert application.reference in one.subject
    assert application.get_absolute_url() in one.body
    assert letters() == [], "no ledger of the scheme tells of a draft"


@pytest.mark.parametrize(("days", "is_told"), [(8, False), (7, True), (0, True), (-1, False)])
def test_a_draft_is_told_of_near_its_cut_off(scheme, days, is_told):
    application = make_application(scheme)
    with within(scheme.organisation):
        assert remind_of_draft(application=application, now=near(scheme, days=days)) is is_told


def test_it_is_told_once_with_what_is_open_still(scheme, django_capture_on_commit_callbacks):
    application = make_application(scheme)
    now = near(scheme, days=6)
    with within(scheme.organisation):
        applications.say_done(actor=None, application=application, part="money", done=True)
        with django_capture_on_commit_callbacks(execute=True):
            assert [remind_of_draft(application=application, now=now) for _ in range(2)] == [True, False]
        assert application.events.filter(kind="draft_told", for_applicant=True).count() == 1
    (one,) = [one for one in mail.outbox if "not sent yet" in one.subject]
    assert "- The placement" in one.body
    assert "- What it costs" not in one.body, "that part is complete"
    assert "- Going abroad" not in one.body, "that is not asked of them"


def test_what_was_begun_yesterday_and_what_is_sent_is_left_alone(scheme):
    now = near(scheme, days=3)
    young, away = make_application(scheme), sent(make_application(scheme))
    with within(scheme.organisation):
        Application.objects.filter(pk=young.pk).update(begun_at=now - timedelta(days=1))
        young.refresh_from_db()
        assert not remind_of_draft(application=young, now=now)
        assert not remind_of_draft(application=away, now=now)
        today = timezone.localdate(now)
        assert [one.pk for one in drafts_near(today, today + timedelta(days=7))] == [young.pk]


def test_the_worker_asks_in_each_organisation(scheme):
    application = make_application(scheme)
    with within(scheme.organisation):
        scheme.rounds.update(cut_off_on=timezone.localdate() + timedelta(days=2))
        Application.objects.filter(pk=application.pk).update(begun_at=timezone.now() - timedelta(days=9))
    remind_of_drafts_in.run(organisation_id=scheme.organisation_id, actor_id=None)
    with within(scheme.organisation):
        assert Application.objects.get(pk=application.pk).draft_told_at is not None
