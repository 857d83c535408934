"""What a plan has handed over to business as usual, and what of that is due to be looked at again."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import DateField, F, Max, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest, TruncDate

from ..models import Action, ActionOwner, Plan, UsualCheck
from ..rechecking import a_year_before


def actions_as_usual(plan: Plan) -> QuerySet[Action]:
    """A plan's business as usual with its owners, what was moved last first; of what nobody said since when, at the end.

    `looked_at` is since when it is known to be so: when it became so, was last confirmed, or else came into Desaga.
    """
    rows = _with_owners(usual_looked_at().filter(plan=plan)).select_related("theme")
    return rows.order_by(F("usual_since").desc(nulls_last=True), "order").defer(
        "how", "success", "comments", "source_rows"
    )


def usual_due(today: date) -> QuerySet[Action]:
    """Business as usual of all plans that is due to be looked at again, what waits longest first; of closed plans too."""
    rows = _with_owners(usual_looked_at().filter(looked_at__lte=a_year_before(today))).select_related("plan", "theme")
    return rows.order_by("looked_at", "plan_id", "order").defer("how", "success", "comments", "source_rows")


def usual_looked_at() -> QuerySet[Any]:
    """Business as usual with `looked_at`. What was confirmed before it last became so counts no more, being earlier than that."""
    checks = UsualCheck.objects.filter(action=OuterRef("pk")).order_by().values("action").annotate(last=Max("on"))
    since = Coalesce(F("usual_since"), TruncDate("plan__started_at"), output_field=DateField())
    looked_at = Greatest(since, Subquery(checks.values("last")), output_field=DateField())
    return Action.objects.filter(business_as_usual=True).annotate(looked_at=looked_at)


def checks_of_usual(action: Action) -> QuerySet[UsualCheck]:
    """How often it was looked at, the latest first."""
    return UsualCheck.objects.filter(action=action).select_related("by__person")


def _with_owners(rows: QuerySet[Any]) -> QuerySet[Any]:
    owners = Prefetch("owners", queryset=ActionOwner.objects.select_related("party").order_by("order"))
    return rows.prefetch_related(owners)
