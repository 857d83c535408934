"""What waits for those who lend the touring exhibition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from desaga.ui.waiting import Waiting

from . import queries

MINUTES_TO_READ = 5


def requests_waiting(user: Any, organisation: Any) -> Iterator[Waiting]:
    if not user.has_perm("exhibition.handle", organisation):
        return
    told = queries.waiting_count()
    if number := told["number"]:
        words = (
            "a request for the touring exhibition" if number == 1 else f"{number} requests for the touring exhibition"
        )
        url = f"{reverse('exhibition:list_requests', args=[organisation.slug])}?state=asked"
        yield Waiting(verb="Answer", thing=words, url=url, minutes=MINUTES_TO_READ * number, since=told["since"])
