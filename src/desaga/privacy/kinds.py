"""The classes of data of this slice and of those below it, that are kept for a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desaga.accounts.models import Invitation

from .retaining import Retained, retain


def ended_invitations(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    found = Invitation.objects.filter(expires_at__lt=before, accepted_at=None)
    return {"invitations that nobody accepted": gone(found, dry)}


def gone(found: Any, dry: bool) -> int:
    """How many rows would go, or went; rows that hang on them are not counted."""
    if dry:
        return int(found.count())
    return int(found.delete()[1].get(found.model._meta.label, 0))


def register() -> None:
    retain(
        Retained(
            key="ended_links",
            name="Ended invitations",
            what="Invitations that ended and that nobody accepted: address, name and role",
            days=90,
            reason="Long enough to see that somebody was asked and did not come, and to ask again",
            counted_from="the day on which the link ended",
            stays="The audit says that somebody was invited",
            delete=ended_invitations,
        )
    )
