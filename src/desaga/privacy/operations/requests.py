"""Answering whoever has no account here and asks what is held about them: by staff number, through the steward."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from ..collecting import parts_without_account
from ..rows import HELD
from .accesses import record_access
from .objections import key_of

PAGE = "Data of one person"
WHY = "They asked for all that is held about them"


@transaction.atomic
def answer_request(*, actor: Any, organisation: Any, number: str) -> dict[str, Any]:
    """All that is held of whoever has a staff number, as a person's export has it; kept nowhere, and written down as a look at their rows.

    What they said of themselves is in it only where `actor` may see that. Raises `NobodyHasIt`.
    """
    key = key_of(organisation, number)
    equality = all(actor.has_perm(rows.keeps_equality, organisation) for rows in HELD)
    parts = list(parts_without_account(organisation, key, equality))
    record_access(actor=actor, page=PAGE, rows=1, why=WHY, keys=[key], has_equality=equality, organisation=organisation)
    name = f"whoever has the staff number {number.strip()} at {organisation.name}"
    return {"made_at": timezone.now().isoformat(timespec="seconds"), "name": name, "parts": parts}
