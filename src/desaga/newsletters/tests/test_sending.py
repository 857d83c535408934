"""Sending to many: through a real mail server, by real workers, one of which is killed."""

from __future__ import annotations

import subprocess
import threading
import time
from contextlib import suppress
from typing import Any

import pytest
from django.utils import timezone
from procrastinate.exceptions import AlreadyEnqueued

from desaga.notifications import operations as post
from desaga.notifications import tasks as post_tasks
from desaga.notifications.models import OutgoingMail
from desaga.notifications.operations.bounces import note_report
from desaga.notifications.reports import FAILED, Report
from desaga.notifications.tests.factories import Mailroom, mail_server
from desaga.notifications.tests.processes import command
from desaga.tenancy.context import within, within_platform

from .. import queries, tasks
from ..models import Letter, Subscription
from ..operations import sending
from .factories import anew, make_issue, send, subscriber

SECONDS = 300  # A busy machine takes its time to start a worker.
WORKER = ("procrastinate", "worker", "--concurrency", "1")


def mails() -> list[OutgoingMail]:
    with within_platform():
        return list(OutgoingMail.objects.filter(subject="Summer").order_by("pk"))


@pytest.mark.django_db
def test_each_subscriber_gets_one_mail_with_one_press_to_leave(organisation, lead, shelf):
    for name in ("ida", "jo"):
        subscriber(organisation, f"{name}@example.org")
    with within(organisation):
        Subscription.objects.create(organisation=organisation, email="unsure@example.org", asked_at=timezone.now())
    issue = send(make_issue(organisation, actor=lead), actor=lead)
    assert [(one.recipient, one.subject) for one in mails()] == [
        ("ida@example.org", "Summer"),
        ("jo@example.org", "Summer"),
    ]
    text = mails()[0].text
    assert ["News 1" in text, "Dear all" in text, f"{queries.offering.archive(organisation)}1/" in text] == [True] * 3
    assert mails()[0].leave_url in text
    with within(organisation):
        assert sending.write_letters(issue=issue) == 0
    assert len(mails()) == 2


@pytest.mark.django_db
def test_a_batch_is_written_at_a_time_and_whoever_leaves_meanwhile_gets_none(organisation, lead, shelf):
    people = [subscriber(organisation, f"{name}@example.org") for name in ("ida", "jo", "kim")]
    issue = send(make_issue(organisation, actor=lead), actor=lead, write=False)
    with within(organisation):
        assert sending.write_letters(issue=issue, most=1) == 1
        from ..operations.subscribing import leave

        leave(subscription=people[1])
        assert sending.write_letters(issue=issue, most=5) == 1
        assert sending.write_letters(issue=issue, most=5) == 0
        told = queries.progress_of(anew(issue))
    assert (told.letters, told.waiting, told.left, anew(issue).state) == (3, 2, 1, "sent")
    assert [one.recipient for one in mails()] == ["ida@example.org", "kim@example.org"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("status", "stays"),
    [
        ("5.1.1", False),
        ("5.2.1", False),
        ("5.1.10", False),
        ("5.0.0", False),
        ("5.2.2", True),
        ("5.7.1", True),
        ("4.4.7", True),
    ],
)
def test_mail_that_comes_back_for_good_ends_the_subscription(organisation, lead, shelf, status, stays):
    subscriber(organisation)
    issue = send(make_issue(organisation, actor=lead), actor=lead)
    with within_platform():
        mail = OutgoingMail.objects.get(subject="Summer")
    assert note_report(Report(key=mail.bounce_key, action=FAILED, status=status), timezone.now())
    with within(organisation):
        assert Subscription.objects.exists() == stays
        assert queries.progress_of(issue).came_back == 1
        assert Letter.objects.get().came_back_at is not None
        assert [one.returned for one in queries.issues_listed()] == [1]


