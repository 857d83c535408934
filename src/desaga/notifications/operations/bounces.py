"""Taking what comes back."""

from __future__ import annotations

import logging
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from desaga.tenancy.context import within_platform

from ..models import OutgoingMail
from ..reports import FAILED, Report, read_report
from ..states import MAY_FOLLOW, MailState
from .gate import move

LARGEST_BOUNCE = 1024 * 1024
logger = logging.getLogger(__name__)


def take_bounce(content: bytes, recipient: str | None = None, *, now: datetime | None = None) -> bool:
    """Take a message that came to a return address; answers whether it newly says that a mail came back.

    `recipient` is the envelope's, where it is known. Whatever is no report about a mail of ours, cannot be read, or is
    larger than a megabyte is left alone, quietly. The same report twice is one. Delays and deliveries are logged only.
    """
    if len(content) > LARGEST_BOUNCE:
        logger.info("a message to a return address was larger than a megabyte")
        return False
    report = read_report(content, recipient)
    return report is not None and note_report(report, now or timezone.now())


@transaction.atomic
def note_report(report: Report, now: datetime) -> bool:
    with within_platform():
        mail = OutgoingMail.objects.select_for_update(of=("self",)).filter(bounce_key=report.key).first()
        if mail is None:
            return False
        logger.info("mail %s: reported as %s %s", mail.pk, report.action, report.status)
        if report.action != FAILED or mail.state not in MAY_FOLLOW[MailState.BOUNCED]:
            return False
        move(mail, MailState.BOUNCED, now=now, status=report.status)
        return True
