"""Business as usual: what is done as a matter of course leaves the plan's work, and may come back into it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..models import Action, UsualCheck
from .actions import open_plan

FIELDS = ("business_as_usual", "usual_since", "usual_reason")


class AlreadyUsual(Refused):
    """This action is business as usual already."""


class NotUsual(Refused):
    """This action is part of the plan’s work already."""


class NotUsualYet(Refused):
    """That day has not come yet. Say since when it has been business as usual: today, or a day before."""


@transaction.atomic
def move_to_usual(*, actor: Any, action: Action, since: date, reason: str, today: date | None = None) -> Action:
    """Call an action business as usual: done as a matter of course, no longer chased.

    Raises `AlreadyUsual`, `NotUsualYet`, `actions.PlanIsClosed`.
    """
    action = _held(action)
    if action.business_as_usual:
        raise AlreadyUsual
    if since > (today or timezone.localdate()):
        raise NotUsualYet
    return mark_usual(actor=actor, action=action, since=since, reason=reason)


def mark_usual(*, actor: Any, action: Action, since: date, reason: str) -> Action:
    """The bare write of it; call it within the transaction that holds the action or its plan."""
    fields = {"business_as_usual": True, "usual_since": since, "usual_reason": reason}
    return _write(actor, action, fields, verb="moved to business as usual")


@transaction.atomic
def move_from_usual(*, actor: Any, action: Action, reason: str) -> Action:
    """Take an action back into the plan's work; the reason stands in its history. Raises `NotUsual`, `actions.PlanIsClosed`."""
    action = _held(action)
    if not action.business_as_usual:
        raise NotUsual
    fields = {"business_as_usual": False, "usual_since": None, "usual_reason": ""}
    return _write(actor, action, fields, verb="moved back into the plan", note=reason)


@transaction.atomic
def confirm_usual(*, actor: Any, action: Action, note: str = "", today: date | None = None) -> UsualCheck:
    """Say that it is still done as a matter of course; it is looked at again in a year. Also in a closed plan, where it lives on.

    The same press twice on a day is one. Raises `NotUsual`.
    """
    today = today or timezone.localdate()
    action = locked(action)
    if not action.business_as_usual:
        raise NotUsual
    if known := UsualCheck.objects.filter(action=action, on=today, note=note).first():
        return known
    check = UsualCheck.objects.create(
        organisation_id=action.organisation_id, action=action, on=today, note=note, by=actor
    )
    audit.record(actor=actor, verb="found to be business as usual still", thing=action, note=note)
    return check


def _held(action: Action) -> Action:
    open_plan(action.plan)
    return locked(action)


def _write(actor: Any, action: Action, fields: Mapping[str, Any], *, verb: str, note: str = "") -> Action:
    before = audit.snapshot(action, *FIELDS)
    for name, value in fields.items():
        setattr(action, name, value)
    action.save(update_fields=list(FIELDS))
    changes = audit.differences(before, audit.snapshot(action, *FIELDS))
    audit.record(actor=actor, verb=verb, thing=action, changes=changes, note=note)
    return action
