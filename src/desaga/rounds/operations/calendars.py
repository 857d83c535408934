"""The link by which a person's calendar program fetches their dates."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.accounts.keys import hash_of, new_key
from desaga.audit import operations as audit
from desaga.tenancy.context import within

from ..models import CalendarLink


@transaction.atomic
def make_calendar_link(*, actor: Any, now: datetime | None = None) -> str:
    """Make the link of the actor's person anew; answers its key, which is shown once. A former link ends."""
    key, now = new_key(), now or timezone.now()
    with within(person=actor.person, user=actor):
        link, _ = CalendarLink.objects.update_or_create(
            person=actor.person, defaults={"key_hash": hash_of(key), "made_at": now}
        )
        audit.record(actor=actor, verb="made the link of", thing=link, person=actor.person, now=now)
    return key


@transaction.atomic
def end_calendar_link(*, actor: Any) -> None:
    """End the link: what fetched dates by it fetches none. Ending it twice is ending it once."""
    with within(person=actor.person, user=actor):
        for link in CalendarLink.objects.filter(person=actor.person):
            audit.record(actor=actor, verb="ended the link of", thing=link, person=actor.person)
            link.delete()
