"""What `privacy` is told of placements: how long the keys of ended links may be kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desaga.privacy.kinds import gone
from desaga.privacy.retaining import Retained, retain

from .models import AskingKey


def delete_ended(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    return {"keys of links": gone(AskingKey.objects.filter(organisation=organisation, expires_at__lt=before), dry)}


def register() -> None:
    retain(
        Retained(
            key="ended_approval_links",
            name="Ended links of approvals",
            what="The hashes of keys that let somebody approve an application from an e-mail, once they have ended",
            days=90,
            reason="An ended link opens nothing; three months help to answer why a link did not work",
            counted_from="the day on which the link ended",
            stays="Who was asked, and what they said, as long as the application",
            delete=delete_ended,
            is_usual=True,
        )
    )
