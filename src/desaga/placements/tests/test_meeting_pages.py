"""A panel meets, as people walk it: begin, decide, look at the letters, release; the applicant reads nothing before."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.notifications.models import OutgoingMail
from desaga.organisations.states import Role
from desaga.tenancy.context import within, within_platform

from ..models import Application, ApplicationEvent, Award, OutcomeLetter, ReservePlace
from ..operations.outcome_letters import write_letters
from .factories import make_round, make_scheme, with_role
from .meetings import begun, decided, item_of
from .panels import eligible


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    scheme = make_scheme(organisation, actor=manager)
    make_round(scheme, actor=manager, meets_in=150)
    return scheme


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def at(name, round_, *more):
    scheme = round_.scheme
    return reverse(f"placements:{name}", args=[scheme.organisation.slug, scheme.slug, round_.pk, *more])


def test_from_agenda_to_letters(scheme, manager, as_user, django_capture_on_commit_callbacks):
    funded, waits, refused, back, later = (eligible(scheme, actor=manager) for _ in range(5))
    round_ = begun(scheme, actor=manager)
    page = as_user(manager)
    agenda = page.get(at("show_meeting", round_)).content.decode()
    assert all(one.reference in agenda for one in (funded, waits, refused, back, later))

    item = at("show_item", round_, funded.reference)
    assert "To learn how helium is recovered." in page.get(item).content.decode()
    page.post(item, {"kind": "part", "amount": "600", "conditions": "By train.", "seen": ""})
    assert "£600.00" in page.get(at("show_meeting", round_)).content.decode()
    stale = page.post(item, {"kind": "full", "seen": ""}).content.decode()
    assert "Somebody else set an outcome meanwhile." in stale
    page.post(at("show_item", round_, waits.reference), {"kind": "reserve", "seen": ""})
    page.post(at("show_item", round_, refused.reference), {"kind": "decline", "reasons": ["aims_unclear"], "seen": ""})
    page.post(at("show_item", round_, back.reference), {"kind": "changes", "open_parts": ["placement"], "words": "Which week?", "seen": ""})  # fmt: skip
    letters = at("release_outcomes", round_)
    assert "1 item has no outcome yet." in page.get(letters).content.decode()
    page.post(at("show_item", round_, later.reference), {"kind": "next", "seen": ""})

    shown = page.get(letters).content.decode()
    assert "Release 5 outcomes" in shown
    seen = re.search(r'name="seen" value="(\w+)"', shown).group(1)
    with django_capture_on_commit_callbacks(execute=True):
        page.post(letters, {"seen": seen})
    organisation = scheme.organisation
    with within(organisation):
        states = {one.reference: one.state for one in Application.objects.filter(scheme=scheme)}
        assert [states[one.reference] for one in (funded, waits, refused, back, later)] == ["offered", "reserve", "declined", "changes_asked", "eligible"]  # fmt: skip
        award = Award.objects.get()
        assert (str(award.amount), award.conditions) == ("600.00", "By train.")
        assert award.accept_by == timezone.localdate() + timedelta(days=14)
        assert ReservePlace.objects.get().rank == 1
        moved = Application.objects.filter(pk__in=[back.pk, later.pk])
        assert {one.round.meets_on for one in moved} == {timezone.localdate() + timedelta(days=150)}

    assert write_letters(organisation=organisation, actor=manager, round_id=round_.pk) == 5
    assert write_letters(organisation=organisation, actor=manager, round_id=round_.pk) == 0
    with within(organisation):
        told = dict(OutcomeLetter.objects.values_list("mail_id", "item__application__reference"))
    with within_platform():
        mails = {told[one.pk]: one.text for one in OutgoingMail.objects.filter(pk__in=told)}
    assert len(mails) == 5
    # What was looked at is what was sent.
    for reference, text in mails.items():
        first = text.split("\n\n")[1].strip()
        assert first.replace("\n", " ") in plain(shown), reference


def plain(html):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).replace("&#x27;", "'")


def test_nothing_moves_before(scheme, manager, as_user):
    application = eligible(scheme, actor=manager)
    with within(scheme.organisation):
        before = list(Application.objects.values().order_by("pk"))
        events = list(ApplicationEvent.objects.values().order_by("pk"))
    with within_platform():
        mails = OutgoingMail.objects.count()
    begun(scheme, actor=manager)
    decided(application, "full", actor=manager)
    decided(application, "decline", actor=manager)
    assert item_of(application).outcome.kind == "decline"
    with within(scheme.organisation):
        assert list(Application.objects.values().order_by("pk")) == before
        assert list(ApplicationEvent.objects.values().order_by("pk")) == events
    with within_platform():
        assert OutgoingMail.objects.count() == mails
