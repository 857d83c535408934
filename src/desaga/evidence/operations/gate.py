"""The one way in which evidence goes from one state to another."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.refusals import Refused

from ..models import Evidence, EvidenceChange
from ..states import TRANSITIONS, State


class NotNow(Refused):
    """That cannot be done any more: somebody was quicker, or it was done already. Look at the page again."""


def move(
    piece: Evidence, name: str, *, actor: Any, note: str = "", now: datetime | None = None, **also: Any
) -> Evidence:
    """Do one of the transitions, and set the fields that belong to the new state with it. The row is locked by the caller."""
    transition, was, now = TRANSITIONS[name], piece.state, now or timezone.now()
    if was not in transition.sources:
        raise NotNow
    piece.state = transition.target
    for field, value in also.items():
        setattr(piece, field, value)
    piece.save(update_fields=["state", *also])
    note_change(piece, was=was, actor=actor, note=note, now=now)
    changes = {"state": [State(was).label, State(piece.state).label]}
    audit.record(actor=actor, verb=transition.verb, thing=piece, changes=changes, note=note, now=now)
    return piece


def note_change(piece: Evidence, *, was: str, actor: Any, now: datetime, note: str = "") -> None:
    """One line of the history of a piece."""
    EvidenceChange.objects.create(
        organisation_id=piece.organisation_id, evidence=piece, at=now, by=actor, was=was, became=piece.state, note=note
    )
