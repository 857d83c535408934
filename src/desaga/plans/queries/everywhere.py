"""Several plans at once: the list with units' plans under the institution's, and the actions of all plans that are at work."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce

from ..models import Action, ActionOwner, Plan
from ..states import SETTLED, PlanState
from .actions import as_listed
from .plans import parties_named, plans_listed
from .sorting import by


def plans_grouped(state: str = "") -> QuerySet[Plan]:
    """The organisation's plans as `plans_listed` has them, each institution's plan with its units' plans after it; the latest first.

    Those in one state, if one is given.
    """
    rows = plans_listed().filter(state=state) if state else plans_listed()
    rows = rows.select_related("unit").annotate(
        above_starts=Coalesce("under__starts", "starts"),
        above_title=Coalesce("under__title", "title"),
        above=Coalesce("under_id", "pk"),
    )
    return rows.order_by(
        "-above_starts", "above_title", "above", F("under").asc(nulls_first=True), "unit__name", "title", "pk"
    )


def actions_at_work() -> QuerySet[Action]:
    """The actions of all active plans as a table shows them, without business as usual."""
    return as_listed(Action.objects.filter(plan__state=PlanState.ACTIVE, business_as_usual=False))


def in_order_of_plans(actions: QuerySet[Action], sort: str) -> QuerySet[Action]:
    """Actions plan by plan, in the order of `plans_grouped`; within each what is due first, what is settled last, or by `sort`."""
    rows = actions.annotate(
        above_starts=Coalesce("plan__under__starts", "plan__starts"),
        above_title=Coalesce("plan__under__title", "plan__title"),
        above=Coalesce("plan__under", "plan"),
        is_done=Q(status__in=SETTLED),
    )
    within: tuple[Any, ...] = (by(sort),) if sort else ("is_done", F("last_day").asc(nulls_last=True))
    by_plan = ("-above_starts", "above_title", "above", F("plan__under").asc(nulls_first=True), "plan__unit__name")
    return rows.order_by(*by_plan, "plan__title", "plan", *within, "order")


def parties_at_work() -> list[tuple[str, str]]:
    """Who carries something of an active plan, as `parties_of` has it."""
    return parties_named(ActionOwner.objects.filter(plan__state=PlanState.ACTIVE))
