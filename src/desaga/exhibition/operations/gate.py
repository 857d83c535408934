"""The one way in which a request goes from one state to another."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..models import TourEvent, TourRequest
from ..states import TRANSITIONS, TourState


class NotNow(Refused):
    """That cannot be done any more: somebody was quicker, or it was done already. Look at the page again."""


def move(request: TourRequest, name: str, *, actor: Any, now: datetime, words: str = "") -> TourRequest:
    """Lock it, check, write. Raises `NotNow`."""
    held, transition = locked(request), TRANSITIONS[name]
    if held.state not in transition.sources:
        raise NotNow
    was, held.state, held.since = held.state, transition.target, now
    held.save(update_fields=["state", "since"])
    note(held, transition.verb, actor=actor, now=now, words=words)
    changes = {"state": [TourState(was).label, TourState(held.state).label]}
    audit.record(actor=actor, verb=transition.verb, thing=held, changes=changes, now=now)
    return held


def note(request: TourRequest, kind: str, *, actor: Any, now: datetime, words: str = "") -> None:
    TourEvent.objects.create(
        organisation_id=request.organisation_id, request=request, at=now, kind=kind, by=actor, words=words
    )
