"""What waits for a person in this slice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from desaga.ui.waiting import Waiting

from .queries import keys_ending_soon


def ending_keys(user: Any, organisation: Any) -> Iterator[Waiting]:
    """Keys in use that end soon, for whoever keeps them."""
    if not user.has_perm("keys.keep_keys", organisation):
        return
    for key in keys_ending_soon():
        yield Waiting(
            verb="Replace",
            thing=f"the key “{key.name}”, with which a program reads",
            url=reverse("keys:list_keys", args=[organisation.slug]),
            minutes=5,
            since=key.made_at,
            due_on=timezone.localdate(key.expires_at),
        )
