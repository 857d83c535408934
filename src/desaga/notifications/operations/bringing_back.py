"""Bringing back what a worker that died had in its hands. The queue itself leaves such jobs as they are."""

from __future__ import annotations

import logging

from django.db import connection, transaction
from django.utils import timezone
from procrastinate.exceptions import ConnectorException

from desaga.tenancy.context import within_platform

from ..queries import mail_without_job, stalled_deliveries
from .delivering import LOCKS
from .queueing import jobs, queue_delivery

#: The lock of who brings back; those of mails have the same first half in another kind of lock.
ONE_AT_A_TIME = LOCKS
logger = logging.getLogger(__name__)


@transaction.atomic
def bring_back_mail() -> int:
    """Queue anew the deliveries whose worker is gone, and the mails that nobody is about to deliver; answers how many.

    Harmless at any time and as often as one likes: what becomes of a mail is decided by `deliver_mail`, one worker at a
    time. Of two that ask at once, one does nothing.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
        if not cursor.fetchone()[0]:
            return 0
    brought_back = sum(queued_anew(job_id) for job_id in stalled_deliveries())
    with within_platform():
        lost = mail_without_job()
    for mail_id in lost:
        queue_delivery(mail_id)
    if brought_back or lost:
        logger.warning("%s deliveries brought back, %s mails queued anew", brought_back, len(lost))
    return brought_back + len(lost)


def queued_anew(job_id: int) -> bool:
    """Put a job back into the queue; False where its worker was only slow."""
    try:
        with transaction.atomic():
            jobs().retry_job_by_id(job_id, retry_at=timezone.now())
    except ConnectorException:
        # Its worker was only slow, and has finished it meanwhile.
        return False
    return True
