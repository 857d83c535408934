"""What others said of a plan becomes actions that keep the words they answer: peer review, recommendations of the year."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction

from desaga.audit import operations as audit

from ..interchange import blank_action
from ..models import Action, ActionSource, Plan
from .actions import add_action, open_plan


@transaction.atomic
def add_action_from_feedback(
    *,
    actor: Any,
    plan: Plan,
    title: str,
    theme: str = "",
    kind: str,
    said_by: str,
    text: str,
    where: str = "",
    said_on: str = "",
    submission: UUID | None = None,
) -> Action:
    """An action with its source: who said what, where and when. The same form sent twice makes one. Raises `actions.PlanIsClosed`."""
    plan = open_plan(plan)
    if submission and (known := ActionSource.objects.filter(submission=submission).select_related("action").first()):
        return known.action
    data = {**blank_action(), "title": title, "theme": theme or None}
    action = add_action(actor=actor, plan=plan, data=data, note=f"From what {said_by} said")
    source = add_source(
        actor=actor,
        action=action,
        kind=kind,
        said_by=said_by,
        text=text,
        where=where,
        said_on=said_on,
        submission=submission,
    )
    audit.record(actor=actor, verb="kept a source of", thing=action, note=str(source))
    return action


def add_source(*, actor: Any, action: Action, **fields: Any) -> ActionSource:
    """The row alone; call it within the transaction that writes the action."""
    return ActionSource.objects.create(organisation_id=action.organisation_id, action=action, by=actor, **fields)
