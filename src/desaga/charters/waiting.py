"""What waits: for a keeper to confirm, for a signatory to answer an offer or to report."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone

from desaga.ui.waiting import Waiting

from . import queries

MINUTES, MINUTES_TO_SIGN, MINUTES_TO_REPORT = 3, 15, 20


def signatures_to_look_at(user: Any, organisation: Any) -> Iterator[Waiting]:
    if user.has_perm("charters.keep_charters", organisation):
        yield from to_confirm(organisation)
    if user.has_perm("charters.report_on_pledges", organisation):
        yield from to_answer(organisation)


def to_confirm(organisation: Any) -> Iterator[Waiting]:
    told = queries.waiting_to_confirm()
    if number := told["signed"]:
        url = reverse("charters:show_charter", args=[organisation.slug, told["charter"]])
        thing = f"{number} signature{'' if number == 1 else 's'} of charters"
        yield Waiting(
            verb="Confirm", thing=thing, url=f"{url}?state=signed", minutes=MINUTES * number, since=told["since"]
        )


def to_answer(organisation: Any) -> Iterator[Waiting]:
    told = queries.waiting_here(timezone.localdate())
    if number := told["offered"]:
        yield Waiting(
            verb="Sign", thing=f"{number} charter{'' if number == 1 else 's'}, or say no", url=place(organisation, told["offered_pk"], number),
            minutes=MINUTES_TO_SIGN * number, since=told["offered_since"],
        )  # fmt: skip
    if number := told["due"]:
        yield Waiting(
            verb="Report on", thing=f"the pledges of {number} charter{'' if number == 1 else 's'}", url=place(organisation, told["due_pk"], number),
            minutes=MINUTES_TO_REPORT * number, since=told["due_since"], due_on=told["due_on"],
        )  # fmt: skip


def place(organisation: Any, pk: int, number: int) -> str:
    """The one that waits, or the list of them."""
    if number == 1:
        return reverse("charters:show_signature", args=[organisation.slug, pk])
    return reverse("charters:list_charters", args=[organisation.slug])
