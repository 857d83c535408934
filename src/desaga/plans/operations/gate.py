"""The one way in which a plan or a document goes from one state to another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desaga.audit import operations as audit
from desaga.organisations.refusals import Refused

from ..models import ImportedDocument, Plan, StateChange
from ..states import DOCUMENT_TRANSITIONS, PLAN_TRANSITIONS, Transition


class NotNow(Refused):
    """That cannot be done any more: somebody was quicker, or it was done already. Look at the page again."""


def move_plan(plan: Plan, name: str, *, actor: Any) -> Plan:
    """Do one of the plan's transitions. The row is locked by the caller."""
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
