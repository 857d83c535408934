"""What waits for a person in this slice: what came in is to be checked, what was given out is to be declared on and scored."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse

from desaga.ui.waiting import Waiting

from .queries.waiting import to_check, to_declare, to_plan, to_score

MINUTES_TO_CHECK, MINUTES_TO_DECLARE, MINUTES_TO_READ, MOST_MINUTES = 5, 1, 15, 240


def panels_waiting(user: Any, organisation: Any) -> Iterator[Waiting]:
    """One line a scheme and thing to do."""
    if user.has_perm("placements.run_schemes", organisation):
        yield from _lines("Plan a panel for", to_plan(user, organisation), organisation, "plan_round", MINUTES_TO_CHECK)
        yield from _lines("Check", to_check(user, organisation), organisation, "list_applications", MINUTES_TO_CHECK)
    if user.person_id and user.has_perm("placements.sit_on_panels", organisation):
        yield from _lines(
            "Declare on", to_declare(user, organisation), organisation, "list_reading", MINUTES_TO_DECLARE
        )
        yield from _lines("Read and score", to_score(user, organisation), organisation, "list_reading", MINUTES_TO_READ)


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
