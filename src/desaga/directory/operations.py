"""Listing oneself, taking it out, and being written to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.notifications.operations import send_mail
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import within

from . import queries
from .fields import FIELDS, ticked, words_of
from .models import Listing

A_YEAR = timedelta(days=365)


class SaysNothing(Refused):
    """Show at least your name or your job: without either, nobody would know whom they found."""


class NotAPerson(Refused):
    """This account is not a person’s, so there is nobody to list."""


class NobodyThere(Refused):
    """Nobody can be written to here any more."""


@transaction.atomic
def list_oneself(
    *,
    actor: Any,
    organisation: Organisation,
    told: Mapping[str, Any],
    may_be_written_to: bool,
    now: datetime | None = None,
) -> Listing:
    """Show what was ticked, for a year from now, in the place of what was shown before; what was not ticked is not kept. Raises `SaysNothing`, `NotAPerson`."""
    now = now or timezone.now()
    if actor.person is None:
        raise NotAPerson
    shown = ticked(told)
    if not (shown["name"] or shown["job"]):
        raise SaysNothing
    fields = {**shown, "words": words_of(shown), "may_be_written_to": may_be_written_to, "agreed_at": now,
              "shown_until": last_day(now)}  # fmt: skip
    listing, is_new = Listing.objects.select_for_update(of=("self",)).update_or_create(
        organisation=organisation, person=actor.person, defaults=fields
    )
    # Which fields, never what stands in them: what is taken out is gone from here too.
    agreed = [label for name, label in FIELDS.items() if shown[name]]
    audit.record(actor=actor, verb="listed themselves in" if is_new else "changed what they show in", thing=listing, changes={"shows": [None, agreed]}, now=now)  # fmt: skip
    return listing


def last_day(now: datetime) -> date:
    return timezone.localdate(now) + A_YEAR


@transaction.atomic
def take_out(*, actor: Any, listing: Listing, now: datetime | None = None) -> None:
    """Gone from this moment on, with all that was in it."""
    held = locked(listing)
    verb = "took themselves out of" if held.person_id == actor.person_id else "took somebody out of"
    audit.record(actor=actor, verb=verb, thing=held, now=now or timezone.now())
    held.delete()


def relay(*, listing: Listing, name: str, email: str, words: str) -> None:
    """Pass a message on to somebody who is listed, in one mail: their address is told to nobody, and nothing of the message is kept. Raises `NobodyThere`."""
    organisation = listing.organisation
    with within(organisation):
        to = queries.address_of(listing)
        if not to or not listing.may_be_written_to:
            raise NobodyThere
        send_mail(
            template="directory/email/message",
            to=to,
            context={
                "dear": listing.name, "name": name.strip(), "words": words.strip(),
                "whose_words": f"Sent through the directory of {organisation.name} on Desaga. Your address was not told to {name.strip()}.",
            },
            organisation=organisation,
            reply_to=email.strip(),
        )  # fmt: skip
