"""Plans as a program reads them: the organisation's own, and those that others opened to it.

A plan's rows are read in the name of its owner (`opened`): the scoped managers answer for that organisation, and row-level
security lets through only what was granted or published to whoever asks.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django_scopes import scope

from desaga.organisations.models import Grant

from ..models import Action, ActionOwner, Plan
from ..publishing import FILTERED_BY, PARTS, parts_open, public_owner
from ..states import Basis
from .actions import actions_whole, answering, narrowed
from .finding import found

#: Where the public's words are looked for, each with the part that must be public; "" is always.
PUBLIC_TEXTS = {"code": "", "title": "", "how": "how", "success": "success", "theme__title": "themes"}


def plans_open_to(organisation: Any, *, of: str | None = None, state: str | None = None) -> QuerySet[Plan]:
    """An organisation's own plans, or those of another (`of`, its slug) that are open to it; with counts, the latest first."""
    plans = Plan.visible.filter(organisation__slug=of) if of else Plan.objects.filter(organisation=organisation)
    if state:
        plans = plans.filter(state=state)
    return counted(plans, organisation).order_by("-starts", "title", "pk")


def plan_open_to(organisation: Any, pk: int) -> Plan:
    """One plan, own or opened, or 404."""
    return found(counted(Plan.visible.all(), organisation), pk=pk)


def counted(plans: QuerySet[Plan], organisation: Any) -> QuerySet[Plan]:
    """Plans with how many actions each has, when one last changed, and whether everything of it is open (`is_open_wholly`).

    An organisation reads everything of its own plans and of granted ones; a published plan it reads as the public does.
    """
    actions = Action.visible.filter(plan=OuterRef("pk")).order_by().values("plan")
    held = Grant.objects.filter(
        Grant.holds_for(organisation, None),
        Q(object_id=None) | Q(object_id=OuterRef("pk")),
        kind=Plan.grant_kind(),
        owner_organisation=OuterRef("organisation"),
    )
    return plans.select_related("organisation").annotate(
        action_count=Coalesce(Subquery(actions.annotate(n=Count("pk")).values("n")), 0),
        actions_changed_at=Subquery(actions.annotate(at=Max("changed_at")).values("at")),
        is_open_wholly=Q(organisation=organisation) | Exists(held),
    )


@contextmanager
def opened(plan: Plan) -> Iterator[None]:
    """Read a plan's rows in its owner's name; the database still answers for whoever asks."""
    with scope(organisation=plan.organisation):
        yield


def actions_open(plan: Plan, wanted: Mapping[str, Any], *, wholly: bool) -> QuerySet[Action]:
    """A plan's actions with their parts, narrowed by status, party, principle, due, q and changed_since, in the plan's order.

    Where a plan is not open wholly, words are looked for only in what is answered, and only parties that are no person.
    """
    with opened(plan):
        actions = actions_whole(plan)
        actions = narrowed(actions, wanted) if wholly else narrowed_for_public(actions, wanted, parts_open(plan))
        if since := wanted.get("changed_since"):
            actions = actions.filter(changed_at__gte=since)
        return actions.order_by("order", "pk")


def narrowed_for_public(
    actions: QuerySet[Action], wanted: Mapping[str, Any], parts: Collection[str] = tuple(PARTS)
) -> QuerySet[Action]:
    """As `narrowed`, but words are looked for only in what the public may read, no parties that are a person, no suggestions.

    A filter by what is not among `parts` is not heeded: it would tell what is left out.
    """
    heeded = {name: value for name, value in wanted.items() if set(FILTERED_BY.get(name, ())) <= set(parts)}
    actions = narrowed(
        actions, {name: value for name, value in heeded.items() if name not in ("party", "q", "principle")}
    )
    if principle := heeded.get("principle"):
        answers = answering(principle).exclude(basis=Basis.SUGGESTED)
        actions = actions.filter(pk__in=answers.values("action"))
    if party := heeded.get("party"):
        actions = actions.filter(pk__in=_carried_for_public(actions, party))
    for word in (heeded.get("q") or "").split():
        condition = Q()
        for name, part in PUBLIC_TEXTS.items():
            condition |= Q(**{f"{name}__icontains": word}) if not part or part in parts else Q()
        actions = actions.filter(condition)
    return actions


def _carried_for_public(actions: QuerySet[Action], party: str) -> list[int]:
    """The ids of those actions that the public reads a party of, by its code or name as the public reads it."""
    owners = ActionOwner.objects.filter(action__in=actions.order_by().values("pk")).select_related("party")
    told = ((owner.action_id, public_owner(owner)) for owner in owners)
    return [pk for pk, shown in told if shown and shown["text"].casefold() == party.casefold()]


def action_open_to(organisation: Any, pk: int) -> Action:
    """One action of a plan that is open, with its parts, or 404."""
    plan = plan_open_to(organisation, found(Action.visible.all(), pk=pk).plan_id)
    with opened(plan):
        action = found(actions_whole(plan), pk=pk)
    action.plan = plan
    return action
