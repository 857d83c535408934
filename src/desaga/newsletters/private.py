"""What `privacy` is told of newsletters: what is deleted when, and what of a person is in their export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from desaga.notifications.operations import forget_mails
from desaga.privacy.kinds import gone
from desaga.privacy.retaining import Retained, retain
from desaga.privacy.sources import Source, tell

from . import queries
from .models import Letter, Subscription


def delete_unconfirmed(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    found = Subscription.objects.filter(organisation=organisation, confirmed_at=None, asked_at__lt=before)
    return {"addresses that nobody confirmed": gone(found, dry)}


def forget_addresses(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    found = Letter.objects.filter(organisation=organisation, issue__sent_at__lt=before, mail_id__isnull=False)
    mails = list(found.values_list("mail_id", flat=True))
    number = len(mails) if dry else forget_mails(organisation=organisation, ids=mails, until={}, now=before)
    return {"addresses of sent newsletters": number}


def own_told(person: Any, user: Any, organisation: Any) -> Iterator[Mapping[str, Any]]:
    """The newsletter that goes to their address."""
    if user is None:
        return
    for one in queries.subscriptions_at(user.email):
        yield {"E-mail": one.email, "Asked for": one.asked_at.isoformat(), "Confirmed": one.confirmed_at.isoformat() if one.confirmed_at else "No"}  # fmt: skip


def register() -> None:
    tell(Source(key="newsletters", title="Newsletters that go to them", collect=own_told))
    retain(
        Retained(
            key="unconfirmed_subscriptions",
            name="Newsletter: addresses that nobody confirmed",
            what="An address that somebody gave, where the link in the e-mail was never pressed",
            days=7,
            reason="Anybody can give anybody’s address: what is not confirmed within a week is not theirs",
            counted_from="the day on which the link was sent last",
            stays="Nothing",
            delete=delete_unconfirmed,
            most=30,
        )
    )
    retain(
        Retained(
            key="newsletter_addresses",
            name="Newsletter: to whom an issue went",
            what="The address that stands with each mail of an issue in the ledger of mail",
            days=30,
            reason="Long enough for reports of mails that come back; the list of subscribers holds who gets the next",
            counted_from="the day on which the issue was sent",
            stays="How many it went to, and how many came back",
            delete=forget_addresses,
        )
    )
