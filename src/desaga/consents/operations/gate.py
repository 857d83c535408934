"""The one way in which a consent goes from one state to another."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..models import Consent, ConsentEvent
from ..states import ENDED, TRANSITIONS, ConsentState


class NotNow(Refused):
    """That cannot be done any more: it was answered, or it has ended. Look at the page again."""


def move(
    consent: Consent, name: str, *, actor: Any, now: datetime, who: str = "", words: str = "", **also: Any
) -> Consent:
    """Lock it, check, write, with the fields that belong to the new state. Raises `NotNow`."""
    held, transition = locked(consent), TRANSITIONS[name]
    if held.state not in transition.sources:
        raise NotNow
    was, held.state = held.state, transition.target
    if held.state in ENDED:
        also["ended_at"] = now
    for field, value in also.items():
        setattr(held, field, value)
    held.save(update_fields=["state", *also])
    note(held, transition.verb, actor=actor, now=now, who=who, words=words)
    changes = {"state": [ConsentState(was).label, ConsentState(held.state).label]}
    audit.record(actor=actor, verb=f"consent {transition.verb}", thing=held, changes=changes, now=now)
    return held


def note(consent: Consent, kind: str, *, actor: Any, now: datetime, who: str = "", words: str = "") -> None:
    ConsentEvent.objects.create(
        organisation_id=consent.organisation_id, consent=consent, at=now, kind=kind, by=actor, who=who, words=words
    )
