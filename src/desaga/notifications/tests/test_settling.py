"""Mails in doubt: what other slices are told of them, and what an officer says of them."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from desaga.audit.models import Entry
from desaga.notifications import operations, queries
from desaga.notifications.states import MailState
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from .factories import RECIPIENT, as_kept, make_doubtful_mail, queued


@pytest.fixture
def officer(member):
    return member(Role.PROJECT_OFFICER)


def settled(mail, organisation, officer, was_taken):
    with within(organisation, user=officer):
        operations.settle_doubtful(actor=officer, mail_id=mail.pk, was_taken=was_taken, organisation=organisation)
        return list(Entry.objects.values_list("verb", "thing_name", "changes"))


def deliveries_of(mail):
    return ProcrastinateJob.objects.filter(task_name=operations.DELIVER, args={"mail_id": mail.pk}).count()


def test_a_mail_that_was_taken_counts_as_sent(organisation, officer):
    mail = make_doubtful_mail(organisation)
    entries = settled(mail, organisation, officer, was_taken=True)
    assert entries == [("found delivered", f"Mail {mail.pk}", {"state": ["In doubt", "Sent"]})]
    kept = as_kept(mail)
    assert (kept.state, kept.text, deliveries_of(mail)) == (MailState.SENT, "", 1)


def test_a_mail_that_was_not_taken_goes_again_as_it_was(organisation, officer, mailroom):
    mail = make_doubtful_mail(organisation)
    entries = settled(mail, organisation, officer, was_taken=False)
    assert entries == [("sent again", f"Mail {mail.pk}", {"state": ["In doubt", "Waiting to be sent"]})]
    assert (as_kept(mail).state, deliveries_of(mail)) == (MailState.WAITING, 2)
    operations.deliver_mail(mail_id=mail.pk)
    assert [message["Message-ID"] for message in mailroom.received] == [mail.message_id]


def test_a_doubt_is_settled_once(organisation, officer):
    mail = make_doubtful_mail(organisation)
    settled(mail, organisation, officer, was_taken=True)
    with pytest.raises(operations.NotInDoubt, match="not in doubt any more"):
        settled(mail, organisation, officer, was_taken=False)
    assert as_kept(mail).state == MailState.SENT


def test_nobody_settles_what_goes_in_anothers_name(organisation, other_organisation, officer):
    for mail in (make_doubtful_mail(other_organisation), make_doubtful_mail()):
        with pytest.raises(operations.NotInDoubt):
            settled(mail, organisation, officer, was_taken=True)
        assert as_kept(mail).state == MailState.DOUBTFUL


def test_an_organisation_is_told_of_its_own_mails_in_doubt(organisation, other_organisation, officer):
    ours, theirs, nobodys = (
        make_doubtful_mail(organisation),
        make_doubtful_mail(other_organisation),
        make_doubtful_mail(),
    )
    queued(organisation)
    with within(organisation):
        assert queries.doubtful_mail(organisation) == [ours]
        assert queries.doubtful_mail_of(officer, organisation, theirs.pk) is None
    assert queries.doubtful_mail(None) == [nobodys]


def test_the_fates_of_mails_are_told_in_an_organisations_scope(organisation, other_organisation):
    ours, theirs = make_doubtful_mail(organisation), make_doubtful_mail(other_organisation)
    waiting = queued(organisation)
    with within(organisation):
        fates = queries.fates_of([ours.pk, theirs.pk, waiting.pk, 0])
    assert fates == {
        ours.pk: queries.Fate(state=MailState.DOUBTFUL, at=ours.doubtful_at, status="", label="In doubt"),
        waiting.pk: queries.Fate(state=MailState.WAITING, at=waiting.made_at, status="", label="Waiting to be sent"),
    }
    assert set(queries.fates_of([ours.pk, theirs.pk])) == {ours.pk, theirs.pk}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_fates_of_mails_are_one_question(organisation, query_count, rows):
    mails = [queued(organisation).pk for _ in range(rows)]
    # The other six tell the database that the platform asks, and take it back.
    with within(organisation), query_count(7):
        queries.fates_of(mails)


def test_an_officer_says_on_a_page_that_a_mail_arrived(organisation, officer, client_of):
    mail = make_doubtful_mail(organisation)
    client, address = client_of(officer), f"/o/{organisation.slug}/mail/"
    page = client.get(address).text
    assert (RECIPIENT in page, "A subject" in page, mail.text in page) == (True, True, False)
    asked = client.get(f"{address}{mail.pk}/arrived/").text
    assert f"“A subject” to {RECIPIENT}" in asked
    assert "Counted as sent" in client.post(f"{address}{mail.pk}/arrived/", follow=True).text
    assert as_kept(mail).state == MailState.SENT
    assert client.post(f"{address}{mail.pk}/arrived/").status_code == 404


def test_a_mail_in_doubt_waits_for_the_officer_alone(organisation, officer, member, client_of):
    make_doubtful_mail(organisation)
    told = "Say what became of 1 e-mail in doubt"

    assert told in client_of(officer).get("/my-work/").content.decode()
    assert told not in client_of(member(Role.READER)).get("/my-work/").content.decode()


def test_an_officer_sends_a_mail_again_on_a_page(organisation, officer, client_of):
    mail = make_doubtful_mail(organisation)
    page = client_of(officer).post(f"/o/{organisation.slug}/mail/{mail.pk}/send-again/", follow=True).text
    assert ("It goes again" in page, "No mail is in doubt" in page) == (True, True)
    assert as_kept(mail).state == MailState.WAITING


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_number_of_questions(organisation, officer, client_of, query_count, rows):
    client = client_of(officer)
    for _ in range(rows):
        make_doubtful_mail(organisation)
    with query_count(25):
        client.get(f"/o/{organisation.slug}/mail/")


def test_the_operator_settles_what_goes_in_nobodys_name(db, organisation):
    arrived, lost, theirs = make_doubtful_mail(), make_doubtful_mail(), make_doubtful_mail(organisation)
    told = StringIO()
    call_command("list_doubtful_mail", stdout=told)
    when = f"{timezone.localtime(arrived.handing_over_at):%d %b %Y, %H:%M}"
    assert told.getvalue().splitlines() == [f"{mail.pk}  {when}  A subject" for mail in (arrived, lost)]
    call_command("list_doubtful_mail", arrived=arrived.pk, stdout=StringIO())
    call_command("list_doubtful_mail", send_again=lost.pk, stdout=StringIO())
    assert (as_kept(arrived).state, as_kept(lost).state) == (MailState.SENT, MailState.WAITING)
    with pytest.raises(CommandError, match="not in doubt"):
        call_command("list_doubtful_mail", arrived=theirs.pk)
