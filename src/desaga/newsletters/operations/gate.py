"""The one place where the state of an issue changes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..models import Issue
from ..states import TRANSITIONS


class NotNow(Refused):
    """That cannot be done with an issue that is as this one is. Somebody may have sent it meanwhile; look again."""


def move(issue: Issue, deed: str, *, actor: Any, now: datetime, **fields: Any) -> Issue:
    """Lock it, check that this may follow, write, and record it. Call inside a transaction. Raises `NotNow`."""
    held, transition = locked(issue), TRANSITIONS[deed]
    if held.state != transition.source:
        raise NotNow
    for name, value in {**fields, "state": transition.target}.items():
        setattr(held, name, value)
    held.save(update_fields=["state", *fields])
    told = {"state": [transition.source, transition.target]}
    audit.record(actor=actor, verb=transition.verb, thing=held, changes=told, now=now)
    return held
