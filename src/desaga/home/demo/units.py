"""The demo's units: a faculty's plan under the institution's, what has become business as usual, and a view that is shared."""

from __future__ import annotations

from typing import Any

from desaga.accounts.models import User
from desaga.organisations.models import Organisation, Unit
from desaga.plans.dates import coarsest
from desaga.plans.interchange import blank_action
from desaga.plans.models import Action, Plan, SavedView
from desaga.plans.operations.actions import add_action
from desaga.plans.operations.plans import change_plan_state
from desaga.plans.operations.saved import save_view
from desaga.plans.operations.units import answer_action, start_unit_plan
from desaga.plans.operations.usual import move_to_usual
from desaga.tenancy.context import within

from .world import email_of, world


def load_units_work() -> None:
    """Start each unit's plan that is not there yet, move what is to be business as usual, and save the views."""
    for name, load in (("unit_plans", load_unit_plan), ("usual", load_usual), ("views", load_view)):
        for told in world()[name]:
            organisation = Organisation.objects.get(slug=told["organisation"])
            actor = User.objects.get(email=email_of(told["organisation"], told["by"]))
            with within(organisation, user=actor):
                load(actor, told)


def load_unit_plan(actor: User, told: dict[str, Any]) -> None:
    """One unit's plan with its actions and what they answer; nothing where the unit has one."""
    above, unit = Plan.objects.get(title=told["under"]), Unit.objects.get(code=told["unit"])
    if Plan.objects.filter(under=above, unit=unit).exists():
        return
    plan = start_unit_plan(actor=actor, under=above, unit=unit)
    for one in told["actions"]:
        action = add_action(actor=actor, plan=plan, data=data_of(one))
        for code in one["answers"]:
            answered = Action.objects.get(plan=above, code=code)
            answer_action(actor=actor, action=action, answered=answered, note=one.get("note", ""))
    change_plan_state(actor=actor, plan=plan, transition="activate")


def data_of(told: dict[str, Any]) -> dict[str, Any]:
    """An action of world.toml in the interchange format."""
    same = {name: told[name] for name in ("code", "title", "theme", "status")}
    end = told["end"]
    timeframe = {"text": "", "start": None, "end": end, "precision": coarsest(None, end), "continuous": False}
    owners = [{"text": code, "code": code, "kind": "role", "role": "lead"} for code in told["owners"]]
    return {**blank_action(), **same, "timeframe": timeframe, "owners": owners}


def load_usual(actor: User, told: dict[str, Any]) -> None:
    """Move one action to business as usual; nothing where it is that already."""
    action = Action.objects.get(plan__title=told["plan"], code=told["code"])
    if not action.business_as_usual:
        move_to_usual(actor=actor, action=action, since=told["since"], reason=told["reason"])


def load_view(actor: User, told: dict[str, Any]) -> None:
    """Save one view, shared; nothing where it is saved already."""
    plan = Plan.objects.get(title=told["plan"])
    if not SavedView.objects.filter(plan=plan, owner=actor, name=told["name"]).exists():
        where = {"organisation": plan.organisation, "plan": plan}
        save_view(actor=actor, **where, name=told["name"], asks=told["asks"], is_shared=True)
