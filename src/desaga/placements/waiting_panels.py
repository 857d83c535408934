"""What panels ask of those who run a scheme: an administrator for a chair who is out, readers for what lost one, a word to who is late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from desaga.ui.waiting import Waiting

from .queries import readers
from .queries.overview import standings_in
from .queries.schemes import version_in_force

MOST_PANELS = 10


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def administrator(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    for round_ in rows[:MOST_PANELS]:
        yield Waiting(
            verb="Name",
            thing=f"an administrator for {round_}, {round_.scheme.name}: something stands in the chair’s way",
            url=reverse("placements:name_leaders", args=[organisation.slug, round_.scheme.slug, round_.pk]),
            minutes=3,
            since=start_of(timezone.localdate()),
            due_on=round_.meets_on,
        )


def lacking(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    """What lost a reader and has too few now; what others read instead is told no more."""
    for round_ in rows[:MOST_PANELS]:
        lost = readers.lost_readings(round_, user, organisation)
        version = version_in_force(round_.scheme) if lost else None
        wanted = readers.wanted_in(round_, version.definition if version else None)
        keys = {one.application for one in lost}
        standings = [one for one in standings_in(round_, user, organisation) if one.pk in keys] if lost else []
        if number := len(readers.lacking_in(standings, lost, wanted)):
            yield Waiting(
                verb="Find",
                thing=f"readers for {number} application{'' if number == 1 else 's'}, {round_}, {round_.scheme.name}: somebody stepped back, or left",
                url=f"{reverse('placements:show_readers', args=[organisation.slug, round_.scheme.slug, round_.pk])}#lacking",
                minutes=5,
                since=start_of(timezone.localdate()),
                due_on=round_.scores_by,
            )


def late_readers(rows: QuerySet[Any], user: Any, organisation: Any) -> Iterator[Waiting]:
    """Of each round whose scores are overdue, who is late: one line, since the page says who."""
    for late in readers.late_readers(user, organisation, timezone.localdate()):
        round_, number = late["round"], late["number"]
        yield Waiting(
            verb="See to",
            thing=f"{number} reader{' who is' if number == 1 else 's who are'} late, {round_}, {round_.scheme.name}",
            url=f"{reverse('placements:show_readers', args=[organisation.slug, round_.scheme.slug, round_.pk])}#readers",
            minutes=5,
            since=start_of(round_.scores_by),
            due_on=round_.meets_on,
        )
