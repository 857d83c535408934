"""What is said before a meeting, decided in it, and left to do after it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.models import Person
from desaga.organisations.operations.rows import add_row, change_row, locked
from desaga.organisations.refusals import Refused
from desaga.plans.models import Action

from ..models import Comment, Decision, Discussed, Review, Task
from ..states import ReviewState
from .reviews import NotNow, ReviewIsOver


class NotYours(Refused):
    """Only who wrote a comment takes it back."""


class MinutesNotOpen(Refused):
    """Freeze the plan for this review first; then decisions can be written down."""


@transaction.atomic
def comment(
    *, actor: Any, review: Review, action: Action | None, text: str, wants_decision: bool, now: datetime | None = None
) -> Comment:
    """Say something before the meeting. Raises `ReviewIsOver`."""
    if not locked(review).is_going:
        raise ReviewIsOver
    fields: dict[str, Any] = {"text": text, "wants_decision": wants_decision, "said_at": now or timezone.now()}
    return add_row(
        Comment, actor=actor, organisation=review.organisation, review=review, action=action, by=actor, **fields
    )


@transaction.atomic
def withdraw_comment(*, actor: Any, comment: Comment, now: datetime | None = None) -> Comment:
    """Take one's own comment back while the review is going on. Raises `NotYours`, `ReviewIsOver`."""
    if comment.by_id != actor.pk:
        raise NotYours
    if not locked(comment.review).is_going:
        raise ReviewIsOver
    return change_row(comment, actor=actor, verb="took back", fields={"withdrawn_at": now or timezone.now()})


@transaction.atomic
def decide(
    *, actor: Any, review: Review, action: Action | None, outcome: str, text: str, now: datetime | None = None
) -> Decision:
    """Write a decision down; the action has been discussed. Raises `MinutesNotOpen`."""
    review = _open_minutes(review)
    fields: dict[str, Any] = {"outcome": outcome, "text": text, "written_at": now or timezone.now()}
    made = add_row(
        Decision,
        actor=actor,
        organisation=review.organisation,
        review=review,
        action=action,
        written_by=actor,
        **fields,
    )
    _note_discussed(review, action)
    return made


@transaction.atomic
def give_task(
    *,
    actor: Any,
    review: Review,
    action: Action | None,
    text: str,
    who: str,
    person: Person | None = None,
    due_on: date | None = None,
    now: datetime | None = None,
) -> Task:
    """Write down who is to do what. Raises `MinutesNotOpen`."""
    review = _open_minutes(review)
    fields: dict[str, Any] = {"text": text, "who": who or str(person or ""), "person": person, "due_on": due_on}
    made = add_row(
        Task,
        actor=actor,
        organisation=review.organisation,
        review=review,
        action=action,
        written_at=now or timezone.now(),
        **fields,
    )
    _note_discussed(review, action)
    return made


@transaction.atomic
def mark_discussed(*, actor: Any, review: Review, action: Action) -> None:
    """Write down that the meeting went through an action, whether or not anything was decided. Raises `MinutesNotOpen`."""
    _note_discussed(_open_minutes(review), action)


@transaction.atomic
def strike(*, actor: Any, entry: Decision | Task) -> None:
    """Take a decision or a task out of minutes that are still open; the audit keeps it. Raises `MinutesNotOpen`."""
    _open_minutes(entry.review)
    audit.record(actor=actor, verb="struck out", thing=entry, note=entry.text)
    entry.delete()


@transaction.atomic
def finish_task(*, actor: Any, task: Task, note: str = "", now: datetime | None = None) -> Task:
    """Say that a task is done, and what came of it. Raises `NotNow` where it is done already."""
    if locked(task).done_at:
        raise NotNow
    return change_row(task, actor=actor, verb="did", fields={"done_at": now or timezone.now(), "done_note": note})


@transaction.atomic
def reopen_task(*, actor: Any, task: Task) -> Task:
    """Take that back."""
    return change_row(task, actor=actor, verb="took back that it did", fields={"done_at": None, "done_note": ""})


def _open_minutes(review: Review) -> Review:
    held = locked(review)
    if held.state != ReviewState.READY:
        raise MinutesNotOpen
    return held


def _note_discussed(review: Review, action: Action | None) -> None:
    if action is not None:
        Discussed.objects.get_or_create(
            review=review, action=action, defaults={"organisation_id": review.organisation_id}
        )
