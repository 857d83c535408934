"""A real worker is killed while it hands a mail to a real mail server: nothing is lost, and nothing sent twice."""

from __future__ import annotations

import asyncio
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import pytest
from django.db import connections
from procrastinate.exceptions import AlreadyEnqueued

from desaga.notifications import operations, queries, tasks
from desaga.notifications.states import MailState

from .factories import Mailroom, as_kept, mail_server, queued
from .processes import command

#: At most, on a machine that is busy with other things.
SECONDS = 300  # A busy machine takes its time to start a worker.
WORKER = ("procrastinate", "worker", "--concurrency", "1")


class StallingRoom(Mailroom):
    """A mail server that stops at a step of the conversation, once, until it is let go on."""

    def __init__(self, stops_at: str) -> None:
        super().__init__()
        self.stops_at = stops_at
        self.is_there, self.may_go_on = threading.Event(), threading.Event()

    async def stop(self, step: str) -> None:
        if step == self.stops_at and not self.is_there.is_set():
            self.is_there.set()
            await asyncio.to_thread(self.may_go_on.wait, SECONDS)

    async def handle_RCPT(self, *words: Any) -> str:
        await self.stop("RCPT")
        return await super().handle_RCPT(*words)

    async def handle_DATA(self, *words: Any) -> str:
        answer = await super().handle_DATA(*words)
        await self.stop("DATA")
        return answer


class Scene:
    """A worker, and the mail server that it speaks to. `beside` is a session that may look at everything."""

    def __init__(self, room: StallingRoom, told: dict[str, str], beside: Any) -> None:
        self.room, self.told, self.beside = room, told, beside

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        """A worker that has come to where the server stops; killed at the end, if not before."""
        with subprocess.Popen(command(*WORKER), env=self.told) as process:
            try:
                assert self.room.is_there.wait(SECONDS)
                yield process
            finally:
                process.kill()

    def wait_until(self, question: str) -> None:
        """Ask the database until it says yes."""
        deadline = time.monotonic() + SECONDS
        while not self.beside.execute(question).fetchone()[0]:
            assert time.monotonic() < deadline, f"Never true: {question}"
            time.sleep(0.05)

    def after_a_minute(self) -> None:
        """The dead worker has been silent for long; another does what the clock tells it to, and all that waits."""
        self.wait_until(NOBODY_HOLDS_A_MAIL)
        self.beside.execute("update procrastinate_workers set last_heartbeat = now() - interval '1 minute'")
        with suppress(AlreadyEnqueued):
            tasks.bring_back_mail.defer(timestamp=0)
        subprocess.run(command(*WORKER, "--one-shot"), env=self.told, check=True, timeout=SECONDS)


@pytest.fixture
def scene(beside: Any, told: Any, settings: Any) -> Iterator[Callable[[str], Scene]]:
    """`scene("DATA")`: a server that stops there. This process is told of it too."""
    with ExitStack() as stack:

        def make(stops_at: str) -> Scene:
            room = StallingRoom(stops_at)
            port = stack.enter_context(mail_server(room))
            stack.callback(room.may_go_on.set)
            settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
            settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
            return Scene(room, told(DESAGA_MAIL_HOST="127.0.0.1", DESAGA_MAIL_PORT=str(port)), beside)

        yield make


HERE = "(select oid from pg_database where datname = current_database())"
NOBODY_HOLDS_A_MAIL = f"select not exists (select from pg_locks where locktype = 'advisory' and database = {HERE})"
SOMEBODY_WAITS_FOR_A_ROW = (
    "select exists (select from pg_locks l join pg_stat_activity a using (pid)"
    " where not l.granted and a.datname = current_database() and a.query ilike '%notifications_outgoingmail%')"
)


def kill(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait(SECONDS)


def message_ids(room: Mailroom) -> list[str]:
    return [message["Message-ID"] for message in room.received]


def test_killed_before_the_content_a_mail_is_sent_once(scene):
    mail, scene = queued(), scene("RCPT")
    with scene.worker() as process:
        kill(process)
    assert as_kept(mail).state == MailState.WAITING
    scene.room.may_go_on.set()
    scene.after_a_minute()
    assert (message_ids(scene.room), scene.room.conversations) == ([mail.message_id], 2)
    assert as_kept(mail).state == MailState.SENT


def test_killed_before_the_answer_a_mail_is_in_doubt_and_not_sent_again(scene):
    mail, scene = queued(), scene("DATA")
    with scene.worker() as process:
        kill(process)
    assert as_kept(mail).state == MailState.HANDING_OVER
    scene.room.may_go_on.set()
    scene.after_a_minute()
    assert queries.doubtful_mail(None) == [mail]
    # And whatever asks for it once more.
    operations.deliver_mail(mail_id=mail.pk)
    assert (message_ids(scene.room), scene.room.conversations) == ([mail.message_id], 1)


def test_killed_after_the_answer_a_mail_is_in_doubt_until_somebody_says(scene):
    mail, scene = queued(), scene("DATA")
    # So that the worker gets the server's answer, and cannot write down that it has it.
    with scene.worker() as process, scene.beside.transaction():
        scene.beside.execute("select from notifications_outgoingmail for update")
        scene.room.may_go_on.set()
        scene.wait_until(SOMEBODY_WAITS_FOR_A_ROW)
        kill(process)
    scene.after_a_minute()
    assert (message_ids(scene.room), queries.doubtful_mail(None)) == ([mail.message_id], [mail])
    operations.settle_doubtful(actor=None, mail_id=mail.pk, was_taken=False, organisation=None)
    operations.deliver_mail(mail_id=mail.pk)
    assert message_ids(scene.room) == [mail.message_id] * 2
    assert as_kept(mail).state == MailState.SENT


def delivered_in_a_thread(mail_id: int) -> None:
    try:
        operations.deliver_mail(mail_id=mail_id)
    finally:
        connections.close_all()


def test_two_workers_never_have_one_mail_in_their_hands(scene):
    mail, scene = queued(), scene("DATA")
    with ThreadPoolExecutor(1) as other:
        first = other.submit(delivered_in_a_thread, mail.pk)
        assert scene.room.is_there.wait(SECONDS)
        operations.deliver_mail(mail_id=mail.pk)
        assert as_kept(mail).state == MailState.HANDING_OVER
        scene.room.may_go_on.set()
        first.result(SECONDS)
    assert (as_kept(mail).state, scene.room.conversations) == (MailState.SENT, 1)
