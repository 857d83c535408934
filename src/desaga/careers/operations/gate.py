"""The one way in which a question, or a school's interest, goes from one state to another."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..models import Question, SchoolInterest
from ..states import INTERESTS, QUESTIONS, InterestState, QuestionState, Transition

Moved = TypeVar("Moved", Question, SchoolInterest)


class NotNow(Refused):
    """That cannot be done any more: somebody was quicker, or it was done already. Look at the page again."""


def move(thing: Moved, name: str, /, *, actor: Any, now: datetime, **also: Any) -> Moved:
    """Lock it, check, write, with the fields that belong to the new state. The audit says that, and never the words. Raises `NotNow`."""
    held = locked(thing)
    table: Mapping[str, Transition] = QUESTIONS if isinstance(held, Question) else INTERESTS
    transition = table[name]
    if held.state not in transition.sources:
        raise NotNow
    was, held.state, held.since = held.state, transition.target, now
    for field, value in also.items():
        setattr(held, field, value)
    held.save(update_fields=["state", "since", *also])
    changes = {"state": [label(held, was), label(held, held.state)]}
    audit.record(actor=actor, verb=transition.verb, thing=held, changes=changes, now=now)
    return held


def label(thing: Any, state: str) -> str:
    kind = QuestionState if isinstance(thing, Question) else InterestState
    return str(kind(state).label)
