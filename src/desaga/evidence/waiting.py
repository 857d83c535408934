"""What waits for a person in this slice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from desaga.ui.waiting import Waiting

from . import queries
from .states import State

MINUTES_A_PIECE = 2
MINUTES_TO_MEND = 5


def evidence_to_look_at(user: Any, organisation: Any) -> Iterator[Waiting]:
    """Evidence that nobody has looked at, and evidence that runs out within 30 days, for those who run the programme."""
    if not user.has_perm("evidence.review_evidence", organisation):
        return
    told, url = (
        queries.waits_for_the_programme(timezone.localdate()),
        reverse("evidence:list_evidence", args=[organisation.slug]),
    )
    if number := told["to_look_at"]:
        yield Waiting(
            verb="Look at", thing=_pieces(number, "evidence"), url=f"{url}?{urlencode({'state': State.WAITING})}",
            minutes=MINUTES_A_PIECE * number, since=told["since"],
        )  # fmt: skip
    if number := told["running_out"]:
        yield Waiting(
            verb="Renew", thing=_pieces(number, "evidence, which runs out soon" if number == 1 else "evidence, which run out soon"),
            url=f"{url}?{urlencode({'runs_out': 'soon'})}",
            minutes=MINUTES_A_PIECE * number, since=told["first_given"], due_on=told["first_day"],
        )  # fmt: skip
    if number := told["ran_out"]:
        yield Waiting(
            verb="Renew or replace", thing=_pieces(number, "evidence that ran out"), url=f"{url}?{urlencode({'runs_out': 'past'})}",
            minutes=MINUTES_A_PIECE * number, since=told["past_given"], due_on=told["past_day"],
        )  # fmt: skip


def evidence_to_mend(user: Any, organisation: Any) -> Iterator[Waiting]:
    """Evidence that the user gave and that was not accepted: they learn of it here, and of the reason on its page."""
    for piece in queries.not_accepted_of(user):
        yield Waiting(
            verb="Mend or take back",
            thing=f"“{piece.title}”, which was not accepted",
            url=piece.get_absolute_url(),
            minutes=MINUTES_TO_MEND,
            since=piece.given_at,
        )


def _pieces(number: int, of_what: str) -> str:
    return f"{number} {'piece' if number == 1 else 'pieces'} of {of_what}"
