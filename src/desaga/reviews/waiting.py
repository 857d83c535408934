"""What waits for a person in this slice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone

from desaga.plans.origins import ids_held
from desaga.ui.waiting import Waiting

from . import queries
from .models import Review
from .states import ReviewState

MINUTES_TO_PLAN = 2
MINUTES_TO_PREPARE, MINUTES_TO_READ, MINUTES_FOR_A_TASK = 10, 20, 15


def reviews_to_hold(user: Any, organisation: Any) -> Iterator[Waiting]:
    """The next review of each plan, for whoever runs it: to be prepared, then to be held; else that none is planned."""
    today, seen = timezone.localdate(), set()
    for review in queries.next_reviews(today):
        if review.plan_id in seen or not user.has_perm("reviews.run_review", review.plan):
            continue
        seen.add(review.plan_id)
        is_ready = review.state == ReviewState.READY
        yield Waiting(
            verb="Hold" if is_ready and review.meets_on <= today else "Prepare",
            thing=_called(review),
            url=review.get_absolute_url(),
            minutes=MINUTES_TO_READ if is_ready else MINUTES_TO_PREPARE,
            since=review.planned_at,
            due_on=review.meets_on,
        )
    held = ids_held(organisation)
    for plan in queries.plans_without_review():
        if plan.pk not in held and user.has_perm("reviews.run_review", plan):
            yield Waiting(
                verb="Plan",
                thing=f"the next review of {plan.title}",
                url=reverse("reviews:plan_review", args=[organisation.slug, plan.pk]),
                minutes=MINUTES_TO_PLAN,
                since=plan.started_at,
            )


def packs_to_read(user: Any, organisation: Any) -> Iterator[Waiting]:
    """Packs that are there, for those who sit in the review's group: until they commented, or the meeting is held."""
    if not (user.person_id and user.has_perm("reviews.comment", organisation)):
        return
    for review in queries.packs_to_comment_on(user):
        yield Waiting(
            verb="Read and comment on",
            thing=_called(review),
            url=review.get_absolute_url(),
            minutes=MINUTES_TO_READ,
            since=review.frozen_at,  # type: ignore[attr-defined]
            due_on=review.comments_by or review.meets_on,
        )


def _called(review: Review) -> str:
    return f"the {str(review)[0].lower()}{str(review)[1:]}, {review.plan.title}"


def tasks_to_do(user: Any, organisation: Any) -> Iterator[Waiting]:
    """What meetings gave this person to do."""
    for task in queries.tasks_for(user.person_id):
        yield Waiting(
            verb="Do",
            thing=f"{task.text[:120]}, {task.review.plan.title}",
            url=reverse("reviews:finish_task", args=[organisation.slug, task.pk]),
            minutes=MINUTES_FOR_A_TASK,
            since=task.written_at or timezone.make_aware(datetime.combine(task.review.meets_on, time.min)),
            due_on=task.due_on,
        )
