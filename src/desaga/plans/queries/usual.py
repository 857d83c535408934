"""What a plan has handed over to business as usual."""

from __future__ import annotations

from django.db.models import F, Prefetch, QuerySet

from ..models import Action, ActionOwner, Plan


def actions_as_usual(plan: Plan) -> QuerySet[Action]:
    """A plan's business as usual with its owners, what was moved last first; of what nobody said since when, at the end."""
    owners = Prefetch("owners", queryset=ActionOwner.objects.select_related("party").order_by("order"))
    rows = Action.objects.filter(plan=plan, business_as_usual=True).select_related("theme").prefetch_related(owners)
    return rows.order_by(F("usual_since").desc(nulls_last=True), "order").defer(
        "how", "success", "comments", "source_rows"
    )
