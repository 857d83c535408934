"""What an action waits for, said by hand; what its words name is linked by itself (`linking.py`)."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Max

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..models import Action, Dependency
from ..queries.waiting import leads_to, waits_in
from .actions import open_plan

LONGEST_NAME = 300


class WaitsElsewhere(Refused):
    """An action waits for one of its own plan, or of the plan above. Choose one of those."""


class WouldWaitForItself(Refused):
    """That action waits for this one already, itself or through others: each would wait for the other for ever."""


class IsRecognised(Refused):
    """The words of the action name this one. Change what it waits for in its form."""


@transaction.atomic
def wait_for(*, actor: Any, action: Action, on: Action) -> Dependency:
    """Say that an action waits for another; said again, it is said once.

    Raises `WaitsElsewhere`, `WouldWaitForItself`, `actions.PlanIsClosed`.
    """
    plan = open_plan(action.plan)
    if on.plan_id not in (plan.pk, plan.under_id) or on.organisation_id != plan.organisation_id:
        raise WaitsElsewhere
    if leads_to(waits_in(plan), on.pk, action.pk):
        raise WouldWaitForItself
    if known := Dependency.objects.filter(action=action, on=on).first():
        return known
    last = Dependency.objects.filter(action=action).aggregate(last=Max("order"))["last"]
    row = {"organisation": plan.organisation, "plan": plan, "action": action, "order": 0 if last is None else last + 1}
    waits = Dependency.objects.create(**row, text=str(on)[:LONGEST_NAME], on=on)
    audit.record(actor=actor, verb="said what it waits for", thing=action, changes={"waits for": [None, str(on)]})
    return waits


@transaction.atomic
def take_wait_back(*, actor: Any, dependency: Dependency) -> None:
    """Say no more that an action waits for another. Raises `IsRecognised`, `actions.PlanIsClosed`."""
    open_plan(dependency.plan)
    held = locked(dependency)
    if held.is_recognised:
        raise IsRecognised
    audit.record(
        actor=actor, verb="took back what it waits for", thing=held.action, changes={"waits for": [held.text, None]}
    )
    held.delete()
