"""Mail as a real mail server on this machine receives it."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
import time_machine
from django.core.mail import EmailMessage
from django.core.mail import send_mail as send_with_django
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from desaga.notifications import operations, signals, tasks
from desaga.notifications.backend import MailWithAttachment
from desaga.notifications.models import OutgoingMail
from desaga.notifications.states import MailState
from desaga.tenancy.context import within, within_platform

from .factories import LINK, RECIPIENT, as_kept, queued


def test_a_mail_waits_and_then_arrives_whole(db, mailroom):
    send_with_django("Zwölf Flammen", "Words", None, ["ida@example.org"], html_message="<p>Words</p>")
    assert mailroom.received == []
    with within_platform():
        mail = OutgoingMail.objects.get()
    operations.deliver_mail(mail_id=mail.pk)
    (message,) = mailroom.received
    assert (message["To"], message["Subject"], message["From"]) == (
        "ida@example.org",
        "Zwölf Flammen",
        "Desaga <desaga@localhost>",
    )
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_body(("plain",)).get_content().strip() == "Words"
    assert message.get_body(("html",)).get_content().strip() == "<p>Words</p>"


def test_what_a_mail_said_is_wiped_when_it_has_left(db, mailroom):
    mail = queued()
    assert LINK in as_kept(mail).text
    operations.deliver_mail(mail_id=mail.pk)
    kept = as_kept(mail)
    assert (kept.text, kept.html, kept.sent_at is not None) == ("", "", True)


def test_the_demo_keeps_what_a_mail_said(db, mailroom, settings):
    settings.KEEP_SENT_MAIL = True
    mail = queued()
    operations.deliver_mail(mail_id=mail.pk)
    assert LINK in as_kept(mail).text


def test_a_mail_is_delivered_once(db, mailroom):
    mail = queued()
    operations.deliver_mail(mail_id=mail.pk)
    operations.deliver_mail(mail_id=mail.pk)
    assert len(mailroom.received) == 1


def test_the_job_holds_the_mails_id_and_nothing_else(db, mailroom):
    mail = queued()
    job = ProcrastinateJob.objects.get()
    assert (job.task_name, job.args) == (operations.DELIVER, {"mail_id": mail.pk})


def test_a_refused_mail_is_tried_again_without_naming_anybody(db, mailroom, caplog):
    mailroom.to_recipient = f"450 4.2.1 {RECIPIENT} is not in"
    mail = queued()
    with pytest.raises(operations.MailNotDelivered) as refusal:
        operations.deliver_mail(mail_id=mail.pk)
    assert str(refusal.value) == "450 4.2.1"
    assert refusal.value.__cause__ is None
    assert as_kept(mail).sent_at is None
    mailroom.to_recipient = "250 OK"
    operations.deliver_mail(mail_id=mail.pk)
    assert len(mailroom.received) == 1


def test_after_the_last_try_a_mail_is_given_up_and_wiped(db, mailroom, caplog):
    mailroom.to_recipient = f"450 {RECIPIENT} is not in"
    mail = queued()
    with caplog.at_level(logging.DEBUG, logger="desaga"):
        tasks.deliver_mail(SimpleNamespace(job=SimpleNamespace(attempts=tasks.TRIES)), mail_id=mail.pk)
    kept = as_kept(mail)
    assert (kept.sent_at, kept.failed_at is not None, kept.text) == (None, True, "")
    assert [record.getMessage() for record in caplog.records] == [f"mail {mail.pk} given up after 450 4.0.0"]


def test_a_server_that_does_not_answer_is_tried_again(db, mailroom, settings):
    settings.EMAIL_PORT = 1
    mail = queued()
    with pytest.raises(operations.MailNotDelivered, match="ConnectionRefusedError"):
        operations.deliver_mail(mail_id=mail.pk)


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 5), (2, 25), (3, 125), (5, 3125)])
def test_tries_lie_further_and_further_apart(attempt, seconds):
    job = SimpleNamespace(attempts=attempt - 1)
    with time_machine.travel(timezone.now(), tick=False):
        wait = tasks.PATIENCE.get_retry_decision(exception=operations.MailNotDelivered(), job=job)
        assert abs(wait.retry_at - timezone.now() - timedelta(seconds=seconds)) < timedelta(seconds=2)


def test_several_recipients_are_several_mails(db, mailroom):
    send_with_django("Subject", "Words", None, ["ida@example.org", "robert@example.org"])
    with within_platform():
        assert set(OutgoingMail.objects.values_list("recipient", flat=True)) == {
            "ida@example.org",
            "robert@example.org",
        }


def test_files_are_not_sent(db, mailroom):
    message = EmailMessage("Subject", "Words", None, ["ida@example.org"])
    message.attach("a.txt", "text")
    with pytest.raises(MailWithAttachment):
        message.send()


def test_a_template_makes_a_mail_of_the_organisation(db, mailroom, organisation):
    context = {
        "inviter": "Ada",
        "invitation": {"name": "Ida", "role_names": ["Reader"]},
        "button_label": "Open",
        "button_url": LINK,
    }
    with within(organisation):
        mail = operations.send_mail(
            template="accounts/email/invitation", to="ida@example.org", context=context, organisation=organisation
        )
    operations.deliver_mail(mail_id=mail.pk)
    assert mailroom.received[0]["Subject"] == "Ada invites you to Northmoor on Desaga"
    assert as_kept(mail).organisation == organisation


def test_nobody_reads_mail_but_who_delivers_it(db, mailroom, organisation):
    mail = queued()
    assert as_kept(mail)
    with within(organisation), connection.cursor() as cursor:
        cursor.execute("select count(*) from notifications_outgoingmail")
        assert cursor.fetchone() == (0,)
    assert not OutgoingMail.objects.exists()


def test_nothing_is_sent_where_the_change_did_not_happen(committed, mailroom):
    def change_that_fails():
        with transaction.atomic():
            queued()
            raise InterruptedError

    with pytest.raises(InterruptedError):
        change_that_fails()
    assert not ProcrastinateJob.objects.exists()
    with within_platform():
        assert not OutgoingMail.objects.exists()


def tried(mail, **options):
    """The kind of fault of one try; empty where there was none."""
    try:
        operations.deliver_mail(mail_id=mail.pk, **options)
    except operations.MailNotDelivered as fault:
        return str(fault)
    return ""


def test_every_try_has_the_message_id_and_the_return_address_of_the_mail(db, mailroom, settings):
    settings.MAIL_RETURN = "bounces@mail.example.ac.uk"
    mailroom.to_content = "451 4.3.0 later"
    mail = queued()
    assert tried(mail) == "451 4.3.0"
    mailroom.to_content = "250 OK"
    assert tried(mail) == ""
    assert [message["Message-ID"] for message in mailroom.received] == [mail.message_id] * 2
    assert mailroom.senders == [f"bounces+{mail.bounce_key}@mail.example.ac.uk"] * 2
    assert mailroom.received[0]["From"] == "Desaga <desaga@localhost>"


def test_without_a_return_address_mail_comes_back_to_whom_it_is_from(db, mailroom):
    operations.deliver_mail(mail_id=queued().pk)
    assert mailroom.senders == ["desaga@localhost"]


def test_no_two_mails_share_a_message_id_or_a_key(db):
    mails = [queued() for _ in range(3)]
    assert len({mail.message_id for mail in mails}) == len({mail.bounce_key for mail in mails}) == 3
    assert mails[0].message_id.endswith("@localhost>")


@pytest.mark.parametrize(("answer", "status"), [("550 5.1.1 Nobody of that name", "5.1.1"), ("553 Nobody", "5.0.0")])
def test_a_recipient_whom_nobody_knows_is_a_mail_that_came_back(db, mailroom, caplog, answer, status):
    mailroom.to_recipient = answer
    mail = queued()
    with caplog.at_level(logging.DEBUG, logger="desaga"):
        assert tried(mail) == tried(mail) == ""
    kept = as_kept(mail)
    assert (kept.state, kept.bounce_status, kept.text) == (MailState.BOUNCED, status, "")
    assert (mailroom.conversations, RECIPIENT in caplog.text) == (1, False)


@pytest.mark.parametrize("answer", ["530 5.7.0 Sign in first", "554 5.7.1 Relay access denied", "450 4.7.1 Greylisted"])
def test_a_server_that_will_not_serve_us_says_nothing_of_the_recipient(db, mailroom, answer):
    mailroom.to_recipient = answer
    mail = queued()
    assert tried(mail) == answer[:9]
    assert as_kept(mail).state == MailState.WAITING


@pytest.mark.parametrize("answer", ["451 4.3.0 Later", "554 5.6.0 Not this"])
def test_content_that_is_refused_is_tried_again_and_then_given_up(db, mailroom, answer):
    mailroom.to_content = answer
    mail = queued()
    assert tried(mail) == answer[:9]
    assert as_kept(mail).state == MailState.WAITING
    assert tried(mail, is_last_try=True) == ""
    kept = as_kept(mail)
    assert (kept.state, kept.text, len(mailroom.received)) == (MailState.GIVEN_UP, "", 2)


def test_a_server_that_hangs_up_before_the_end_of_the_mail_has_not_taken_it(db, mailroom):
    mailroom.hangs_up = "before the content"
    mail = queued()
    assert tried(mail) == "SMTPServerDisconnected"
    assert as_kept(mail).state == MailState.WAITING


@pytest.mark.parametrize("is_last_try", [False, True])
def test_a_server_that_hangs_up_after_it_leaves_a_mail_in_doubt(db, mailroom, is_last_try):
    mailroom.hangs_up = "after the content"
    mail = queued()
    assert tried(mail, is_last_try=is_last_try) == ""
    assert as_kept(mail).state == MailState.DOUBTFUL
    mailroom.hangs_up = ""
    assert tried(mail) == ""
    assert (len(mailroom.received), as_kept(mail).text != "") == (1, True)


def test_a_mail_that_a_worker_left_in_the_middle_is_in_doubt(db, mailroom):
    mail = queued()
    with within_platform():
        OutgoingMail.objects.filter(pk=mail.pk).update(handing_over_at=timezone.now())
    assert tried(mail) == ""
    assert (as_kept(mail).state, mailroom.conversations) == (MailState.DOUBTFUL, 0)


def test_a_line_that_is_only_a_dot_does_not_end_a_mail(db, mailroom):
    message = EmailMessage("Subject", "before\n.\n..\nafter", "desaga@localhost", [])
    mail = operations.queue_mail(message=message, recipient=RECIPIENT)
    operations.deliver_mail(mail_id=mail.pk)
    assert mailroom.received[0].get_content().splitlines() == ["before", ".", "..", "after"]


def test_mail_is_not_delivered_inside_a_transaction(committed, mailroom):
    mail = queued()
    with pytest.raises(RuntimeError, match="durable"), transaction.atomic():
        operations.deliver_mail(mail_id=mail.pk)
    assert mailroom.conversations == 0


def test_without_a_mail_server_mail_is_written_to_files(db, settings, tmp_path):
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    mail = queued()
    operations.deliver_mail(mail_id=mail.pk)
    (file,) = tmp_path.iterdir()
    assert mail.message_id in file.read_text()
    assert as_kept(mail).state == MailState.SENT


def test_what_became_of_a_mail_is_announced(db, mailroom, organisation):
    heard = []

    def hear(signal, sender, **told):
        heard.append((told.pop("mail_id"), told.pop("organisation_id"), sorted(told)))

    for signal in (signals.mail_bounced, signals.mail_given_up, signals.mail_doubtful):
        signal.connect(hear)
    back, given_up, doubtful, sent = (queued(organisation) for _ in range(4))
    try:
        operations.deliver_mail(mail_id=sent.pk)
        mailroom.to_recipient = "550 5.1.1 Nobody"
        operations.deliver_mail(mail_id=back.pk)
        mailroom.to_recipient = "450 Later"
        operations.deliver_mail(mail_id=given_up.pk, is_last_try=True)
        mailroom.to_recipient, mailroom.hangs_up = "250 OK", "after the content"
        operations.deliver_mail(mail_id=doubtful.pk)
    finally:
        for signal in (signals.mail_bounced, signals.mail_given_up, signals.mail_doubtful):
            signal.disconnect(hear)
    assert heard == [
        (back.pk, organisation.pk, ["at", "status"]),
        (given_up.pk, organisation.pk, ["at"]),
        (doubtful.pk, organisation.pk, ["at"]),
    ]


def test_also_in_a_worker_the_job_is_part_of_the_change(committed):
    """A worker's own connection to the queue is another one, and would commit by itself."""

    def change_that_fails():
        with transaction.atomic():
            queued()
            raise InterruptedError

    with app.replace_connector(app.connector.get_worker_connector()), pytest.raises(InterruptedError):
        change_that_fails()
    assert not ProcrastinateJob.objects.exists()


def test_mail_from_before_the_ledger_gets_what_it_would_have_now(db):
    """The migration is the same statement; the columns are emptied as it found them."""
    mail = queued()
    with within_platform(), connection.cursor() as cursor:
        OutgoingMail.objects.filter(pk=mail.pk).update(message_id="", bounce_key="")
        cursor.execute(import_module("desaga.notifications.migrations.0004_fill_ledger").FILL)
    kept = as_kept(mail)
    assert re.fullmatch(r"<[0-9a-f-]{36}@localhost>", kept.message_id)
    assert re.fullmatch(r"[0-9a-f]{32}", kept.bounce_key)
