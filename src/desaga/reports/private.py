"""What `privacy` is told of reports: how long the keys of ended links may be kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desaga.privacy.kinds import gone
from desaga.privacy.retaining import Retained, retain

from .models import SignOffKey


def delete_ended(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    return {"keys of links": gone(SignOffKey.objects.filter(organisation=organisation, expires_at__lt=before), dry)}


def register() -> None:
    retain(
        Retained(
            key="ended_sign_off_links",
            name="Ended links for signing off",
            what="Name, address and the hash of the key of a link to sign a report off, once it has ended",
            days=90,
            reason="An ended link opens nothing; three months help to answer why a link did not work",
            counted_from="the day on which the link ended",
            stays="The report’s own record of who was asked and who signed",
            delete=delete_ended,
        )
    )
