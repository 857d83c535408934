"""Handing a mail to the mail server, in two steps, so that what happened can be written down between them.

`announce` says whom the mail is from and for, and may be refused; `hand_over` sends what the mail says. Neither knows
of the database. SMTP: RFC 5321, https://www.rfc-editor.org/rfc/rfc5321
"""

from __future__ import annotations

import re
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend
from django.core.mail.message import sanitize_address

from .addresses import return_address
from .models import OutgoingMail

#: What a server may take its time over once it has the whole mail (RFC 5321, 4.5.3.2.6): giving up earlier makes doubt.
SECONDS_FOR_THE_LAST_ANSWER = 600
STATUS = re.compile(rb"([245]\.\d{1,3}\.\d{1,3})(?!\S)")
# A policy, or a sign-in that is lacking: it says that we may not, not that there is nobody.
NOT_ABOUT_THE_RECIPIENT = ("5.7.",)
NO_SIGN_IN = 530


class ServerRefused(Exception):
    """The server answered no, so it has not taken the mail. Says the answer's numbers only: its words may name people."""

    def __init__(self, code: int, words: bytes) -> None:
        found = STATUS.match(words)
        self.code = code
        self.status = found.group(1).decode() if found else f"{str(code)[0]}.0.0"
        super().__init__(f"{code} {self.status}")


class RecipientRefused(ServerRefused):
    """The server will never take mail for this recipient: as good as a report that the mail came back."""


class NoAnswer(Exception):
    """The server got the whole mail and did not say whether it took it."""


class Door(Protocol):
    """One conversation with whatever takes our mail."""

    def announce(self, message: EmailMultiAlternatives) -> None: ...

    def hand_over(self, message: EmailMultiAlternatives) -> None: ...


class SmtpDoor:
    """A conversation in SMTP."""

    def __init__(self, server: smtplib.SMTP) -> None:
        self.server = server

    def announce(self, message: EmailMultiAlternatives) -> None:
        """Raises `ServerRefused`, or `RecipientRefused` where there is no use in trying again."""
        self.server.ehlo_or_helo_if_needed()
        code, words = self.server.mail(sanitize_address(message.from_email, "utf-8"))
        if code != 250:
            raise ServerRefused(code, words)
        code, words = self.server.rcpt(sanitize_address(message.to[0], "utf-8"))
        if code not in (250, 251):
            raise refusal_of_recipient(code, words)

    def hand_over(self, message: EmailMultiAlternatives) -> None:
        """Raises `ServerRefused` or one of smtplib's errors where the server has not taken it, else `NoAnswer`.

        The line that ends the mail is sent by itself: a server that has not seen it must not take the mail.
        """
        code, words = self.server.docmd("DATA")
        if code != 354:
            raise ServerRefused(code, words)
        self.server.send(dotted(message.message().as_bytes(linesep="\r\n")))
        code, words = self.last_answer()
        if 400 <= code <= 599:
            raise ServerRefused(code, words)
        if not 200 <= code <= 299:
            raise NoAnswer

    def last_answer(self) -> tuple[int, bytes]:
        assert self.server.sock is not None, "It has just been spoken to."
        patience = self.server.sock.gettimeout()
        self.server.sock.settimeout(SECONDS_FOR_THE_LAST_ANSWER)
        try:
            answer = self.server.docmd(".")
        except (smtplib.SMTPException, OSError) as error:
            raise NoAnswer from error
        if self.server.sock is not None:
            self.server.sock.settimeout(patience)
        return answer


class BackendDoor:
    """Django's other ways, such as files: they take a mail in one step."""

    def __init__(self, backend: Any) -> None:
        self.backend = backend

    def announce(self, message: EmailMultiAlternatives) -> None:
        """Nothing is asked before."""

    def hand_over(self, message: EmailMultiAlternatives) -> None:
        self.backend.send_messages([message])


@contextmanager
def opened_door() -> Iterator[Door]:
    """A conversation with the mail server of the settings. Raises `OSError` or smtplib's errors where there is none."""
    backend = get_connection(settings.MAIL_DELIVERY_BACKEND)
    try:
        backend.open()
        yield SmtpDoor(backend.connection) if isinstance(backend, EmailBackend) else BackendDoor(backend)
    finally:
        # A farewell that fails changes nothing of what was said before it.
        with suppress(smtplib.SMTPException, OSError):
            backend.close()


def message_of(mail: OutgoingMail) -> EmailMultiAlternatives:
    """A mail as it is sent: with the same Message-ID at every try, from the return address that it has for itself."""
    headers = {
        "From": mail.sender,
        "Message-ID": mail.message_id,
        # For programs that answer mail by themselves: nobody reads this mailbox (RFC 3834, 5).
        "Auto-Submitted": "auto-generated",
    }
    if mail.leave_url:
        # https://www.rfc-editor.org/rfc/rfc8058: the mail server signs both headers, the program posts without a cookie.
        headers |= {"List-Unsubscribe": f"<{mail.leave_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    envelope_sender = return_address(mail.bounce_key) or mail.sender
    message = EmailMultiAlternatives(mail.subject, mail.text, envelope_sender, [mail.recipient], headers=headers)
    message.reply_to = [mail.reply_to] if mail.reply_to else []
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def refusal_of_recipient(code: int, words: bytes) -> ServerRefused:
    """What a refusal at RCPT means: for good where it is the recipient that the server does not know."""
    refusal = RecipientRefused(code, words)
    is_for_good = 500 <= code <= 599 and code != NO_SIGN_IN and not refusal.status.startswith(NOT_ABOUT_THE_RECIPIENT)
    return refusal if is_for_good else ServerRefused(code, words)


def dotted(content: bytes) -> bytes:
    """Whole lines, none of which could be taken for the end (RFC 5321, 4.5.2)."""
    whole = content if content.endswith(b"\r\n") else content + b"\r\n"
    return re.sub(rb"(?m)^\.", b"..", whole)
