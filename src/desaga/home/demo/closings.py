"""The demo's end of a plan: how far each action came, what became of it, and as what of the plan now at work it goes on."""

from __future__ import annotations

from typing import Any

from desaga.accounts.models import User
from desaga.organisations.models import Organisation
from desaga.plans.models import Action, Plan
from desaga.plans.operations.closing import Saying, say_outcomes
from desaga.plans.operations.lineage import link_actions
from desaga.plans.operations.plans import change_plan_state
from desaga.plans.operations.usual import confirm_usual, move_to_usual
from desaga.plans.states import Fate, PlanState
from desaga.tenancy.context import within

from .world import email_of, world


def load_closings() -> None:
    """Close each plan that is still at work though its time is over."""
    for told in world()["closings"]:
        organisation = Organisation.objects.get(slug=told["organisation"])
        officer, lead = (
            User.objects.get(email=email_of(told["organisation"], told[who])) for who in ("by", "closed_by")
        )
        with within(organisation, user=officer):
            plan = Plan.objects.get(title=told["plan"])
            if plan.state != PlanState.CLOSED:
                load_closing(officer, lead, plan, told)


def load_closing(officer: User, lead: User, plan: Plan, told: dict[str, Any]) -> None:
    for one in told["actions"]:
        action = Action.objects.get(plan=plan, title__startswith=one["title"])
        if one["fate"] == Fate.BUSINESS_AS_USUAL:
            load_usual(officer, action, one)
        say(officer, plan, action, one)
        for code in one.get("became", ()):
            later = Action.objects.get(plan__title=told["goes_on_in"], code=code)
            link_actions(actor=officer, earlier=action, later=later, fate=one["fate"])
    change_plan_state(actor=lead, plan=plan, transition="close")


def load_usual(officer: User, action: Action, one: dict[str, Any]) -> None:
    """Business as usual since a day; looked at again where somebody saw it."""
    move_to_usual(actor=officer, action=action, since=one["since"], reason=one["reason"])
    if one.get("seen"):
        confirm_usual(actor=officer, action=action, note=one["seen"])


def say(officer: User, plan: Plan, action: Action, one: dict[str, Any]) -> None:
    into = Action.objects.get(plan=plan, title__startswith=one["into"]).pk if one.get("into") else None
    saying = Saying(completion=one["completion"], fate=one["fate"], reason=one.get("reason", ""), into=into)
    say_outcomes(actor=officer, plan=plan, pks=[action.pk], saying=saying)
