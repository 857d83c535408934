"""Units' plans under the institution's plan, and what of theirs answers what of it."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from desaga.audit import operations as audit
from desaga.organisations.models import Unit
from desaga.organisations.operations.rows import add_row, change_row, locked
from desaga.organisations.refusals import Refused

from ..models import Action, Answer, Dependency, Plan
from .actions import open_plan

LONGEST_TITLE = 300


class StandsElsewhere(Refused):
    """A unit’s plan stands under the institution’s plan, which stands under no other. Choose another plan."""


class HasUnitPlans(Refused):
    """Units’ plans stand under this one, so it cannot stand under another."""


class HasNoUnit(Refused):
    """A plan that stands under another is the plan of a unit. Choose the unit."""


class IsAnswering(Refused):
    """Actions of this plan answer actions of the plan above. Take those answers back first."""


class IsWaiting(Refused):
    """Actions of this plan wait for actions of the plan above. Take that back first."""


class AnswersElsewhere(Refused):
    """An action answers one of the plan above its own. Choose one of those."""


@transaction.atomic
def start_unit_plan(*, actor: Any, under: Plan, unit: Unit, title: str = "", starts: str = "", ends: str = "") -> Plan:
    """Begin a unit's plan under the institution's; without a title it is called by both. Raises `StandsElsewhere`."""
    above = _above(under, unit)
    return add_row(
        Plan,
        actor=actor,
        verb="started",
        organisation=above.organisation,
        unit=unit,
        under=above,
        title=title or f"{unit.name}: {above.title}"[:LONGEST_TITLE],
        starts=starts or above.starts,
        ends=ends or above.ends,
    )


@transaction.atomic
def place_plan(*, actor: Any, plan: Plan, unit: Unit | None, under: Plan | None) -> Plan:
    """Say whose plan it is, and under which it stands. None for the whole organisation, and for under none.

    Raises `HasNoUnit`, `StandsElsewhere`, `HasUnitPlans`, `IsAnswering`, `IsWaiting`, `actions.PlanIsClosed`.
    """
    above = _above(under, unit or plan) if under else None
    plan = open_plan(plan)
    if above and unit is None:
        raise HasNoUnit
    if above and (above.pk == plan.pk or (unit and unit.organisation_id != plan.organisation_id)):
        raise StandsElsewhere
    if above and Plan.objects.filter(under=plan).exists():
        raise HasUnitPlans
    if plan.under_id and plan.under_id != (above and above.pk):
        if Answer.objects.filter(plan=plan).exists():
            raise IsAnswering
        if Dependency.objects.filter(plan=plan, on__plan=plan.under_id).exists():
            raise IsWaiting
    return change_row(plan, actor=actor, verb="placed", fields={"unit": unit, "under": above})


@transaction.atomic
def answer_action(*, actor: Any, action: Action, answered: Action, note: str = "") -> Answer:
    """Say that a unit's action answers one of the institution's; said again, it only changes the note.

    Raises `AnswersElsewhere`, `actions.PlanIsClosed`.
    """
    plan = open_plan(action.plan)
    if plan.under_id is None or answered.plan_id != plan.under_id or answered.organisation_id != plan.organisation_id:
        raise AnswersElsewhere
    known = Answer.objects.filter(action=action, answered=answered).first()
    if known:
        return change_row(known, actor=actor, fields={"note": note})
    answer = Answer.objects.create(
        organisation=plan.organisation, plan=plan, action=action, answered=answered, note=note
    )
    audit.record(
        actor=actor, verb="said what it answers", thing=action, changes={"answers": [None, str(answered)]}, note=note
    )
    return answer


@transaction.atomic
def take_answer_back(*, actor: Any, answer: Answer) -> None:
    """Say no more that an action answers another. Raises `actions.PlanIsClosed`."""
    open_plan(answer.plan)
    held = locked(answer)
    changes = {"answers": [str(held.answered), None]}
    audit.record(actor=actor, verb="took back what it answers", thing=held.action, changes=changes, note=held.note)
    held.delete()


def _above(plan: Plan, thing: Any) -> Plan:
    """A plan that others may stand under, locked. Raises `StandsElsewhere`."""
    plan = locked(plan)
    if plan.under_id or plan.organisation_id != thing.organisation_id:
        raise StandsElsewhere
    return plan
