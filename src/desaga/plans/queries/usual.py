"""What a plan has handed over to business as usual, and what of that is due to be looked at again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from django.db.models import DateField, Exists, F, Max, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest, TruncDate

from ..models import Action, ActionOwner, Lineage, Plan, UsualCheck
from ..origins import ids_held
from ..rechecking import a_year_before
from ..states import Fate
from .plans import plans_at_work


def actions_as_usual(plan: Plan) -> QuerySet[Action]:
    """A plan's business as usual with its owners, what was moved last first; of what nobody said since when, at the end.

    `looked_at` is since when it is known to be so: when it became so, was last confirmed, or else came into Desaga.
    """
    rows = _with_owners(usual_looked_at().filter(plan=plan)).select_related("theme")
    return rows.order_by(F("usual_since").desc(nulls_last=True), "order").defer(
        "how", "success", "comments", "source_rows"
    )


def usual_due(today: date) -> QuerySet[Action]:
    """Business as usual of all plans that is due to be looked at again, what waits longest first; of closed plans too.

    What went on as an action of a later plan is looked after there.
    """
    due = usual_looked_at().filter(looked_at__lte=a_year_before(today), went_on=False)
    rows = _with_owners(due).select_related("plan", "theme")
    return rows.order_by("looked_at", "plan_id", "order").defer("how", "success", "comments", "source_rows")


def usual_looked_at() -> QuerySet[Any]:
    """Business as usual with `looked_at`, and whether it `went_on` as an action of a later plan.

    What was confirmed before it last became so counts no more, being earlier than that.
    """
    checks = UsualCheck.objects.filter(action=OuterRef("pk")).order_by().values("action").annotate(last=Max("on"))
    since = Coalesce(F("usual_since"), TruncDate("plan__started_at"), output_field=DateField())
    looked_at = Greatest(since, Subquery(checks.values("last")), output_field=DateField())
    later = Lineage.objects.filter(earlier=OuterRef("pk")).exclude(fate=Fate.RELATED)
    return Action.objects.filter(business_as_usual=True).annotate(looked_at=looked_at, went_on=Exists(later))


def plans_taking_in(closed: Collection[Plan]) -> dict[int, Plan]:
    """For closed plans of one organisation, the plan at work that takes in what needs work again; those without one are left out.

    That is one in which the plan's actions went on, else the newest of the same unit, or of the institution. As many queries however many.
    """
    plans = list(closed)
    if not plans:
        return {}
    held = ids_held(plans[0].organisation)
    at_work = [one for one in plans_at_work() if one.pk not in held]
    links = Lineage.objects.filter(earlier_plan__in=plans, later_plan__in=at_work)
    went = set(links.order_by().values_list("earlier_plan", "later_plan").distinct())
    return {plan.pk: found for plan in plans if (found := _taking_in(plan, at_work, went))}


def _taking_in(plan: Plan, at_work: Collection[Plan], went: Collection[tuple[int, int]]) -> Plan | None:
    successors = [one for one in at_work if (plan.pk, one.pk) in went]
    alike = [one for one in at_work if (one.organisation_id, one.unit_id) == (plan.organisation_id, plan.unit_id)]
    return next(iter([*successors, *alike]), None)


def checks_of_usual(action: Action) -> QuerySet[UsualCheck]:
    """How often it was looked at, the latest first."""
    return UsualCheck.objects.filter(action=action).select_related("by__person")


def _with_owners(rows: QuerySet[Any]) -> QuerySet[Any]:
    owners = Prefetch("owners", queryset=ActionOwner.objects.select_related("party").order_by("order"))
    return rows.prefetch_related(owners)
