"""Handing mails to the mail server: nothing is lost, and nothing sent twice (docs/adr/0020-mail-ledger.md)."""

from __future__ import annotations

import logging
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime

from django.db import Error, connection, transaction
from django.utils import timezone

from desaga.tenancy.context import within_platform

from ..delivery import Door, NoAnswer, RecipientRefused, ServerRefused, message_of, opened_door
from ..models import OutgoingMail
from ..states import MAY_FOLLOW, MailState
from .gate import move

#: The first half of our advisory locks: "mail" in ASCII.
LOCKS = 0x6D61696C
#: The second half is an integer of 31 bits. Two mails that share one only wait for each other.
LARGEST_LOCK = 2**31
logger = logging.getLogger(__name__)


class MailNotDelivered(Exception):
    """The mail server did not take a mail. Says what kind of fault it was, never whom the mail was for."""


def deliver_mail(*, mail_id: int, is_last_try: bool = False, now: datetime | None = None) -> None:
    """Hand a mail to the mail server, once, and wipe what it said.

    Raises `MailNotDelivered` where the server does not take it; after the last try it is marked as given up instead, and
    at once as come back where the server knows no such recipient. Where a former try ended in the middle, or this one
    gets no answer, it is marked as in doubt and not sent again. What another worker has in its hands is left to it.
    Commits in steps, so it refuses to run inside a transaction.
    """
    with held_alone(mail_id) as is_held:
        mail = mail_to_hand_over(mail_id, now) if is_held else None
        if mail is not None:
            try_once(mail, is_last_try, now)


@contextmanager
def held_alone(mail_id: int) -> Iterator[bool]:
    """Whether this session is the only one with the mail in its hands, until the end of the block.

    A lock of the row would end with the first commit. One of the session lasts over commits, and ends with the session:
    PostgreSQL lets go of it by itself when the worker is killed.
    """
    lock = [LOCKS, mail_id % LARGEST_LOCK]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", lock)
        (is_held,) = cursor.fetchone()
    try:
        yield is_held
    finally:
        # Where the session is gone, its lock is gone too; what ended it is raised already.
        with suppress(Error), connection.cursor() as cursor:
            if is_held:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", lock)


def mail_to_hand_over(mail_id: int, now: datetime | None) -> OutgoingMail | None:
    """The mail, if it waits. One that was being handed over when its worker died is in doubt from now on."""
    with transaction.atomic(durable=True), within_platform():
        mail = OutgoingMail.objects.select_for_update(of=("self",)).filter(pk=mail_id).first()
        if mail is not None and mail.state == MailState.HANDING_OVER:
            logger.warning("mail %s is in doubt: its worker ended in the middle", mail_id)
            move(mail, MailState.DOUBTFUL, now=now or timezone.now())
        return mail if mail is not None and mail.state == MailState.WAITING else None


def try_once(mail: OutgoingMail, is_last_try: bool, now: datetime | None) -> None:
    try:
        with opened_door() as door:
            hand_over(mail, door, now)
    except NoAnswer:
        logger.warning("mail %s is in doubt: the server did not answer", mail.pk)
        note(mail, MailState.DOUBTFUL, now)
    except RecipientRefused as refusal:
        logger.info("mail %s came back at once: %s", mail.pk, refusal)
        note(mail, MailState.BOUNCED, now, status=refusal.status)
    except (ServerRefused, smtplib.SMTPException, OSError) as fault:
        if not is_last_try:
            note(mail, MailState.WAITING, now)
            # The fault's own words may name the recipient, and a job's errors are logged.
            raise MailNotDelivered(kind_of(fault)) from None
        logger.warning("mail %s given up after %s", mail.pk, kind_of(fault))
        note(mail, MailState.GIVEN_UP, now)


def hand_over(mail: OutgoingMail, door: Door, now: datetime | None) -> None:
    """Nothing that the server answers after it took the mail may count: that it left is written before anything else."""
    message = message_of(mail)
    door.announce(message)
    note(mail, MailState.HANDING_OVER, now)
    if mail.state == MailState.HANDING_OVER:
        door.hand_over(message)
        note(mail, MailState.SENT, now)


def note(mail: OutgoingMail, to: MailState, now: datetime | None, *, status: str = "") -> None:
    """Write down, in a transaction of its own, what became of the mail that we have in our hands.

    Something else may have been written since: a report that it came back, or what an officer said. That stays.
    """
    with transaction.atomic(durable=True), within_platform():
        held = OutgoingMail.objects.select_for_update(of=("self",)).get(pk=mail.pk)
        if held.handing_over_at == mail.handing_over_at and held.state in MAY_FOLLOW[to]:
            move(held, to, now=now or timezone.now(), status=status)
    mail.handing_over_at, mail.bounced_at = held.handing_over_at, held.bounced_at


def kind_of(fault: Exception) -> str:
    """A fault without its words: the kind, or the numbers of the server's answer."""
    return str(fault) if isinstance(fault, ServerRefused) else type(fault).__name__
