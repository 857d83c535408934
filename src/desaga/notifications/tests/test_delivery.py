"""Mail as a real mail server on this machine receives it."""

from __future__ import annotations

import logging
from datetime import timedelta
from email import message_from_bytes, policy
from types import SimpleNamespace

import pytest
from aiosmtpd.controller import Controller
from django.core.mail import EmailMessage
from django.core.mail import send_mail as send_with_django
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from desaga.notifications import operations, tasks
from desaga.notifications.backend import MailWithAttachment
from desaga.notifications.models import OutgoingMail
from desaga.tenancy.context import within, within_platform

LINK = "https://desaga.example/secret-of-a-link"


class Mailroom:
    """Keeps what arrives; refuses whom it is told to refuse."""

    def __init__(self):
        self.received, self.refused = [], set()

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 nobody of that name"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def mailroom(settings, unused_port):
    room = Mailroom()
    controller = Controller(room, hostname="127.0.0.1", port=unused_port)
    controller.start()
    settings.EMAIL_BACKEND = "desaga.notifications.backend.QueuedMailBackend"
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", unused_port
    yield room
    controller.stop()


@pytest.fixture
def unused_port():
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def queued(**fields):
    return operations.queue_mail(
        message=EmailMessage("A subject", f"Open {LINK}", "Desaga <desaga@localhost>", [], **fields),
        recipient="ida@example.org",
    )


def as_kept(mail):
    with within_platform():
        return OutgoingMail.objects.get(pk=mail.pk)


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
    mailroom.refused.add("ida@example.org")
    mail = queued()
    with pytest.raises(operations.MailNotDelivered) as refusal:
        operations.deliver_mail(mail_id=mail.pk)
    assert str(refusal.value) == "SMTPRecipientsRefused"
    assert refusal.value.__cause__ is None
    assert as_kept(mail).sent_at is None
    mailroom.refused.clear()
    operations.deliver_mail(mail_id=mail.pk)
    assert len(mailroom.received) == 1


def test_after_the_last_try_a_mail_is_given_up_and_wiped(db, mailroom, caplog):
    mailroom.refused.add("ida@example.org")
    mail = queued()
    with caplog.at_level(logging.DEBUG, logger="desaga"):
        tasks.deliver_mail(SimpleNamespace(job=SimpleNamespace(attempts=tasks.TRIES)), mail_id=mail.pk)
    kept = as_kept(mail)
    assert (kept.sent_at, kept.failed_at is not None, kept.text) == (None, True, "")
    assert [record.getMessage() for record in caplog.records] == [
        f"mail {mail.pk} given up after SMTPRecipientsRefused"
    ]


def test_a_server_that_does_not_answer_is_tried_again(db, mailroom, settings):
    settings.EMAIL_PORT = 1
    mail = queued()
    with pytest.raises(operations.MailNotDelivered, match="ConnectionRefusedError"):
        operations.deliver_mail(mail_id=mail.pk)


@pytest.mark.parametrize(("attempt", "seconds"), [(1, 5), (2, 25), (3, 125), (5, 3125)])
def test_tries_lie_further_and_further_apart(attempt, seconds):
    job = SimpleNamespace(attempts=attempt - 1)
    wait = tasks.PATIENCE.get_retry_decision(exception=operations.MailNotDelivered(), job=job)
    assert timedelta(seconds=seconds - 2) < wait.retry_at - timezone.now() < timedelta(seconds=seconds + 2)


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


def test_nothing_is_sent_where_the_change_did_not_happen(transactional_db, mailroom):
    def change_that_fails():
        with transaction.atomic():
            queued()
            raise InterruptedError

    with pytest.raises(InterruptedError):
        change_that_fails()
    assert not ProcrastinateJob.objects.exists()
    with within_platform():
        assert not OutgoingMail.objects.exists()
