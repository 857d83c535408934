"""Removing what a story says, for good: the record that there was one stays."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked

from .. import queries
from ..content import SECTIONS
from ..models import Story, StoryPicture, StoryVersion, StoryVideo
from ..states import StoryState
from .gate import NotNow, move, note

#: What is emptied; whom it was about, and when, stays with the consent.
EMPTIED = (*SECTIONS, "summary", "quote", "registration", "source_words")


def back_to_draft(story: Story, now: datetime) -> Story:
    """As what may be emptied: taken down where it is shown. Call inside a transaction."""
    held = locked(story)
    if held.state in (StoryState.DRAFT, StoryState.TAKEN_DOWN):
        return held
    return move(held, "end" if held.state == StoryState.PUBLISHED else "reopen", actor=None, now=now)


@transaction.atomic
def erase_words(*, actor: Any, story: Story, now: datetime | None = None) -> Story:
    """Words, pictures, film and every version are removed, and with the English ones what says them in Welsh. Only of what is a draft or taken down. Raises `gate.NotNow`."""
    now = now or timezone.now()
    held = locked(story)
    if held.state not in (StoryState.DRAFT, StoryState.TAKEN_DOWN):
        raise NotNow
    welsh = None if held.says else queries.other_of(held)
    if welsh:
        erase_words(actor=actor, story=back_to_draft(welsh, now), now=now)
    for model in (StoryVersion, StoryPicture, StoryVideo):
        model.objects.filter(story=held).delete()
    for name in EMPTIED:
        setattr(held, name, "")
    held.version, held.seen = 0, held.seen + 1
    held.save(update_fields=["version", "seen", *EMPTIED])
    note(held, "words and pictures removed", actor=actor, now=now)
    audit.record(actor=actor, verb="removed the words of", thing=held, now=now)
    return held
