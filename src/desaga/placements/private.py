"""What `privacy` is told of placements: how long the keys of ended links may be kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desaga.privacy.kinds import gone
from desaga.privacy.retaining import Retained, retain

from .models import AwardLetter


def delete_ended(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    """The letters with a link that ended: what they said is wiped by the mail itself."""
    found = AwardLetter.objects.filter(organisation=organisation, expires_at__lt=before).exclude(key_hash=None)
    return {"keys of links": gone(found, dry)}


def register() -> None:
    retain(
        Retained(
            key="ended_award_links",
            name="Ended links about awards",
            what="The hashes of keys that let somebody sign, confirm or answer from an e-mail, once they have ended",
            days=365,
            reason="An ended link opens nothing; a year helps to answer why a link did not work, and keeps reminders from being sent anew",
            counted_from="the day on which the link ended",
            stays="Signatures, confirmed days and answers",
            delete=delete_ended,
            is_usual=True,
        )
    )
