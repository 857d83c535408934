"""What waits for a person in this slice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from desaga.ui.waiting import Waiting

from . import queries

MINUTES = 3


def offers_to_accept(user: Any, organisation: Any) -> Iterator[Waiting]:
    """Plans of the organisation's that a body holds and offers to it, for the lead."""
    if not user.has_perm("public.claim_plan", organisation):
        return
    for offer in queries.offers_here():
        yield Waiting(
            verb="Take over:",
            thing=f"{offer.title}, which {offer.organisation.name} holds for you",
            url=reverse("public:accept_offer", args=[organisation.slug, offer.pk]),
            minutes=MINUTES,
            since=offer.offered_at,
            due_on=timezone.localdate(offer.grant.ends_at),
        )
