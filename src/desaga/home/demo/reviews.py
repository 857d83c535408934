"""The demo's reviews: one that was held a quarter ago, and the next, whose pack is ready."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from desaga.accounts.models import User
from desaga.organisations.models import Group, Organisation
from desaga.plans.models import Action, Plan
from desaga.reviews.models import Review
from desaga.reviews.operations import meeting, reviews
from desaga.reviews.states import ReviewState
from desaga.tenancy.context import within

from .world import email_of, world


def load_first_reviews() -> None:
    """Hold each plan's first review, before anything else is said of its actions: so the next has something to compare."""
    for told, organisation, actor in _told():
        with within(organisation, user=actor):
            plan = Plan.objects.get(title=told["plan"])
            if not Review.objects.filter(plan=plan).exists():
                _hold_first(actor, plan, told)


def load_next_reviews() -> None:
    """Freeze the plan for the next review, and let somebody ask for a decision."""
    for told, organisation, actor in _told():
        with within(organisation, user=actor):
            review = Review.objects.filter(plan__title=told["plan"], state=ReviewState.PLANNED).first()
            if review is None:
                continue
            reviews.freeze(actor=actor, review=review)
            for code, text in told["wanted"].items():
                action = Action.objects.get(plan=review.plan, code=code)
                meeting.comment(actor=actor, review=review, action=action, text=text, wants_decision=True)


def _told() -> list[tuple[Mapping[str, Any], Organisation, User]]:
    return [
        (
            told,
            Organisation.objects.get(slug=told["organisation"]),
            User.objects.get(email=email_of(told["organisation"], told["by"])),
        )
        for told in world()["reviews"]
    ]


def _hold_first(actor: User, plan: Plan, told: Mapping[str, Any]) -> None:
    now = timezone.now() - timedelta(days=told["days_ago"])
    group = Group.objects.get(code=told["group"])
    review = reviews.plan_review(
        actor=actor,
        plan=plan,
        meets_on=timezone.localdate(now),
        group=group,
        place=told["place"],
        comments_by=None,
        words="",
    )
    reviews.freeze(actor=actor, review=review, now=now)
    for code, text in told["decided"].items():
        action = Action.objects.get(plan=plan, code=code)
        meeting.decide(actor=actor, review=review, action=action, outcome="agreed", text=text, now=now)
    for code, (text, who) in told["tasks"].items():
        action, due_on = Action.objects.get(plan=plan, code=code), timezone.localdate() + timedelta(days=5)
        meeting.give_task(actor=actor, review=review, action=action, text=text, who=who, due_on=due_on, now=now)
    reviews.hold(
        actor=actor,
        review=review,
        present="\n".join(told["present"]),
        apologies="",
        next_on=timezone.localdate() + timedelta(days=told["next_in"]),
        now=now,
    )
