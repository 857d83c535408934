"""Plans themselves: starting one blank, its title and period, and its state."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import add_row, change_row, locked

from ..models import ActionOutcome, Plan
from ..states import Fate
from .actions import open_plan
from .gate import move_plan
from .usual import mark_usual


@transaction.atomic
def start_plan(*, actor: Any, organisation: Organisation, title: str, starts: str = "", ends: str = "") -> Plan:
    """Begin a plan with nothing in it. `starts` and `ends` are as exact as known: "2027", "2027-08"."""
    return add_row(Plan, actor=actor, verb="started", organisation=organisation, title=title, starts=starts, ends=ends)


@transaction.atomic
def edit_plan(*, actor: Any, plan: Plan, title: str, starts: str, ends: str) -> Plan:
    """Change a plan's title and period. Raises `actions.PlanIsClosed`."""
    return change_row(open_plan(plan), actor=actor, fields={"title": title, "starts": starts, "ends": ends})


@transaction.atomic
def change_plan_state(*, actor: Any, plan: Plan, transition: str) -> Plan:
    """Put a plan to work, close it or reopen it: a name of `states.PLAN_TRANSITIONS`. Raises `gate.NotNow`, `gate.NotAllSaid`.

    What is said to be business as usual at the end of a plan is so from the day on which the plan is closed.
    """
    plan = move_plan(locked(plan), transition, actor=actor)
    if transition == "close":
        _leave_as_usual(actor, plan)
    return plan


def _leave_as_usual(actor: Any, plan: Plan) -> None:
    outcomes = ActionOutcome.objects.filter(plan=plan, fate=Fate.BUSINESS_AS_USUAL, action__business_as_usual=False)
    for outcome in outcomes.select_related("action"):
        mark_usual(
            actor=actor,
            action=outcome.action,
            since=timezone.localdate(),
            reason=outcome.reason or "Said when the plan was closed",
        )
