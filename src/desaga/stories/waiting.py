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
    """Approved stories to hand in, and what waits to be published."""
    may_edit, may_publish = user.has_perm("stories.edit", organisation), user.has_perm("stories.publish", organisation)
    if not (may_edit or may_publish):
        return
    told, url = queries.waiting_counts(), reverse("stories:list_stories", args=[organisation.slug])
    for state, may, verb, of_what, minutes in (
        (StoryState.APPROVED, may_edit, "Hand in", "that the person approved", MINUTES_TO_HAND_IN),
        (StoryState.WAITING, may_publish, "Publish or give back", "waiting for moderation", MINUTES_TO_READ),
    ):
        if may and (number := told[state]):
            yield Waiting(
                verb=verb, thing=f"{_stories(number)} {of_what}", url=f"{url}?{urlencode({'state': state})}",
                minutes=minutes * number, since=told[f"{state}_since"],
            )  # fmt: skip
    yield from _entries(may_edit, organisation, url)


def _entries(may_edit: bool, organisation: Any, url: str) -> Iterator[Waiting]:
    """What came in from outside: contributions to calls, placements offered as stories."""
    if not may_edit:
        return
    told = queries.entries_waiting()
    if number := told["contributions"]:
        calls_url = reverse("stories:list_calls", args=[organisation.slug])
        yield Waiting(
            verb="Read", thing=f"{number} contribution{'' if number == 1 else 's'} to calls", url=calls_url,
            minutes=MINUTES_TO_READ * number, since=told["contributions_since"],
        )  # fmt: skip
    if number := told["offers"]:
        yield Waiting(
            verb="Read", thing=f"{_stories(number)} offered after placements", url=url, minutes=MINUTES_TO_READ * number,
            since=told["offers_since"],
        )  # fmt: skip


def _stories(number: int) -> str:
    return f"{number} stor{'y' if number == 1 else 'ies'}"
