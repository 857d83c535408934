"""The one way in which a signature goes from one state to another."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import current_organisation

from ..models import Signature, SignatureEvent
from ..states import TRANSITIONS, Side, SignatureState, may_follow


class NotNow(Refused):
    """That cannot be done any more: somebody moved it meanwhile. Look at the page again."""


class NotOurs(Refused):
    """That is for the other side to do."""


def side_here(signature: Signature) -> Side:
    """Which of the two the organisation in scope is to it."""
    return Side.KEEPER if signature.organisation_id == current_organisation().pk else Side.SIGNATORY


def move(signature: Signature, name: str, *, actor: Any, now: datetime, words: str = "", **also: Any) -> Signature:
    """Lock it, check state and side, write, with the fields that belong to the new state. Raises `NotNow`, `NotOurs`."""
    held, transition = locked(signature), TRANSITIONS[name]
    if held.state not in transition.sources:
        raise NotNow
    if name not in may_follow(held.state, side_here(held), has_workspace=held.signatory_id is not None):
        raise NotOurs
    was, held.state = held.state, transition.target
    for field, value in also.items():
        setattr(held, field, value)
    held.save(update_fields=["state", *also])
    note(held, transition.verb, now=now, words=words)
    changes = {"state": [SignatureState(was).label, SignatureState(held.state).label]}
    audit.record(actor=actor, verb=f"signature {transition.verb}", thing=held, changes=changes, now=now)
    return held


def note(signature: Signature, kind: str, *, now: datetime, words: str = "") -> SignatureEvent:
    """A step of its history, in the name of the organisation in scope."""
    return SignatureEvent._base_manager.create(
        organisation_id=signature.organisation_id, signatory_id=signature.signatory_id, signature=signature, at=now,
        kind=kind, who=current_organisation().name, words=words,
    )  # fmt: skip
