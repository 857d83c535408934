"""Writing down that somebody saw rows of people: one entry a page, with no name in it."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import Model

from desaga.audit import operations as audit


@transaction.atomic
def note_people_seen(*, actor: Any, thing: Model, number: int) -> None:
    """Say that somebody saw so many rows of people on a page about a thing. Nothing where there was none."""
    if number:
        audit.record(actor=actor, verb="saw rows of people in", thing=thing, note=f"{number} in number")
