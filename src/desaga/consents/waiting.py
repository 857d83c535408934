"""What waits for the editor: consents that end, and those that nobody answers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from desaga.ui.waiting import Waiting

from . import queries

MINUTES = 2


def consents_to_look_at(user: Any, organisation: Any) -> Iterator[Waiting]:
    if not user.has_perm("consents.keep_consents", organisation):
        return
    told = queries.waiting_counts(timezone.localdate())
    url = reverse("consents:list_consents", args=[organisation.slug])
    if number := told["soon"]:
        yield Waiting(
            verb="Renew", thing=f"{number} consent{'' if number == 1 else 's'} that end{'s' if number == 1 else ''} soon",
            url=f"{url}?{urlencode({'state': 'soon'})}", minutes=MINUTES * number, since=told["soon_since"], due_on=told["first_day"],
        )  # fmt: skip
    if number := told["silent"]:
        yield Waiting(
            verb="Ask again for", thing=f"{number} consent{'' if number == 1 else 's'} without an answer for two weeks",
            url=f"{url}?{urlencode({'state': 'asked'})}", minutes=MINUTES * number, since=told["silent_since"],
        )  # fmt: skip
