"""Reviews to test with, made through the operations."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from desaga.plans.models import Plan
from desaga.tenancy.context import within

from ..models import Review
from ..operations import meeting, reviews


def make_review(plan: Plan, *, actor: Any = None, **fields: Any) -> Review:
    """A review of a plan, planned for today."""
    told = {"meets_on": timezone.localdate(), "group": None, "place": "", "comments_by": None, "words": "", **fields}
    with within(plan.organisation, user=actor):
        return reviews.plan_review(actor=actor, plan=plan, **told)


def frozen_review(plan: Plan, *, actor: Any = None, now: datetime | None = None, **fields: Any) -> Review:
    """One whose plan is frozen."""
    review = make_review(plan, actor=actor, **fields)
    with within(plan.organisation, user=actor):
        reviews.freeze(actor=actor, review=review, now=now)
        review.refresh_from_db()
    return review


def held_review(plan: Plan, *, actor: Any = None, on: date, **fields: Any) -> Review:
    """One that was held on a day, its plan frozen that morning."""
    now = timezone.make_aware(datetime(on.year, on.month, on.day, 9))
    review = frozen_review(plan, actor=actor, now=now, meets_on=on, **fields)
    with within(plan.organisation, user=actor):
        return reviews.hold(actor=actor, review=review, present="Ann Reed", apologies="", next_on=None, now=now)


def furnished_review(plan: Plan, *, actor: Any) -> Review:
    """One with a comment, a decision and a task of the plan's first action."""
    review = frozen_review(plan, actor=actor)
    with within(plan.organisation, user=actor):
        action = plan.actions.first()
        meeting.comment(actor=actor, review=review, action=action, text="Is it enough?", wants_decision=True)
        meeting.decide(actor=actor, review=review, action=action, outcome="agreed", text="It is enough.")
        meeting.give_task(actor=actor, review=review, action=action, text="Tell them.", who="The officer")
    return review
