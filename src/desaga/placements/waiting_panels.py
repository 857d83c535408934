"""What waits for a person in this slice: what came in is to be checked, what was given out is to be declared on and scored."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone

from desaga.ui.waiting import Waiting

from .queries.schemes import panels_without_money, to_close, to_evaluate, without_next_panel
from .queries.waiting import to_check, to_declare, to_plan, to_score

#: So long before it is due an evaluation waits for whoever runs the scheme.
MOST_PANELS = 10
EVALUATE_SOON = timedelta(days=60)
MINUTES_TO_CHECK, MINUTES_TO_DECLARE, MINUTES_TO_READ, MOST_MINUTES = 5, 1, 15, 240


def panels_waiting(user: Any, organisation: Any) -> Iterator[Waiting]:
    """One line a scheme and thing to do."""
    if user.has_perm("placements.run_schemes", organisation):
        yield from _endings(organisation)
        yield from _lines("Plan a panel for", to_plan(user, organisation), organisation, "plan_round", MINUTES_TO_CHECK)
        yield from _lines("Check", to_check(user, organisation), organisation, "list_applications", MINUTES_TO_CHECK)
    if user.person_id and user.has_perm("placements.sit_on_panels", organisation):
        yield from _lines(
            "Declare on", to_declare(user, organisation), organisation, "list_reading", MINUTES_TO_DECLARE
        )
        yield from _lines("Read and score", to_score(user, organisation), organisation, "list_reading", MINUTES_TO_READ)


def _endings(organisation: Any) -> Iterator[Waiting]:
    """Schemes that have done what they were for."""
    today = timezone.localdate()
    for scheme in to_close():
        url = reverse("placements:close_scheme", args=[organisation.slug, scheme.slug])
        yield Waiting(
            verb="Close",
            thing=f"{scheme.name}: its last panel has told its outcomes",
            url=url,
            minutes=2,
            since=scheme.told_at,
        )
    for scheme in to_evaluate(today + EVALUATE_SOON):
        due = scheme.evaluation_due_on
        assert due, "It is found by this day."
        url = reverse("placements:edit_scheme", args=[organisation.slug, scheme.slug])
        yield Waiting(
            verb="Evaluate",
            thing=scheme.name,
            url=url,
            minutes=120,
            since=start_of(due - EVALUATE_SOON),
            due_on=due,
        )
    for scheme in without_next_panel():
        url = reverse("placements:plan_rounds", args=[organisation.slug, scheme.slug])
        yield Waiting(verb="Plan the next panel of", thing=scheme.name, url=url, minutes=5, since=start_of(today))
    for round_ in panels_without_money()[:MOST_PANELS]:
        url = reverse("placements:add_budget", args=[organisation.slug, round_.scheme.slug])
        thing = f"the money for {round_}, {round_.scheme.name}: it meets outside every year that has some"
        yield Waiting(verb="Add", thing=thing, url=url, minutes=5, since=start_of(today), due_on=round_.meets_on)


def start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _lines(verb: str, rows: Any, organisation: Any, page: str, minutes: int) -> Iterator[Waiting]:
    for row in rows:
        number = row["number"]
        yield Waiting(
            verb=verb,
            thing=f"{number} application{'' if number == 1 else 's'}, {row['scheme__name']}",
            url=reverse(f"placements:{page}", args=[organisation.slug, row["scheme__slug"]]),
            minutes=min(minutes * number, MOST_MINUTES),
            since=row["since"],
            due_on=row.get("due_on"),
        )
