"""Which action came from which. All answer within the current scope."""

from __future__ import annotations

from django.db.models import QuerySet

from ..models import Action, Lineage, Plan, RefusedPredecessor
from .actions import narrowed
from .finding import found

#: Nobody keeps more plans in a row than this.
MOST_PLANS = 50
#: As many as one can look through; more words find fewer.
MOST_FOUND = 30


def comes_from(action: Action, other: Action) -> bool:
    """Whether an action came, by whatever way, from the other."""
    layer = {action.pk}
    seen: set[int] = set()
    for _ in range(MOST_PLANS):
        if other.pk in layer:
            return True
        seen |= layer
        layer = set(Lineage.objects.filter(later__in=layer).values_list("earlier_id", flat=True)) - seen
        if not layer:
            return False
    return False


def link(action: Action, pk: int) -> Lineage:
    """A link from an action to what it went on as, or 404."""
    return found(Lineage.objects.filter(earlier=action).select_related("earlier", "later", "later__plan"), pk=pk)


def links_between(earlier: Plan, later: Plan) -> QuerySet[Lineage]:
    rows = Lineage.objects.filter(earlier_plan=earlier, later_plan=later)
    return rows.select_related("by__person").order_by("pk")


def refused_between(earlier: Plan, later: Plan) -> set[tuple[int, int]]:
    rows = RefusedPredecessor.objects.filter(earlier__plan=earlier, later__plan=later)
    return set(rows.values_list("earlier_id", "later_id"))


def plans_to_compare(plan: Plan) -> QuerySet[Plan]:
    """The other plans of the same standing, the latest first: the institution's, or the same unit's."""
    return (
        Plan.objects.filter(unit=plan.unit_id)
        .exclude(pk=plan.pk)
        .only("title", "starts", "ends", "state", "organisation")
        .order_by("-starts", "title", "pk")
    )


def actions_to_become(action: Action, words: str = "") -> list[Action]:
    """Actions of other plans of the same standing that hold all the words and that an action may have gone on as, the latest plan's first."""
    others = Action.objects.filter(plan__unit=action.plan.unit_id).exclude(plan=action.plan_id)
    rows = narrowed(others.exclude(predecessors__earlier=action), {"q": words})
    shown = rows.select_related("plan").only("code", "title", "plan__title", "plan__starts")
    return list(shown.order_by("-plan__starts", "plan_id", "order")[:MOST_FOUND])