@pytest.mark.django_db(transaction=True)
def test_a_real_mail_server_sees_the_headers_of_one_press(organisation, lead, shelf, settings):
    room = Mailroom()
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    subscriber(organisation)
    send(make_issue(organisation, actor=lead), actor=lead)
    (mail,) = mails()
    with mail_server(room) as port:
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
        post.deliver_mail(mail_id=mail.pk)
    (got,) = room.received
    assert got["List-Unsubscribe"].strip() == f"<{mail.leave_url}>"
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert {part.get_content_type() for part in got.walk()} == {"multipart/alternative", "text/plain", "text/html"}
    with within_platform():
        kept = OutgoingMail.objects.get(pk=mail.pk)
    assert (kept.text, kept.html, kept.leave_url) == ("", "", "")


class StallingRoom(Mailroom):
    """Stops once, before it takes the third mail, until it is let go on."""

    def __init__(self) -> None:
        super().__init__()
        self.is_there, self.may_go_on = threading.Event(), threading.Event()

    async def handle_RCPT(self, *words: Any) -> str:
        import asyncio

        if len(self.received) == 2 and not self.is_there.is_set():
            self.is_there.set()
            await asyncio.to_thread(self.may_go_on.wait, SECONDS)
        return await super().handle_RCPT(*words)


def run_once(environment: dict[str, str]) -> None:
    subprocess.run(command(*WORKER, "--one-shot"), env=environment, check=True, timeout=SECONDS)


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_in_the_middle_sends_nobody_twice(organisation, lead, shelf, told, beside, settings):
    people = [f"reader{number}@example.org" for number in range(5)]
    for email in people:
        subscriber(organisation, email)
    beside.execute("delete from procrastinate_jobs")
    issue = send(make_issue(organisation, actor=lead), actor=lead, write=False)
    room = StallingRoom()
    with mail_server(room) as port:
        environment = told(DESAGA_MAIL_HOST="127.0.0.1", DESAGA_MAIL_PORT=str(port))
        with subprocess.Popen(command(*WORKER), env=environment) as process:
            assert room.is_there.wait(SECONDS)
            process.kill()
        room.may_go_on.set()
        deadline = time.monotonic() + SECONDS
        held = "select exists (select from pg_locks where locktype = 'advisory' and database = (select oid from pg_database where datname = current_database()))"
        while beside.execute(held).fetchone()[0]:
            assert time.monotonic() < deadline
            time.sleep(0.05)
        beside.execute("update procrastinate_workers set last_heartbeat = now() - interval '1 minute'")
        with suppress(AlreadyEnqueued):
            post_tasks.bring_back_mail.defer(timestamp=0)
            tasks.bring_back.defer(timestamp=0)
        run_once(environment)
        run_once(environment)
    got = sorted(message["To"] for message in room.received if message["Subject"] == "Summer")
    assert got == people
    with within(organisation):
        progress = queries.progress_of(issue)
    assert (progress.sent, progress.waiting, anew(issue).state) == (5, 0, "sent")


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_was_killed_while_writing_is_followed_by_another(organisation, lead, shelf, told, beside):
    """Its job is still "being done" by somebody who gives no sign of life; two of three mails are written."""
    people = [f"reader{number}@example.org" for number in range(3)]
    for email in people:
        subscriber(organisation, email)
    issue = send(make_issue(organisation, actor=lead), actor=lead, write=False)
    with within(organisation):
        sending.write_letters(issue=issue, most=2)
    beside.execute("update procrastinate_jobs set status = 'doing' where task_name = %s", [queries.WRITE])
    tasks.bring_back.defer(timestamp=0)
    room = Mailroom()
    with mail_server(room) as port:
        environment = told(DESAGA_MAIL_HOST="127.0.0.1", DESAGA_MAIL_PORT=str(port))
        run_once(environment)
        run_once(environment)
    assert sorted(message["To"] for message in room.received if message["Subject"] == "Summer") == people
    assert anew(issue).state == "sent"
