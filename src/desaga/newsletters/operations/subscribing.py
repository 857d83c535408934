"""Joining by two steps, leaving by one, and what ends a subscription by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.notifications.operations import forget_mails, send_mail
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from .. import keys, queries
from ..models import Letter, Subscription
from ..states import is_hard

#: So many links that were sent to one address are remembered.
MOST_KEPT = 20


class NoSuchAddress(Refused):
    """No newsletter of yours goes to this address."""


@transaction.atomic
def ask_to_join(*, organisation: Organisation, email: str, now: datetime | None = None) -> Subscription:
    """Write to an address that somebody gave: nothing goes there before the link in that mail is pressed. Twice is once."""
    one, is_new = Subscription.objects.get_or_create(
        organisation=organisation, email=email.strip().lower(), defaults={"asked_at": now or timezone.now()}
    )
    if not is_new and one.confirmed_at is None:
        one.asked_at = now or timezone.now()
    mail = send_mail(
        template="newsletters/email/confirm",
        to=one.email,
        context={
            "button_label": "Yes, send it to me", "button_url": keys.confirm_url(organisation, one.pk),
            "whose_words": f"{organisation.name}, through Desaga. If you did not ask for this, do nothing: your address is deleted after a week.",
        },
        organisation=organisation,
    )  # fmt: skip
    one.mails = [*one.mails, mail.pk][-MOST_KEPT:]
    one.save(update_fields=["asked_at", "mails"])
    return one


@transaction.atomic
def confirm(*, subscription: Subscription, now: datetime | None = None) -> Subscription:
    """Whoever holds the link reads that mailbox. Twice is once."""
    held = locked(subscription)
    if held.confirmed_at is None:
        held.confirmed_at = now or timezone.now()
        held.save(update_fields=["confirmed_at"])
        audit.record(actor=None, verb="confirmed", thing=held, now=held.confirmed_at)
    return held


@transaction.atomic
def leave(*, subscription: Subscription, actor: Any = None, now: datetime | None = None, why: str = "left") -> None:
    """The address is deleted, also where it stands with mails that went there. Only that somebody left is kept."""
    now = now or timezone.now()
    held = locked(subscription)
    mails = queries.mails_to(held)
    audit.record(actor=actor, verb=why, thing=held, organisation=held.organisation, now=now)
    forget_mails(organisation=held.organisation, ids=[*mails, *held.mails], until={}, now=now)
    held.delete()


@transaction.atomic
def end_for_them(*, actor: Any, email: str, now: datetime | None = None) -> None:
    """Somebody asked us to stop writing to them. Raises `NoSuchAddress`."""
    found = queries.subscriptions_at(email).first()
    if found is None:
        raise NoSuchAddress
    leave(subscription=found, actor=actor, now=now, why="was ended")


def hear_of_return(*, mail_id: int, status: str, at: datetime) -> None:
    """A mail came back: counted with its issue; where nobody is reached at the address any more, the subscription ends. Call within the organisation."""
    for letter in queries.letters_of(mail_id):
        Letter.objects.filter(pk=letter.pk).update(came_back_at=at)
        if letter.subscription and is_hard(status):
            leave(subscription=letter.subscription, now=at, why="ended, as mail came back")
