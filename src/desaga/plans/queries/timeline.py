"""A plan's actions along time: what is drawn, in which order, and what waits for what."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from ..models import Action, ActionOwner, Dependency, Milestone, Plan


def actions_in_time(plan: Plan) -> QuerySet[Action]:
    """A plan's actions with their stages, dependencies and owners, by theme, business as usual last."""
    parts = [
        Prefetch("milestones", queryset=Milestone.objects.order_by("order")),
        Prefetch("dependencies", queryset=Dependency.objects.select_related("on").order_by("order")),
        Prefetch("owners", queryset=ActionOwner.objects.order_by("order")),
    ]
    rows = Action.objects.filter(plan=plan).select_related("theme").prefetch_related(*parts)
    return rows.order_by("business_as_usual", "theme__order", "order").defer(
        "how", "success", "comments", "source_rows"
    )


def times_of(plan: Plan) -> QuerySet[Action]:
    """When each action of a plan is, and no more: for what is told of the whole plan on each of its pages."""
    told = ("starts", "ends", "last_day", "continuous", "status", "business_as_usual")
    return Action.objects.filter(plan=plan).only(*told)


def links_of(plan: Plan) -> QuerySet[Dependency]:
    """What waits for which action in a plan, in its order."""
    rows = Dependency.objects.filter(plan=plan, on__isnull=False).select_related("action", "on")
    long = [f"{of}__{name}" for of in ("action", "on") for name in ("how", "success", "comments", "source_rows")]
    return rows.order_by("action__order", "order").defer(*long)
