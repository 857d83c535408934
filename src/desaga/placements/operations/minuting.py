"""Who was out of the room is minuted with the kind of conflict: when an item is called, and when somebody steps back after that."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from desaga.organisations.models import Person

from ..models import AgendaItem, Application
from ..states import RoundState


def minute_out(application: Application, person: Person, label: str, now: datetime) -> None:
    """Somebody steps back from what was called already. Call inside a transaction."""
    rows = AgendaItem.objects.filter(application=application, opened_at__isnull=False, round__state=RoundState.SITTING)
    for item in rows.select_for_update(of=("self",)):
        if person.name in item.left:
            continue
        why = f"{label}, from {timezone.localtime(now):%H:%M on %-d %B} on"
        told = item.out
        item.left, item.left_why = [*item.left, person.name], [*(kind for _, kind in told), why]
        item.save(update_fields=["left", "left_why"])
