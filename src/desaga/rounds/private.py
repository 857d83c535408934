"""What `privacy` is told of rounds: how long the keys of ended links may be kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desaga.privacy.kinds import gone
from desaga.privacy.retaining import Retained, retain

from .models import RequestKey


def delete_ended(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    return {"keys of links": gone(RequestKey.objects.filter(organisation=organisation, expires_at__lt=before), dry)}


def register() -> None:
    retain(
        Retained(
            key="ended_request_links",
            name="Ended links of rounds",
            what="The hashes of keys that let somebody answer from an e-mail, once they have ended",
            days=90,
            reason="An ended link opens nothing; three months help to answer why a link did not work",
            counted_from="the day on which the link ended",
            stays="The request and its log",
            delete=delete_ended,
        )
    )
