"""What waits for a person in this slice."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from desaga.ui.waiting import Waiting

from . import queries
from .states import ReviewState

#: So long before it meets, a review wants preparing.
AHEAD = timedelta(days=30)
MINUTES_TO_PREPARE, MINUTES_TO_READ, MINUTES_FOR_A_TASK = 10, 20, 15


def reviews_to_hold(user: Any, organisation: Any) -> Iterator[Waiting]:
    """The next reviews, for whoever runs them: to be prepared, then to be held."""
    today = timezone.localdate()
    for review in queries.next_reviews(today):
        if review.meets_on > today + AHEAD or not user.has_perm("reviews.run_review", review.plan):
            continue
        is_ready = review.state == ReviewState.READY
        yield Waiting(
            verb="Hold" if is_ready and review.meets_on <= today else "Prepare",
            thing=f"the {str(review)[0].lower()}{str(review)[1:]}, {review.plan.title}",
            url=review.get_absolute_url(),
            minutes=MINUTES_TO_READ if is_ready else MINUTES_TO_PREPARE,
            since=review.planned_at,
            due_on=review.meets_on,
        )


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
