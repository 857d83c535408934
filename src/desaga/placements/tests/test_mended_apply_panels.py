"""Which panel hears an application: one that came in while none was planned, one that moved, one that is too late; and what mails say of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..approving import last_call_on
from ..models import Application, ApplicationEvent, Asking
from ..operations import applications, asking_chase, schemes
from ..queries.applications import round_hearing
from ..waiting_staff import schemes_waiting
from .factories import (  # fmt: skip
    answered,
    asking_of,
    letters,
    make_application,
    make_round,
    make_scheme,
    moved,
    noon_of,
    received,
    sent,
    with_role,
)

MONA, HUGO = "mona.manager@farfield.example", "hugo.host@hostwick.example"


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def now_of(application):
    with within(application.organisation):
        return Application.objects.select_related("round", "scheme", "organisation").get(pk=application.pk)


def kinds(application):
    with within(application.organisation):
        return list(ApplicationEvent.objects.filter(application=application).values_list("kind", flat=True))


def subjects(application):
    return [one.subject.partition(":")[0] for one in letters(application.email)]


@pytest.fixture
def unheard(scheme, manager):
    """One that came in when the last panel had been called off."""
    with within(scheme.organisation, user=manager):
        schemes.call_off_round(actor=manager, round_=scheme.rounds.get())
    return received(make_application(scheme))


def test_what_came_in_without_a_panel_goes_to_the_next_that_is_planned(scheme, manager, unheard, client):
    assert unheard.round is None
    client.force_login(manager)
    page = client.get(scheme.get_absolute_url())
    assert "1 application has come in for which no panel is planned" in page.content.decode()
    with within(scheme.organisation, user=manager):
        assert [one.verb for one in schemes_waiting(manager, scheme.organisation)] == [
            "Plan the next panel of",
            "Plan a panel for",
            "Check",
        ]
        assert round_hearing(unheard, timezone.localdate()) is None
    planned = make_round(scheme, actor=manager, meets_in=90)
    assert now_of(unheard).round == planned
    assert kinds(unheard)[-1] == "next_panel"


def test_a_panel_whose_cut_off_it_kept_hears_it_though_that_is_past_now(scheme, manager, unheard):
    with within(scheme.organisation):
        Application.objects.filter(pk=unheard.pk).update(received_at=timezone.now() - timedelta(days=30))
    planned = make_round(scheme, actor=manager, meets_in=10)
    assert planned.cut_off_on < timezone.localdate()
    assert now_of(unheard).round == planned


def test_a_panel_that_moves_tells_those_whom_it_still_has_to_hear(scheme, manager, client):
    going, gone = received(make_application(scheme)), moved(received(make_application(scheme)), "withdraw")
    round_ = going.round
    client.force_login(manager)
    address = reverse("placements:edit_round", args=[scheme.organisation.slug, scheme.slug, round_.pk])
    assert "1 applicant reads that on their page and gets an e-mail" in client.get(address).content.decode()
    with within(scheme.organisation, user=manager):
        schemes.edit_round(actor=manager, round_=round_, name="Another name")
        assert "panel_moved" not in kinds(going)
        schemes.edit_round(actor=manager, round_=round_, meets_on=round_.meets_on + timedelta(days=2))
    assert kinds(going)[-1] == "panel_moved"
    assert subjects(going)[-1] == "The panel meets on another day"
    assert "panel_moved" not in kinds(gone)


def test_calling_a_panel_off_writes_to_those_whom_it_still_had_to_hear(scheme, manager):
    going, gone = received(make_application(scheme)), moved(received(make_application(scheme)), "find_ineligible")
    with within(scheme.organisation, user=manager):
        schemes.call_off_round(actor=manager, round_=going.round)
    assert subjects(going)[-1] == "The panel is called off"
    assert (kinds(going)[-1], "panel_called_off" in kinds(gone)) == ("panel_called_off", False)


def test_a_last_yes_after_the_cut_off_says_which_panel_it_missed(scheme, manager):
    later = make_round(scheme, actor=manager, meets_in=150)
    application = sent(make_application(scheme))
    answered(application, "line_manager")
    with within(scheme.organisation):
        application.sent_for = scheme.rounds.order_by("meets_on").first()
        late = timezone.now() + timedelta(days=40)
        applications.receive(application, actor=None, now=late)
        event = ApplicationEvent.objects.filter(application=application, kind="receive").get()
    assert now_of(application).round == later
    assert event.words.startswith("It missed ")
    assert event.words.endswith(f"heard on {later.meets_on:%-d %B %Y}.")
    assert "The next panel hears your application" in subjects(application)


def test_every_mail_says_by_when_and_when_it_is_heard(scheme):
    application = sent(make_application(scheme))
    with within(scheme.organisation):
        round_ = scheme.rounds.get()
        Asking.objects.update(expires_at=timezone.now() + timedelta(days=100))
    meets, hears = f"{round_.meets_on:%-d %B %Y}", f"{round_.answers_by:%-d %B %Y}"
    for to in (MONA, HUGO):
        assert meets in letters(to)[-1].text
        assert hears in letters(to)[-1].text
    answered(application, "line_manager")
    answered(application, "host")
    assert meets in letters(application.email)[-1].text
    assert hears in letters(application.email)[-1].text


def test_three_working_days_before_the_cut_off_both_are_reminded_once(scheme):
    application = sent(make_application(scheme))
    with within(scheme.organisation):
        cut_off = scheme.rounds.get().cut_off_on
        Asking.objects.update(expires_at=timezone.now() + timedelta(days=100), reminders=3)
    due = last_call_on(cut_off)
    for days, is_written in ((-1, False), (0, True), (1, False)):
        with within(scheme.organisation):
            now = noon_of(due + timedelta(days=days))
            assert asking_chase.chase(asking=asking_of(application, "host"), now=now) is is_written
    assert subjects(application)[-1] == "Hugo Host has not answered, and the cut-off is near"
    assert f"{cut_off:%-d %B %Y}" in letters(HUGO)[-1].text


def test_the_last_call_skips_weekends():
    from datetime import date

    assert last_call_on(date(2026, 12, 1)) == date(2026, 11, 26)
