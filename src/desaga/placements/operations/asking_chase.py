"""Reminding those who have not answered, and ending what nobody answered: by the worker, on working days."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from desaga.organisations.operations.rows import locked

from ..approving import WAITING, AskingState, last_call_on
from ..models import Asking, AskingKey
from ..queries.applications import round_hearing
from ..states import ApplicationState
from .asking_mails import WroteEnough, WroteOften, post, refuse_too_many, tell_applicant
from .standing_deputies import end_if_lost
from .stepping import step


@transaction.atomic
def chase(*, asking: Asking, now: datetime | None = None) -> bool:
    """What is due for one asking on this day, if anything: the next reminder, or its end. Twice on a day is once."""
    now = now or timezone.now()
    application = locked(asking.application)
    held = locked(asking)
    held.application = application
    if application.state != ApplicationState.WITH_APPROVERS or held.state not in WAITING:
        return False
    if held.expires_at and held.expires_at <= now:
        tell_applicant(step(held, "expire", now=now), "expire")
        return True
    if is_last_call(held, now):
        held = step(held, "remind", now=now, mailed_at=now, warned_at=now)
        post(held, "ask_remind", now=now)
        tell_applicant(held, "cut_off")
        return True
    if not is_reminded(held, now):
        return False
    held = step(held, "remind", now=now, mailed_at=now, reminders=held.reminders + 1)
    post(held, "ask_remind", now=now)
    return True


def is_last_call(asking: Asking, now: datetime) -> bool:
    """Whether the cut-off of the panel that would hear it is near: said once, however often they were reminded."""
    today = timezone.localdate(now)
    hearing = round_hearing(asking.application, today)
    if asking.warned_at or asking.state == AskingState.BOUNCED or hearing is None:
        return False
    written_today = asking.mailed_at is not None and timezone.localdate(asking.mailed_at) == today
    return (
        last_call_on(hearing.cut_off_on) <= today <= hearing.cut_off_on and not written_today and may_write(asking, now)
    )


def is_reminded(asking: Asking, now: datetime) -> bool:
    """Whether a reminder is due: not where a mail came back, and no more than so many."""
    due = asking.reminded_next_on
    return due is not None and timezone.localdate(now) >= due and may_write(asking, now)


def may_write(asking: Asking, now: datetime) -> bool:
    try:
        refuse_too_many(asking, asking.deputy_email if asking.has_deputy else asking.email, now)
    except (WroteEnough, WroteOften):
        return False
    return True


@transaction.atomic
def note_lost_mail(*, link: AskingKey, now: datetime) -> None:
    """A mail came back, or no server took it: the applicant is told, and can put the address right. Twice is once."""
    application = locked(link.asking.application)
    held = locked(link.asking)
    held.application = application
    if link.for_deputy:
        end_if_lost(link.email, of=held.email, now=now)
    if held.state not in (AskingState.ASKED, AskingState.OPENED):
        return
    if not link.for_deputy:
        tell_applicant(step(held, "bounce", now=now, words=link.email), "bounce")
    elif held.deputy_email == link.email:
        lost = {"deputy_name": "", "deputy_email": "", "deputy_until": None}
        tell_applicant(step(held, "lose_deputy", now=now, words=link.email, **lost), "deputy_lost")
