"""The one way in which an asking goes from one state to another."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..approving import STEPS
from ..models import Asking
from .gate import note_event


class NotThisWay(Refused):
    """That cannot be done any more: an answer came, or somebody else is asked. Look at the page again."""


#: What the application's history calls it, where that is not the deed.
KIND = {
    "ask": "asked",
    "approve": "approval_given",
    "approve_if": "approval_conditional",
    "accept": "condition_accepted",
    "refuse": "approval_refused",
    "want_changes": "approval_changes",
    "open": "asking_opened",
    "bounce": "asking_bounced",
    "expire": "asking_expired",
    "replace": "asking_replaced",
    "ask_anew": "asking_anew",
    "take_back": "asking_taken_back",
    "remind": "asking_reminded",
    "ask_again": "asking_again",
    "leave_deputy": "deputy_left",
    "lose_deputy": "deputy_lost",
}


def step(asking: Asking, deed: str, *, actor: Any = None, now: datetime, words: str = "", **fields: Any) -> Asking:
    """Lock it, check that the deed may follow, write it, its event and the audit. Raises `NotThisWay`.

    Call inside a transaction that holds the application: whoever holds both takes the application first.
    """
    held = locked(asking)
    if held.state not in STEPS[deed].sources:
        raise NotThisWay
    target = STEPS[deed].target
    if target is not None and target != held.state:
        held.state, held.since = target, now
    for name, value in fields.items():
        setattr(held, name, value)
    held.save(update_fields=["state", "since", *fields])
    note_event(held.application, KIND[deed], actor=actor, now=now, words=words, who=held.answered_by or held.name)
    audit.record(actor=actor, verb=KIND[deed].replace("_", " "), thing=held, now=now)
    return held
