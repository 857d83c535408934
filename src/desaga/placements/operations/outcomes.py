"""What came of a placement, asked months later by a link."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..awarding import Letter
from ..dating import due_after
from ..defining import Follow
from ..models import Award, AwardLetter, Outcome
from ..states import ApplicationState
from .agreements import LinkIsOver
from .gate import note_event
from .outcome_files import with_files
from .posting import has_gone, post
from .reports import ReportNotComplete, kept_of, looked

LINKS = (Letter.OUTCOME, Letter.OUTCOME_REMINDER)
#: So many days after the first mail comes the one reminder.
REMIND_AFTER = 14
#: Whoever went is asked, whether or not their report is read yet.
ASKED_IN = (ApplicationState.REPORTED, ApplicationState.CLOSED)


class NotAsked(Refused):
    """Nothing is asked yet."""


def follow_of(award: Award, key: str) -> Follow | None:
    """What is asked under a key, by the version that the application went by."""
    return next((one for one in award.application.definition.outcomes if one.key == key), None)


@transaction.atomic
def ask_outcomes(*, award: Award, today: date, now: datetime | None = None) -> int:
    """Ask what is due to be asked, and remind once; twice on a day is once. Answers how many mails."""
    now = now or timezone.now()
    held = locked(award)
    if held.application.state not in ASKED_IN:
        return 0
    return sum(_ask(held, follow, today, now) for follow in held.application.definition.outcomes)


def _ask(award: Award, follow: Follow, today: date, now: datetime) -> int:
    due = due_after(follow, award.ends_on)
    if due is None or today < due:
        return 0
    told = {"about": follow.key, "note": follow.title, "questions": _number(len(follow.questions))}
    outcome, is_new = Outcome.objects.get_or_create(
        award=award, key=follow.key, defaults={"organisation_id": award.organisation_id, "asked_at": now}
    )
    if is_new:
        post(award, Letter.OUTCOME, now=now, **told)
        return 1
    waited = (today - timezone.localdate(outcome.asked_at)).days
    if outcome.answered_at or waited < REMIND_AFTER or has_gone(award, Letter.OUTCOME_REMINDER, about=follow.key):
        return 0
    post(award, Letter.OUTCOME_REMINDER, now=now, **told)
    return 1


@transaction.atomic
def send_own_again(*, award: Award, key: str, now: datetime | None = None) -> None:
    """The technician wants the questions once more. Raises `NotAsked`."""
    held = locked(award)
    if not Outcome.objects.filter(award=held, key=key).exists():
        raise NotAsked
    ask_again(award=held, key=key, now=now or timezone.now())


def ask_again(*, award: Award, key: str, now: datetime) -> None:
    """Send the questions once more. Call inside a transaction."""
    if follow := follow_of(award, key):
        post(award, Letter.OUTCOME, now=now, about=key, note=follow.title, questions=_number(len(follow.questions)))


def _number(questions: int) -> str:
    return "one question" if questions == 1 else f"{questions} questions"


@transaction.atomic
def answer_outcome(
    *, link: AwardLetter, answers: Mapping[str, Any], actor: Any = None, now: datetime | None = None
) -> Outcome:
    """Keep what was answered; answered again, it is put right. Raises `LinkIsOver`, `ReportNotComplete`, `TooMuch`."""
    now = now or timezone.now()
    award = locked(link.award)
    letter = locked(link)
    follow = follow_of(award, letter.about)
    if letter.ended_at or letter.kind not in LINKS or follow is None:
        raise LinkIsOver
    kept = with_files(award, follow, kept_of(follow, answers))
    if looked(follow, award.application.definition, kept)[1]:
        raise ReportNotComplete
    outcome = Outcome.objects.select_for_update(of=("self",)).get(award=award, key=follow.key)
    outcome.answers, outcome.answered_at = kept, now
    outcome.save(update_fields=["answers", "answered_at"])
    note_event(award.application, "outcome_told", actor=actor, now=now, words=follow.title)
    return outcome
