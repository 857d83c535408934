"""The one way in which a story goes from one state to another; whatever shows it is told here, in the same transaction."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from .. import showing
from ..models import Story, StoryEvent
from ..showing import PublicStory
from ..states import TRANSITIONS, StoryState


class NotNow(Refused):
    """That cannot be done any more: somebody was quicker, or it was done already. Look at the page again."""


def move(
    story: Story,
    name: str,
    *,
    actor: Any,
    now: datetime,
    who: str = "",
    words: str = "",
    copy: PublicStory | None = None,
    **also: Any,
) -> Story:
    """Lock it, check, write, with the fields that belong to the new state; show `copy`, or take down what was shown. Raises `NotNow`, and what whoever shows it raises."""
    held, transition = locked(story), TRANSITIONS[name]
    if held.state not in transition.sources:
        raise NotNow
    was, held.state, held.since = held.state, transition.target, now
    for field, value in also.items():
        setattr(held, field, value)
    if copy is not None:
        held.address = showing.show(copy)
    elif was == StoryState.PUBLISHED:
        showing.take_down(held.pk)
        held.address = ""
    held.save(update_fields=["state", "since", "address", *also])
    note(held, transition.verb, actor=actor, now=now, who=who, words=words)
    changes = {"state": [StoryState(was).label, StoryState(held.state).label]}
    audit.record(actor=actor, verb=transition.verb, thing=held, changes=changes, now=now)
    return held


def note(story: Story, kind: str, *, actor: Any, now: datetime, who: str = "", words: str = "") -> None:
    StoryEvent.objects.create(
        organisation_id=story.organisation_id, story=story, at=now, kind=kind, by=actor, who=who, words=words
    )
