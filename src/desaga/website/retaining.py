"""What `privacy` is told of the website’s own tables: what is deleted when."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desaga.privacy.kinds import gone
from desaga.privacy.retaining import Retained, retain

from .models import LostLink


def delete_lost(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    found = LostLink.objects.filter(organisation=organisation, looked_at__lt=before)
    return {"links of the site that led nowhere": gone(found, dry)}


def register() -> None:
    retain(
        Retained(
            key="lost_links",
            name="Links of the site that led nowhere",
            what="The page, the words and the address of a link that led nowhere when it was last looked at",
            days=30,
            reason="Links are looked at every night: what was not looked at for a month stands on no page any more",
            counted_from="the day on which it was last looked at",
            stays="Nothing",
            delete=delete_lost,
            most=180,
        )
    )
