"""Mails to test with, and mail servers on this machine that take them or do not."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP
from django.core.mail import EmailMessage
from django.utils import timezone

from desaga.tenancy.context import within_platform

from .. import operations
from ..models import OutgoingMail

LINK = "https://desaga.example/secret-of-a-link"
RECIPIENT = "ida@example.org"
SENDER = "Desaga <desaga@localhost>"


def queued(organisation: Any = None, **fields: Any) -> OutgoingMail:
    """A mail that waits."""
    message = EmailMessage("A subject", f"Open {LINK}", SENDER, [], **fields)
    return operations.queue_mail(message=message, recipient=RECIPIENT, organisation=organisation)


def make_doubtful_mail(organisation: Any = None) -> OutgoingMail:
    """A mail that was being handed over when its worker died."""
    return left_in_doubt(queued(organisation))


def left_in_doubt(mail: OutgoingMail) -> OutgoingMail:
    ago = timezone.now() - timedelta(minutes=3)
    with within_platform():
        OutgoingMail.objects.filter(pk=mail.pk).update(handing_over_at=ago, doubtful_at=ago)
    return as_kept(mail)


def as_kept(mail: OutgoingMail) -> OutgoingMail:
    """The mail as the ledger has it now."""
    with within_platform():
        return OutgoingMail.objects.get(pk=mail.pk)


class Mailroom:
    """Keeps what arrives, with the envelope's sender; answers what it is told to answer."""

    def __init__(self) -> None:
        self.received: list[Any] = []
        self.senders: list[str] = []
        self.conversations = 0
        self.to_recipient = self.to_content = "250 2.0.0 OK"
        self.hangs_up = ""

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        self.conversations += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.to_recipient.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.to_recipient

    async def handle_DATA(self, server, session, envelope):
        self.received.append(message_from_bytes(envelope.content, policy=policy.default))
        self.senders.append(envelope.mail_from)
        if self.hangs_up == "after the content":
            server.transport.abort()
        return self.to_content


class Conversation(SMTP):
    """Hangs up before it takes the content, where the room says so."""

    async def smtp_DATA(self, arg: str) -> None:
        if getattr(self.event_handler, "hangs_up", "") == "before the content":
            self.transport.abort()
            return
        await super().smtp_DATA(arg)


class Post(Controller):
    def factory(self) -> SMTP:
        return Conversation(self.handler, **self.SMTP_kwargs)


def unused_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def mail_server(room: Any) -> Iterator[int]:
    """A real mail server in a thread of its own, and its port."""
    controller = Post(room, hostname="127.0.0.1", port=unused_port())
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()
