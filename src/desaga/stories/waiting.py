"""What waits for editors and publishers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from desaga.ui.waiting import Waiting

from . import queries
from .states import StoryState

MINUTES_TO_HAND_IN, MINUTES_TO_READ = 2, 10


def stories_waiting(user: Any, organisation: Any) -> Iterator[Waiting]:
    """Approved stories to hand in, what waits to be published, and what came in from outside."""
    may_edit, may_publish = user.has_perm("stories.edit", organisation), user.has_perm("stories.publish", organisation)
    if not (may_edit or may_publish):
        return
    told = queries.waiting_counts()
    stories_url, calls_url = (
        reverse(f"stories:list_{what}", args=[organisation.slug]) for what in ("stories", "calls")
    )
    for what, may, verb, thing, url, minutes in (
        (StoryState.APPROVED, may_edit, "Hand in", "{} that the person approved", f"{stories_url}?{urlencode({'state': 'approved'})}", MINUTES_TO_HAND_IN),
        (StoryState.WAITING, may_publish, "Publish or give back", "{} waiting for moderation", f"{stories_url}?{urlencode({'state': 'waiting'})}", MINUTES_TO_READ),
        ("contributions", may_edit, "Read", "what was sent to calls, {}", calls_url, MINUTES_TO_READ),
        ("offers", may_edit, "Read", "{} offered after placements", stories_url, MINUTES_TO_READ),
    ):  # fmt: skip
        if may and what in told:
            number, since = told[what]
            yield Waiting(
                verb=verb, thing=thing.format(_stories(number)), url=url, minutes=minutes * number, since=since
            )


def _stories(number: int) -> str:
    return f"{number} stor{'y' if number == 1 else 'ies'}"
