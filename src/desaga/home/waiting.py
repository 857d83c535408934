"""What waits for a person in slices that do not say so themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from desaga.plans.queries import documents_waiting_for_review
from desaga.ui.waiting import Source, Waiting

from .queries import actions_carried_by

MINUTES_TO_REVIEW = 15
MINUTES_TO_UPDATE = 2


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


SOURCES: tuple[Source, ...] = (documents_to_review, actions_due)
