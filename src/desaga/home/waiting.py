"""What waits for a person in slices that do not say so themselves."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone

from desaga.plans.queries import documents_waiting_for_review
from desaga.plans.queries.usual import usual_due
from desaga.plans.rechecking import a_year_after
from desaga.ui.waiting import Source, Waiting

from .queries import actions_carried_by

MINUTES_TO_REVIEW = 15
MINUTES_TO_UPDATE = 2
MINUTES_TO_LOOK = 1
MOST_COUNTED = 100


def documents_to_review(user: Any, organisation: Any) -> Iterator[Waiting]:
    """Documents that were read, for whoever brings plans in."""
    if not user.has_perm("plans.bring_in", organisation):
        return
    for document in documents_waiting_for_review():
        yield Waiting(
            verb="Look through",
            thing=f"what was read from {document.name}",
            url=reverse("plans:review_import", args=[organisation.slug, document.pk]),
            minutes=MINUTES_TO_REVIEW,
            since=document.handed_in_at,
        )


def actions_due(user: Any, organisation: Any) -> Iterator[Waiting]:
    """Actions of plans at work that the person carries, by name or in a group or for a unit, and that end soon or have ended."""
    if not user.person_id:
        return
    for action in actions_carried_by(user.person_id):
        yield Waiting(
            verb="See to",
            thing=f"“{action.short_title}”",
            url=reverse("plans:show_action", args=[organisation.slug, action.plan_id, action.pk]),
            minutes=MINUTES_TO_UPDATE,
            since=action.plan.started_at,
            due_on=action.last_day,
        )


def usual_to_look_at(user: Any, organisation: Any) -> Iterator[Waiting]:
    """Business as usual that nobody has looked at for a year, in one line, for whoever runs the programme."""
    if not user.has_perm("plans.edit_plan", organisation):
        return
    due = list(usual_due(timezone.localdate()).values_list("looked_at", flat=True)[:MOST_COUNTED])
    if due:
        number = f"{len(due)}{' or more' if len(due) == MOST_COUNTED else ''}"
        yield Waiting(
            verb="Look again",
            thing=f"whether {number} action{'' if len(due) == 1 else 's'} of business as usual still {'is' if len(due) == 1 else 'are'}",
            url=reverse("plans:list_usual_due", args=[organisation.slug]),
            minutes=MINUTES_TO_LOOK * min(len(due), 10),
            since=timezone.make_aware(datetime.combine(a_year_after(due[0]), time())),
            due_on=a_year_after(due[0]),
        )


SOURCES: tuple[Source, ...] = (documents_to_review, actions_due, usual_to_look_at)
