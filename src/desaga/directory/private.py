"""What `privacy` is told of the directory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from desaga.privacy.kinds import gone
from desaga.privacy.retaining import Retained, retain
from desaga.privacy.sources import Source, tell

from . import queries
from .fields import FIELDS, LISTS
from .models import Listing


def delete_ended(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    over = Listing.objects.filter(organisation=organisation, shown_until__lt=timezone.localdate(before))
    return {
        "entries whose year is over": gone(over, dry),
        "entries of people who have left": gone(queries.gone_from_here(), dry),
    }


def own_told(person: Any, user: Any, organisation: Any) -> Iterator[Mapping[str, Any]]:
    one = queries.own_listing(person)
    if one is not None:
        told = {
            label: ", ".join(getattr(one, name)) if name in LISTS else getattr(one, name)
            for name, label in FIELDS.items()
        }
        yield told | {"Agreed": one.agreed_at.isoformat(), "Shown until": one.shown_until.isoformat()}


def register() -> None:
    tell(Source(key="directory", title="Their entry in the directory", collect=own_told))
    retain(
        Retained(
            key="ended_listings",
            name="Directory: entries that have ended",
            what="An entry that was shown for a year and not renewed, and one of somebody who has left: name, job, skills, as they chose",
            days=1,
            reason="What is not shown any more serves nobody",
            counted_from="the last day on which it was shown; of somebody who left, at once",
            stays="The audit says that somebody was listed, without what was shown",
            delete=delete_ended,
            most=30,
        )
    )
