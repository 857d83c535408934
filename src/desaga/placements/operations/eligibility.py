"""Whether a scheme can fund what came in, before the panel sees it: found by staff, with reasons as data and in words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.organisations.refusals import Refused

from ..models import Application, EligibilityCheck
from .conflicts import note_conflicts, note_staff_conflicts, readers_of
from .gate import move, note_event
from .standing import refuse_conflict


class OwnApplication(Refused):
    """Nobody decides on their own application. Ask somebody else who runs the scheme."""


class SayWhy(Refused):
    """Say why the scheme cannot fund it: the applicant reads that."""


@transaction.atomic
def find_eligible(*, actor: Any, application: Application, words: str = "", now: datetime | None = None) -> Application:
    """It can be funded and goes to the panel; `words` are for those who run the scheme. Raises `NotNow`, `OwnApplication`, `NotYoursToDecide`."""
    now = now or timezone.now()
    refuse_partial(actor, application, now)
    held = move(application, "find_eligible", actor=actor, now=now)
    _keep_check(held, actor, now, is_eligible=True, words=words)
    if words:
        note_event(held, "note", actor=actor, now=now, words=words, for_applicant=False)
    note_conflicts(actor=actor, applications=[held], people=readers_of(held.scheme), now=now)
    return held


@transaction.atomic
def find_ineligible(
    *, actor: Any, application: Application, reasons: Sequence[str], words: str = "", now: datetime | None = None
) -> Application:
    """The scheme cannot fund it. The applicant reads the words of the reasons, and `words`. Raises `SayWhy`, `NotNow`, `OwnApplication`, `NotYoursToDecide`."""
    now = now or timezone.now()
    refuse_partial(actor, application, now)
    known = {one.key: one for one in application.definition.ineligible_reasons}
    chosen = [known[key] for key in reasons if key in known]
    told = "\n\n".join([one.words for one in chosen] + ([words.strip()] if words.strip() else []))
    if not told or known and not chosen:
        raise SayWhy
    held = move(application, "find_ineligible", actor=actor, now=now, words=told)
    _keep_check(held, actor, now, is_eligible=False, reasons=[one.key for one in chosen], words=words)
    return held


@transaction.atomic
def look_again(*, actor: Any, application: Application, words: str = "", now: datetime | None = None) -> Application:
    """What was found is taken back: it is looked at anew, and the panel no longer sees it. Raises `NotNow`, `OwnApplication`, `NotYoursToDecide`."""
    now = now or timezone.now()
    refuse_partial(actor, application, now)
    return move(application, "look_again", actor=actor, now=now, words=words)


def refuse_partial(actor: Any, application: Application, now: datetime) -> None:
    """Raises `OwnApplication`, and `NotYoursToDecide` for who has a conflict that nobody waived: also who came to run the scheme after it was received."""
    refuse_own(actor, application)
    note_staff_conflicts(application=application, also=actor.person_id, now=now)
    refuse_conflict(application, actor)


def refuse_own(actor: Any, application: Application) -> None:
    """Raises `OwnApplication`."""
    is_person = actor.person_id is not None and actor.person_id == application.applicant_id
    if is_person or actor.email.lower() == application.email.lower():
        raise OwnApplication


def _keep_check(
    held: Application, actor: Any, now: datetime, *, is_eligible: bool, words: str, reasons: Sequence[str] = ()
) -> None:
    EligibilityCheck.objects.create(
        organisation_id=held.organisation_id,
        application=held,
        at=now,
        by=actor,
        is_eligible=is_eligible,
        reasons=list(reasons),
        words=words,
    )
