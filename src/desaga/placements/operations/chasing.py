"""What Desaga sends by itself about awards on a morning: twice on a day is once. Each award is held while it is looked at."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from desaga.organisations.operations.rows import locked

from ..awarding import Letter, ReportState
from ..models import Attendance, Award, AwardLetter, PlacementReport, SharedSession, Signature
from ..queries.awards import agreement_waiting
from ..states import ApplicationState
from .agreements import send_link
from .attending import LINKS, ask_days
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
SESSION_AFTER, SESSION_UNTIL = timedelta(days=60), timedelta(days=180)
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
    if today < award.accept_by - ACCEPT_SOON or has_gone(award, Letter.ACCEPT_SOON, about=str(award.accept_by)):
        return 0
    # Whoever was offered it a moment ago needs no reminder.
    if timezone.localdate(award.offered_at) >= today - timedelta(days=1):
        return 0
    post(award, Letter.ACCEPT_SOON, now=now, about=str(award.accept_by))
    return 1


def _signatures(award: Award, today: date, now: datetime) -> int:
    agreement = agreement_waiting(award)
    if agreement is None:
        return 0
    missing = Signature.objects.filter(agreement=agreement, signed_at=None)
    return sum(_remind_to_sign(award, one, today, now) for one in missing)


def _remind_to_sign(award: Award, signature: Signature, today: date, now: datetime) -> int:
    asked = AwardLetter.objects.filter(
        award=award, kind__in=(Letter.SIGN, Letter.SIGN_REMINDER), about=str(signature.pk)
    )
    if not _is_time(asked, SIGN_AFTER, SIGN_TIMES, today):
        return 0
    send_link(award, signature, Letter.SIGN_REMINDER, now=now)
    return 1


def _days(award: Award, today: date, now: datetime) -> int:
    if award.ends_on is None or today <= award.ends_on:
        return 0
    known = Attendance.objects.filter(award=award).first()
    if known and timezone.localdate(known.confirmed_at) > award.ends_on:
        return 0
    # What was asked, or answered, while they were still there is asked again at the end.
    asked = AwardLetter.objects.filter(award=award, kind__in=LINKS, at__date__gt=award.ends_on)
    if not asked.exists():
        return int(ask_days(award, now=now) is not None)
    if not _is_time(asked, DAYS_AFTER, DAYS_TIMES, today):
        return 0
    return int(ask_days(award, now=now, kind=Letter.DAYS_REMINDER) is not None)


def _report(award: Award, today: date, now: datetime) -> int:
    report = PlacementReport.objects.filter(award=award).first()
    if report is None or report.due_on is None or report.state not in (ReportState.WRITTEN, ReportState.RETURNED):
        return 0
    if today > report.due_on:
        last = _last(award, (Letter.REPORT_LATE,), "")
        late = AwardLetter.objects.filter(award=award, kind=Letter.REPORT_LATE, at__date__gt=report.due_on)
        times = late.count()
        if times >= REPORT_TIMES or last and today < last + REPORT_AGAIN:
            return 0
        post(award, Letter.REPORT_LATE, now=now)
        return 1
    over = award.ends_on is not None and today > award.ends_on
    if not over or today < report.due_on - REPORT_SOON or has_gone(award, Letter.REPORT_DUE, about=str(report.due_on)):
        return 0
    post(award, Letter.REPORT_DUE, now=now, about=str(report.due_on))
    return 1


def _session(award: Award, today: date, now: datetime) -> int:
    """A session that was promised is called to mind once, while somebody may still remember."""
    if not award.session_promised or award.ends_on is None:
        return 0
    if not award.ends_on + SESSION_AFTER <= today <= award.ends_on + SESSION_UNTIL:
        return 0
    if SharedSession.objects.filter(award=award).exists() or has_gone(award, Letter.SESSION):
        return 0
    post(award, Letter.SESSION, now=now)
    return 1


def _outcomes(award: Award, today: date, now: datetime) -> int:
    return ask_outcomes(award=award, today=today, now=now)


def _is_time(letters: QuerySet[AwardLetter], after: timedelta, times: int, today: date) -> bool:
    """Whether one more may go: so long after the last, and so often at most. A mail that came back is followed by none until somebody mends the address."""
    gone = list(letters.order_by("at"))
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
    ApplicationState.AGREED: (_signatures, _days, _report, _session),
    ApplicationState.REPORTED: (_signatures, _days, _session, _outcomes),
    ApplicationState.CLOSED: (_days, _session, _outcomes),
}
