"""What `privacy` is told: requests that nobody confirmed are deleted, and contacts of those that are over are removed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from desaga.privacy.kinds import gone
from desaga.privacy.retaining import Retained, retain

from .models import TourRequest
from .states import ENDED, TourState


def delete_unconfirmed(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    rows = TourRequest.objects.filter(organisation=organisation, state=TourState.SENT, sent_at__lt=before)
    return {"requests that nobody confirmed": gone(rows, dry)}


def strip_contacts(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    rows = TourRequest.objects.filter(organisation=organisation, state__in=ENDED, since__lt=before)
    rows = rows.exclude(contact_email="")
    number = rows.count() if dry else rows.update(contact_name="", contact_email="", words="")
    return {"contacts of venues": number}


def register() -> None:
    retain(
        Retained(
            key="unconfirmed_tour_requests",
            name="Requests for the touring exhibition that nobody confirmed",
            what="What somebody sent in the name of a venue, where the link in the e-mail was never pressed: name, address, words",
            days=7,
            reason="Anybody can give anybody’s address: what is not confirmed within a week is not theirs",
            counted_from="the day on which it was sent",
            stays="The audit says that something was sent",
            delete=delete_unconfirmed,
        )
    )
    retain(
        Retained(
            key="contacts_of_venues",
            name="Contacts of venues",
            what="Who was written to about a request for the touring exhibition that is over: name, address, words",
            days=365,
            reason="A year after it came back, or came to nothing, there is nothing left to ask them",
            counted_from="the day on which it ended",
            stays="Which venue asked for which days, and what became of it",
            delete=strip_contacts,
        )
    )
