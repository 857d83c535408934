"""Who was out of the room is minuted with the kind of conflict: when an item is called, and when somebody steps back after that."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from desaga.organisations.models import Person

from ..models import AgendaItem, Application
from ..queries.leaving import Out
from ..states import RoundState


def minute_out(application: Application, person: Person, label: str, now: datetime) -> None:
    """Somebody steps back from what was called already. Call inside a transaction."""
    rows = AgendaItem.objects.filter(application=application, opened_at__isnull=False, round__state=RoundState.SITTING)
    for item in rows.select_for_update(of=("self",)):
        why = f"{label}, from {timezone.localtime(now):%H:%M on %-d %B} on"
        add_out(item, Out(str(person), why, person.pk))
        item.save(update_fields=MINUTED)


#: The fields that say who was out.
MINUTED = ("left", "left_why", "left_people")


def add_out(item: AgendaItem, one: Out) -> None:
    """Once for each person; who was out before stays minuted with why they were. To be saved by the caller."""
    if one.person in item.left_people:
        return
    kinds = [kind for _, kind in item.out]
    item.left, item.left_why, item.left_people = [*item.left, one.name], [*kinds, one.why], [*item.left_people, one.person]  # fmt: skip
