"""To which actions of their employer somebody may give evidence: asked within each employer in turn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desaga.organisations.models import Organisation
from desaga.plans.models import Action, ActionOwner
from desaga.plans.queries.parties import parties_standing_for
from desaga.plans.queries.plans import plans_at_work
from desaga.tenancy.context import within

MOST = 100


def actions_offered(user: Any, organisations: Iterable[Organisation]) -> list[tuple[str, list[tuple[str, str]]]]:
    """By organisation, the actions that the user may give evidence for: those they carry, or all of a plan that they may edit."""
    found = []
    for organisation in organisations:
        with within(organisation, user=user):
            rows = [(f"{organisation.slug}:{one.pk}", str(one)[:120]) for one in _actions(user)]
        if rows:
            found.append((organisation.name, rows))
    return found


def _actions(user: Any) -> list[Action]:
    plans = list(plans_at_work())
    edited = [plan.pk for plan in plans if user.has_perm("plans.edit_plan", plan)]
    carried = ActionOwner.objects.filter(party__in=parties_standing_for(user.person_id)).values("action")
    going = Action.objects.filter(plan__in=[plan.pk for plan in plans]).select_related("plan", "organisation")
    return list((going.filter(plan__in=edited) | going.filter(pk__in=carried)).order_by("plan", "order")[:MOST])


def action_chosen(user: Any, organisation: Organisation, chosen: str) -> Action | None:
    """What was chosen in the form, if it is one of that organisation; None where none was."""
    slug, _, pk = chosen.partition(":")
    if slug != organisation.slug or not (pk.isascii() and pk.isdecimal()):
        return None
    with within(organisation, user=user):
        return Action.objects.select_related("plan", "organisation").filter(pk=int(pk)).first()
