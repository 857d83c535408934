"""Business as usual of a closed plan that needs work again: taken into the plan that is at work."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..drafting import carried
from ..interchange import action_as_data, fields_of
from ..models import Action, ActionOutcome, Lineage, Plan
from ..queries.actions import actions_whole
from ..queries.usual import plans_taking_in, usual_looked_at
from ..states import Fate, LinkWay, PlanState
from .actions import next_order, open_plan, parts_of, save_parts, theme_named
from .drafting import Members, _carry_measures, _keep_parties
from .parties import PartyBook
from .usual import NotUsual


class PlanGoesOn(Refused):
    """The plan of this action is not closed. Move the action back into the plan itself."""


class NoPlanAtWork(Refused):
    """No plan is at work that could take it in. Put the next plan to work first, or reopen this one."""


class TakenAlready(Refused):
    """It goes on in a later plan already. Its page says where."""


@transaction.atomic
def take_up_again(*, actor: Any, action: Action) -> Action:
    """Copy an action of a closed plan, as drafting does, into the plan at work; answers the new one.

    The closed plan stays as it is; the link between both takes the old one off the yearly look.
    Raises `PlanGoesOn`, `usual.NotUsual`, `TakenAlready`, `NoPlanAtWork`.
    """
    plan = locked(action.plan)
    if plan.state != PlanState.CLOSED:
        raise PlanGoesOn
    action = _held(action)
    into = _plan_at_work(plan)
    new = _copied(actor, actions_whole(plan).get(pk=action.pk), into)
    Lineage.objects.create(
        organisation_id=plan.organisation_id, earlier_plan=plan, earlier=action, later_plan=into, later=new,
        fate=Fate.CONTINUED, way=LinkWay.SAID, by=actor,
    )  # fmt: skip
    audit.record(actor=actor, verb="took up again from business as usual", thing=action, note=f"{into.title}: {new}")
    return new


def _held(action: Action) -> Action:
    action = locked(action)
    if not action.business_as_usual:
        raise NotUsual
    if usual_looked_at().filter(pk=action.pk, went_on=True).exists():
        raise TakenAlready
    return action


def _plan_at_work(plan: Plan) -> Plan:
    found = plans_taking_in([plan]).get(plan.pk)
    if found is None or (into := open_plan(found)).state != PlanState.ACTIVE:
        raise NoPlanAtWork
    return into


def _copied(actor: Any, old: Action, into: Plan) -> Action:
    """What the action is, who carries it, what it answers and what it is measured by; its code only where the plan has none such."""
    data = carried(action_as_data(old))
    theme = theme_named(old.theme.title or old.theme.code, plan=into, actor=actor) if old.theme else None
    new = Action(
        organisation=into.organisation, plan=into, order=next_order(into.actions), theme=theme, **fields_of(data)
    )
    if into.actions.filter(code__iexact=new.code).exists():
        new.code = ""
    new.save(force_insert=True)
    members: Members = [(old, ActionOutcome(action=old, plan_id=old.plan_id, fate=Fate.CONTINUED))]
    rows = parts_of(new, data, PartyBook(into))
    _keep_parties(members, rows)
    save_parts(rows)
    _carry_measures(old.plan, [(members, new)])
    audit.record(actor=actor, verb="added", thing=new, note=f"From business as usual of {old.plan.title}: {old}")
    return new
