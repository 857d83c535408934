"""Two steps to join, one to leave; opening a page writes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from desaga.audit.models import Entry
from desaga.consents.tests.factories import letters
from desaga.notifications.models import OutgoingMail
from desaga.organisations.states import Role
from desaga.privacy.retaining import CLASSES
from desaga.tenancy.context import within, within_platform

from .. import keys, queries
from ..models import Letter, Subscription
from ..operations import subscribing
from .factories import link, make_issue, send, subscriber

pytestmark = pytest.mark.django_db
JOIN = "/newsletters/northmoor/join/"
IDA = "ida@example.org"


def kept(organisation):
    with within(organisation):
        return [(one.email, one.confirmed_at is not None) for one in Subscription.objects.all()]


def test_one_joins_by_the_link_and_opening_it_writes_nothing(organisation, client):
    assert "Are you under 13? Ask a parent or carer" in client.get(JOIN).text
    assert "Look into your e-mail" in client.post(JOIN, {"email": " Ida@Example.org "}).text
    assert kept(organisation) == [(IDA, False)]
    address = link(IDA, "confirm")
    assert "Yes, send it to me" in client.get(address).text
    assert kept(organisation) == [(IDA, False)]
    assert "The newsletter comes to you" in client.post(address).text
    assert "The newsletter comes to you" in client.post(address).text
    assert kept(organisation) == [(IDA, True)]


def test_the_answer_is_the_same_for_whoever_subscribed_already(organisation, client):
    subscriber(organisation)
    known, unknown = (client.post(JOIN, {"email": email}).text for email in (IDA, "new@example.org"))
    assert known.replace(IDA, "") == unknown.replace("new@example.org", "")


def test_a_program_that_fills_in_everything_is_thanked_and_nothing_is_kept(organisation, client):
    assert "Look into your e-mail" in client.post(JOIN, {"email": IDA, "nickname": "x"}).text
    assert (kept(organisation), letters()) == ([], [])


def test_so_many_mails_go_to_one_address_and_so_many_from_one_computer(organisation, client):
    for _ in range(5):
        assert client.post(JOIN, {"email": IDA}).status_code == 200
    assert len(letters(IDA)) == 3
    answers = [client.post(JOIN, {"email": f"a{number}@example.org"}).status_code for number in range(30)]
    assert (answers.count(200), answers.count(429)) == (25, 5)


@pytest.mark.parametrize("email", ["", "nobody", "a@b"])
def test_what_is_no_address_is_said(organisation, client, email):
    assert client.post(JOIN, {"email": email}).status_code == 422
    assert kept(organisation) == []


def test_one_press_in_a_mail_program_ends_it_without_cookie_or_sign_in(organisation, lead, shelf):
    subscriber(organisation)
    send(make_issue(organisation, actor=lead), actor=lead)
    with within_platform():
        mail = OutgoingMail.objects.get(subject="Summer")
    program = Client(enforce_csrf_checks=True)
    address = mail.leave_url.removeprefix("http://localhost:8000")
    address = address[address.index("/newsletters/") :]
    assert program.get(address).status_code == 200
    assert kept(organisation) == [(IDA, True)]
    answer = program.post(address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded")
    assert answer.status_code == 200
    assert kept(organisation) == []
    assert (
        program.post(
            address, "List-Unsubscribe=One-Click", content_type="application/x-www-form-urlencoded"
        ).status_code
        == 200
    )


def test_whoever_leaves_is_forgotten_everywhere(organisation, lead, shelf):
    subscriber(organisation)
    send(make_issue(organisation, actor=lead), actor=lead)
    with within_platform():
        OutgoingMail.objects.update(sent_at=timezone.now(), handing_over_at=timezone.now())
    with within(organisation):
        subscribing.leave(subscription=Subscription.objects.get())
        assert [one.subscription_id for one in Letter.objects.all()] == [None]
        assert not Entry.objects.filter(thing_name__contains="example.org").exists()
        assert not Entry.objects.filter(
            thing_kind="newsletters.subscription", changes__icontains="example.org"
        ).exists()
    assert letters(IDA) == []


def test_a_key_opens_its_own_page_of_its_own_organisation_alone(organisation, other_organisation, client):
    one = subscriber(organisation)
    leave, confirm = (url[url.index("/newsletters/") :] for url in (keys.leave_url(organisation, one.pk), keys.confirm_url(organisation, one.pk)))  # fmt: skip
    wrong = [leave.replace("northmoor", other_organisation.slug), leave.replace("leave", "confirm"), confirm.replace("confirm", "leave"),
             leave[:-3], "/newsletters/northmoor/by-link/leave/"]  # fmt: skip
    assert [client.post(address).status_code for address in wrong] == [404] * 5
    assert kept(organisation) == [(IDA, True)]


def test_a_link_confirms_for_a_week_and_then_the_address_is_deleted(organisation, client, monkeypatch):
    client.post(JOIN, {"email": IDA})
    address = link(IDA, "confirm")
    monkeypatch.setattr(keys, "A_WEEK", timedelta(seconds=-1))
    assert client.post(address).status_code == 404
    later = timezone.now() + timedelta(days=7, minutes=1)
    with within(organisation):
        retained = CLASSES["unconfirmed_subscriptions"]
        assert retained.delete(organisation, later - timedelta(days=retained.days), False) == {
            "addresses that nobody confirmed": 1
        }
    assert kept(organisation) == []


def test_after_a_month_nobody_knows_to_whom_an_issue_went(organisation, lead, shelf):
    subscriber(organisation)
    send(make_issue(organisation, actor=lead), actor=lead)
    with within_platform():
        OutgoingMail.objects.update(sent_at=timezone.now(), handing_over_at=timezone.now())
    with within(organisation):
        told = CLASSES["newsletter_addresses"].delete(organisation, timezone.now() + timedelta(days=31), False)
    assert told == {"addresses of sent newsletters": 1}
    with within_platform():
        assert (
            OutgoingMail.objects.get(pk__in=[mail.pk for mail in OutgoingMail.objects.filter(subject="")]).recipient
            == ""
        )
    assert kept(organisation) == [(IDA, True)]


def test_an_officer_ends_it_for_somebody_and_reads_no_address(organisation, member, client_of):
    subscriber(organisation)
    client = client_of(member(Role.EDITOR))
    shown = client.get("/o/northmoor/newsletters/").text
    assert ("One person" in shown or "1 person has" in shown, IDA in shown) == (True, False)
    assert (
        "No newsletter of yours goes to"
        in client.post("/o/northmoor/newsletters/end-for-them/", {"email": "x@y.example"}).text
    )
    assert client.post("/o/northmoor/newsletters/end-for-them/", {"email": IDA}).status_code == 302
    assert kept(organisation) == []


def test_what_is_kept_is_in_the_export_of_the_person(organisation, member):
    from ..private import own_told

    user = member(Role.TECHNICIAN)
    subscriber(organisation, user.email)
    with within(organisation):
        assert [row["E-mail"] for row in own_told(user.person, user, organisation)] == [user.email]
        assert queries.subscriptions().count() == 1
