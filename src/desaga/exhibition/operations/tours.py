"""The tour itself: what is lent, what it needs, and whether places can ask."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import add_row, change_row
from desaga.organisations.refusals import Refused

from .. import queries
from ..models import Tour


class NothingToOpen(Refused):
    """Say first what is lent and what a place needs for it."""


@transaction.atomic
def describe_tour(
    *, actor: Any, organisation: Organisation, title: str, words: str, needs: str, longest_days: int
) -> Tour:
    """What is lent; the first time, it is closed until `open_tour`."""
    fields = {"title": title.strip(), "words": words.strip(), "needs": needs.strip(), "longest_days": longest_days}
    tour = queries.tour_kept()
    if tour is None:
        return add_row(Tour, actor=actor, verb="described", organisation=organisation, **fields)
    return change_row(tour, actor=actor, fields=fields)


@transaction.atomic
def open_tour(*, actor: Any) -> Tour:
    """Places can ask from now on. Raises `NothingToOpen`."""
    return set_open(actor, True, "opened")


@transaction.atomic
def close_tour(*, actor: Any) -> Tour:
    """Places cannot ask any more; what was asked goes on. Raises `NothingToOpen`."""
    return set_open(actor, False, "closed")


def set_open(actor: Any, is_open: bool, verb: str) -> Tour:
    tour = queries.tour_kept()
    if tour is None:
        raise NothingToOpen
    return change_row(tour, actor=actor, verb=verb, fields={"is_open": is_open})
