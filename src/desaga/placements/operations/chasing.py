"""What Desaga sends by itself about awards on a morning: twice on a day is once. Each award is held while it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone

from desaga.organisations.operations.rows import locked

from ..awarding import Letter, ReportState
from ..models import Attendance, Award, AwardLetter, PlacementReport, Signature
from ..queries.awards import agreement_waiting
from ..states import ApplicationState
from .agreements import send_link
from .attending import ask_days
from .awards import lapse_award
from .outcomes import ask_outcomes
from .posting import has_gone, post

#: An offer is called to mind so many days before it lapses.
ACCEPT_SOON = timedelta(days=3)
#: Whoever has not signed is reminded so many days after each mail, so often.
SIGN_AFTER, SIGN_TIMES = timedelta(days=5), 3
DAYS_AFTER, DAYS_TIMES = timedelta(days=7), 2
#: The report is called to mind a week before it is due, and after it, so many times.
REPORT_SOON = timedelta(days=7)
REPORT_AGAIN, REPORT_TIMES = timedelta(days=7), 3


@transaction.atomic
def follow_award(*, award: Award, today: date | None = None, now: datetime | None = None) -> int:
    """Whatever is due for one award on a day; answers how many mails."""
    now = now or timezone.now()
    today = today or timezone.localdate(now)
    held = locked(award)
    steps = STEPS.get(ApplicationState(held.application.state), ())
    return sum(step(held, today, now) for step in steps)


def _offer(award: Award, today: date, now: datetime) -> int:
    if award.accept_by < today:
        return int(lapse_award(award=award, now=now))
    if today < award.accept_by - ACCEPT_SOON or has_gone(award, Letter.ACCEPT_SOON):
        return 0
    # Whoever was offered it a moment ago needs no reminder.
    if timezone.localdate(award.offered_at) >= today - timedelta(days=1):
        return 0
    post(award, Letter.ACCEPT_SOON, now=now)
    return 1


def _signatures(award: Award, today: date, now: datetime) -> int:
    agreement = agreement_waiting(award)
    if agreement is None:
        return 0
    missing = Signature.objects.filter(agreement=agreement, signed_at=None)
    return sum(_remind_to_sign(award, one, today, now) for one in missing)


def _remind_to_sign(award: Award, signature: Signature, today: date, now: datetime) -> int:
    if not _is_time(award, (Letter.SIGN, Letter.SIGN_REMINDER), str(signature.pk), SIGN_AFTER, SIGN_TIMES, today):
        return 0
    send_link(award, signature, Letter.SIGN_REMINDER, now=now)
    return 1


def _days(award: Award, today: date, now: datetime) -> int:
    if award.ends_on is None or today <= award.ends_on or Attendance.objects.filter(award=award).exists():
        return 0
    if not has_gone(award, Letter.DAYS):
        return int(ask_days(award, now=now) is not None)
    if not _is_time(award, (Letter.DAYS, Letter.DAYS_REMINDER), "", DAYS_AFTER, DAYS_TIMES, today):
        return 0
    return int(ask_days(award, now=now, kind=Letter.DAYS_REMINDER) is not None)


def _report(award: Award, today: date, now: datetime) -> int:
    report = PlacementReport.objects.filter(award=award).first()
    if report is None or report.due_on is None or report.state not in (ReportState.WRITTEN, ReportState.RETURNED):
        return 0
    if today > report.due_on:
        last = _last(award, (Letter.REPORT_LATE,), "")
        times = AwardLetter.objects.filter(award=award, kind=Letter.REPORT_LATE).count()
        if times >= REPORT_TIMES or last and today < last + REPORT_AGAIN:
            return 0
        post(award, Letter.REPORT_LATE, now=now)
        return 1
    over = award.ends_on is not None and today > award.ends_on
    if not over or today < report.due_on - REPORT_SOON or has_gone(award, Letter.REPORT_DUE):
        return 0
    post(award, Letter.REPORT_DUE, now=now)
    return 1


def _outcomes(award: Award, today: date, now: datetime) -> int:
    return ask_outcomes(award=award, today=today, now=now)


def _is_time(award: Award, kinds: tuple[Letter, ...], about: str, after: timedelta, times: int, today: date) -> bool:
    """Whether one more may go: so long after the last, and so often at most. A mail that came back is followed by none until somebody mends the address."""
    gone = list(AwardLetter.objects.filter(award=award, kind__in=kinds, about=about).order_by("at"))
    if not gone or len(gone) > times or gone[-1].lost_at:
        return False
    return timezone.localdate(gone[-1].at) + after <= today


def _last(award: Award, kinds: tuple[Letter, ...], about: str) -> date | None:
    last = AwardLetter.objects.filter(award=award, kind__in=kinds, about=about).order_by("-at").first()
    return timezone.localdate(last.at) if last else None


Step = Callable[[Award, date, datetime], int]
#: What is looked at, by where the application is. A placement that goes on may have a change to sign.
STEPS: dict[ApplicationState, tuple[Step, ...]] = {
    ApplicationState.OFFERED: (_offer,),
    ApplicationState.ACCEPTED: (_signatures,),
    ApplicationState.AGREED: (_signatures, _days, _report),
    ApplicationState.REPORTED: (_signatures, _days, _outcomes),
    ApplicationState.CLOSED: (_days, _outcomes),
}
