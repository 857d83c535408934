"""What a reader does with what they read: scores with reasons, abstains, or steps back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..conflicting import NONE
from ..models import Application, Assignment, Interest, Score
from ..scoring import LONGEST_REASON, Sheet, mark_of, read_sheet
from ..states import ApplicationState, RoundState
from .assigning import in_the_way
from .conflicts import NoSuchKind, declare, label_in
from .gate import note_event


class NotYours(Refused):
    """This is not yours to read now."""


class IsDecided(Refused):
    """The panel has decided on this; scores stay as they are."""


class SheetNotComplete(Refused):
    """Each criterion needs a score, and a reason for it."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__(" ".join(sheet.troubles.values()))
        self.sheet = sheet


class SayWhyAbstain(Refused):
    """Say why you give no score: the chair reads that."""


def _held(actor: Any, assignment: Assignment) -> Assignment:
    """The reading, locked, where it is the actor's and nothing stands in the way. Raises `NotYours`, `IsDecided`."""
    held = locked(assignment)
    application, member = held.application, held.member
    pair = (application.pk, member.person_id)
    is_theirs = actor.person_id is not None and member.person_id == actor.person_id
    if not is_theirs or held.ended_at or held.recused_at or not member.is_in_term:
        raise NotYours
    declared = Interest.objects.filter(Interest.declared(), application=application, person=member.person_id)
    if in_the_way({pair}) or not declared.exists():
        raise NotYours
    if application.state != ApplicationState.ELIGIBLE or (
        application.round and application.round.state not in (RoundState.PLANNED, RoundState.SITTING)
    ):
        raise IsDecided
    return held


@transaction.atomic
def save_draft(*, actor: Any, assignment: Assignment, typed: Mapping[str, Any]) -> Assignment:
    """Keep what was typed so far, complete or not; nobody else reads it. Raises `NotYours`, `IsDecided`."""
    held = _held(actor, assignment)
    held.draft = _kept(held, typed)
    held.save(update_fields=["draft"])
    return held


def _kept(held: Assignment, typed: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Only what the scheme asks, and no more of it than may be sent, by far."""
    most = 2 * LONGEST_REASON
    return {
        one.key: {name: str(typed.get(one.key, {}).get(name, ""))[:most] for name in ("value", "reason")}
        for one in held.application.definition.criteria
    }


@transaction.atomic
def send_scores(
    *, actor: Any, assignment: Assignment, typed: Mapping[str, Any], now: datetime | None = None
) -> Assignment:
    """Send a sheet; who sends another thinks again, and both are kept. Raises `SheetNotComplete`, `NotYours`, `IsDecided`."""
    now = now or timezone.now()
    held = _held(actor, assignment)
    criteria = held.application.definition.criteria
    sheet = read_sheet(criteria, typed)
    if sheet.troubles:
        raise SheetNotComplete(sheet)
    if held.sent_at is not None and (sheet.values, sheet.reasons) == last_sheet(held):
        return held
    held.sheet += 1
    Score.objects.bulk_create(
        Score(
            organisation_id=held.organisation_id, assignment=held, sheet=held.sheet, criterion=one.key, value=sheet.values[one.key],
            reason=sheet.reasons[one.key], at=now,
        )
        for one in criteria
    )  # fmt: skip
    held.mark, held.sent_at, held.draft = mark_of(criteria, sheet.values), now, {}
    held.abstained_at, held.abstained_because = None, ""
    held.save(update_fields=["sheet", "mark", "sent_at", "draft", "abstained_at", "abstained_because"])
    kind = "scored" if held.sheet == 1 else "scored_again"
    note_event(held.application, kind, actor=actor, now=now, for_applicant=False)
    audit.record(actor=actor, verb="scored", thing=held, note=f"sheet {held.sheet}", now=now)
    return held


def last_sheet(held: Assignment) -> tuple[dict[str, int], dict[str, str]]:
    """The values and reasons that count now."""
    rows = list(Score.objects.filter(assignment=held, sheet=held.sheet))
    return {one.criterion: one.value for one in rows}, {one.criterion: one.reason for one in rows}


@transaction.atomic
def abstain(*, actor: Any, assignment: Assignment, because: str, now: datetime | None = None) -> Assignment:
    """Read it and give no score: it leaves the mean, and they go on reading. Raises `SayWhyAbstain`, `NotYours`, `IsDecided`."""
    now = now or timezone.now()
    held = _held(actor, assignment)
    if not because.strip():
        raise SayWhyAbstain
    held.abstained_at, held.abstained_because, held.mark, held.sent_at = now, because.strip(), None, None
    held.save(update_fields=["abstained_at", "abstained_because", "mark", "sent_at"])
    note_event(held.application, "abstained", actor=actor, now=now, words=because.strip(), for_applicant=False)
    audit.record(actor=actor, verb="abstained from", thing=held, now=now)
    return held


@transaction.atomic
def step_back(*, actor: Any, application: Application, kind: str, words: str, now: datetime | None = None) -> None:
    """Take back that nothing stands in the way, and say what does: a reader's reading ends, and whoever leads or hears it without one sees nothing of it either. It is minuted. Raises `NoSuchKind`, `SayMore`."""
    now = now or timezone.now()
    mine = Assignment.objects.filter(Assignment.in_force(), application=application, member__person=actor.person_id)
    if reading := mine.first():
        recuse(actor=actor, assignment=reading, kind=kind, words=words, now=now)
        return
    if kind == NONE:
        raise NoSuchKind
    interest = declare(actor=actor, application=application, kind=kind, words=words, now=now)
    told = f"{interest.person}: {label_in(application, kind)}"
    note_event(application, "recused", actor=actor, now=now, words=told, for_applicant=False)
    audit.record(actor=actor, verb="stepped back from", thing=interest, now=now)


@transaction.atomic
def recuse(*, actor: Any, assignment: Assignment, kind: str, words: str, now: datetime | None = None) -> Assignment:
    """Step back for a conflict: from now on they see nothing of it, their scores leave the mean, and it is minuted. Raises `NotYours`, `NoSuchKind`, `SayMore`."""
    now = now or timezone.now()
    held = locked(assignment)
    if held.member.person_id != actor.person_id or actor.person_id is None or held.ended_at or held.recused_at:
        raise NotYours
    if kind == NONE:
        raise NoSuchKind
    label = label_in(held.application, kind)
    declare(actor=actor, application=held.application, kind=kind, words=words, now=now)
    held.recused_at = held.ended_at = now
    held.mark, held.sent_at, held.draft = None, None, {}
    held.save(update_fields=["recused_at", "ended_at", "mark", "sent_at", "draft"])
    told = f"{held.member}: {label}"
    note_event(held.application, "recused", actor=actor, now=now, words=told, for_applicant=False)
    audit.record(actor=actor, verb="stepped back from", thing=held, now=now)
    return held
