"""What a person says of a mail of which nobody can know whether it was taken."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import within_platform

from ..models import OutgoingMail
from ..states import MailState
from .gate import move
from .queueing import queue_delivery

FOUND_TAKEN, SENT_AGAIN = "found delivered", "sent again"


class NotInDoubt(Refused):
    """This mail is not in doubt any more: somebody else said what became of it, or it came back."""


@transaction.atomic
def settle_doubtful(
    *, actor: Any, mail_id: int, was_taken: bool, organisation: Any, now: datetime | None = None
) -> OutgoingMail:
    """Say what became of a mail in doubt: it was taken, so it counts as sent; or it was not, and goes again as it was.

    Call in the scope of the organisation in whose name the mail goes; None is the platform, of which no audit is kept.
    Raises `NotInDoubt`, also where the mail is another's.
    """
    now = now or timezone.now()
    with within_platform():
        mail = (
            OutgoingMail.objects.select_for_update(of=("self",)).filter(pk=mail_id, organisation=organisation).first()
        )
        if mail is None or mail.state != MailState.DOUBTFUL:
            raise NotInDoubt
        move(mail, MailState.SENT if was_taken else MailState.WAITING, now=now)
    if not was_taken:
        queue_delivery(mail.pk)
    if organisation is not None:
        states = [MailState.DOUBTFUL.label, mail.state.label]
        audit.record(
            actor=actor,
            verb=FOUND_TAKEN if was_taken else SENT_AGAIN,
            thing=mail,
            changes={"state": states},
            organisation=organisation,
            now=now,
        )
    return mail
