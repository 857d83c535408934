"""The one way in which a plan or a document goes from one state to another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desaga.audit import operations as audit
from desaga.organisations.refusals import Refused

from ..models import ImportedDocument, Plan, StateChange
from ..queries.closing import closing_progress
from ..states import DOCUMENT_TRANSITIONS, PLAN_TRANSITIONS, PlanState, Transition


class NotNow(Refused):
    """That cannot be done any more: somebody was quicker, or it was done already. Look at the page again."""


class NotAllSaid(Refused):
    """Of some actions nobody has said yet how far they came, or what became of them."""

    def __init__(self, number: int) -> None:
        these = "1 action is" if number == 1 else f"{number} actions are"
        super().__init__(f"{these} still to be said something of: how far it came, and what became of it.")
        self.number = number


def move_plan(plan: Plan, name: str, *, actor: Any) -> Plan:
    """Do one of the plan's transitions. The row is locked by the caller.

    A plan is closed only when of each action both is said. Raises `NotNow`, `NotAllSaid`.
    """
    if name == "close" and plan.state == PlanState.ACTIVE and (unsaid := closing_progress(plan).unsaid):
        raise NotAllSaid(unsaid)
    return _move(plan, PLAN_TRANSITIONS, name, actor, {}, plan=plan)


def move_document(
    document: ImportedDocument, name: str, *, actor: Any, note: str = "", **also: Any
) -> ImportedDocument:
    """Do one of the document's transitions, and set the fields that belong to the new state with it."""
    return _move(document, DOCUMENT_TRANSITIONS, name, actor, also, note=note, document=document)


def _move(
    thing: Any,
    table: Mapping[str, Transition],
    name: str,
    actor: Any,
    also: dict[str, Any],
    *,
    note: str = "",
    **of: Any,
) -> Any:
    transition, was = table[name], thing.state
    if was not in transition.sources:
        raise NotNow
    thing.state = transition.target
    for field, value in also.items():
        setattr(thing, field, value)
    thing.save(update_fields=["state", *also])
    StateChange.objects.create(organisation=thing.organisation, by=actor, was=was, became=transition.target, **of)
    changes = {"state": [was, transition.target]} if was != transition.target else {}
    audit.record(actor=actor, verb=transition.verb, thing=thing, changes=changes, note=note)
    return thing
