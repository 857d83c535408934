"""The one place where a mail's state changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from .. import signals
from ..models import OutgoingMail
from ..states import MAY_FOLLOW, SETTLED, MailState

ANNOUNCED = {
    MailState.BOUNCED: signals.mail_bounced,
    MailState.GIVEN_UP: signals.mail_given_up,
    MailState.DOUBTFUL: signals.mail_doubtful,
}


class CannotFollow(Exception):
    """A mail cannot come into this state from the one that it is in."""


def move(mail: OutgoingMail, to: MailState, *, now: datetime, status: str = "") -> None:
    """Write that a locked mail is now in this state, wipe what it said where that is settled, and announce it.

    Call inside the transaction that holds the row. Raises `CannotFollow`.
    """
    if mail.state not in MAY_FOLLOW[to]:
        raise CannotFollow(f"{mail.state} → {to}")
    for name, value in written_for(to, now, status).items():
        setattr(mail, name, value)
    if to in SETTLED and not settings.KEEP_SENT_MAIL:
        mail.text = mail.html = mail.leave_url = ""
    mail.save()
    announce(mail, to, now)


def written_for(to: MailState, now: datetime, status: str) -> dict[str, Any]:
    """What the columns become. Of what is sent, came back or is in doubt, it stays known when it was handed over."""
    match to:
        case MailState.WAITING:
            return {"handing_over_at": None, "doubtful_at": None}
        case MailState.HANDING_OVER:
            return {"handing_over_at": now}
        case MailState.SENT:
            return {"sent_at": now, "doubtful_at": None}
        case MailState.GIVEN_UP:
            return {"failed_at": now, "handing_over_at": None}
        case MailState.BOUNCED:
            return {"bounced_at": now, "bounce_status": status, "doubtful_at": None}
        case MailState.DOUBTFUL:
            return {"doubtful_at": now}


def announce(mail: OutgoingMail, to: MailState, now: datetime) -> None:
    if signal := ANNOUNCED.get(to):
        told = {"status": mail.bounce_status} if to == MailState.BOUNCED else {}
        signal.send(OutgoingMail, mail_id=mail.pk, organisation_id=mail.organisation_id, at=now, **told)
