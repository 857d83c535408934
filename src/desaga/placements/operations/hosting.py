"""Places that hosts offer: said by the host, or recorded by those who run the scheme; looked at before anybody sees them; taken back on any day."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.keys import hash_of, new_key
from desaga.audit import operations as audit
from desaga.notifications.operations import send_mail
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..models import HostOffer, HostOfferLink, Scheme
from ..shown import OfferState

#: So many of one scheme wait to be looked at; then nobody says more until some are.
MOST_WAITING = 200


class OfferIsBack(Refused):
    """This offer was taken back."""


class TooManyWait(Refused):
    """Many offers wait to be looked at already. Try again in a few days."""


@transaction.atomic
def say_offer(*, scheme: Scheme, email: str, now: datetime | None = None, **told: Any) -> HostOffer:
    """What a host says of itself waits to be looked at; whoever said so gets a link. Raises `TooManyWait`."""
    now = now or timezone.now()
    if HostOffer.objects.filter(scheme=scheme, state=OfferState.WAITING).count() >= MOST_WAITING:
        raise TooManyWait
    offer = HostOffer.objects.create(organisation_id=scheme.organisation_id, scheme=scheme, said_at=now, **told)
    key = new_key()
    HostOfferLink.objects.create(
        organisation_id=scheme.organisation_id, offer=offer, email=email, key_hash=hash_of(key), made_at=now
    )
    path = reverse("placements:change_own_offer", args=[scheme.organisation.slug])
    words = f"You said that {offer.name} offers a place to those who apply to {scheme.name}. {scheme.organisation.name} looks at it before it is shown.\n\nWith this link you change it or take it back, on any day. If it was not you, take it back."
    _mail(offer, email, "Your offer of a place", words, "See your offer", f"{path}?{urlencode({'key': key})}")
    audit.record(actor=None, verb="offered", thing=offer, now=now)
    return offer


@transaction.atomic
def record_offer(*, scheme: Scheme, actor: Any, now: datetime | None = None, **told: Any) -> HostOffer:
    """Those who run the scheme record what a host told them; it is on the page."""
    now = now or timezone.now()
    offer = HostOffer.objects.create(
        organisation_id=scheme.organisation_id, scheme=scheme, said_at=now, decided_at=now, state=OfferState.SHOWN,
        published_at=now, **told,
    )  # fmt: skip
    audit.record(actor=actor, verb="recorded", thing=offer, now=now)
    return offer


@transaction.atomic
def change_offer(*, offer: HostOffer, actor: Any = None, now: datetime | None = None, **told: Any) -> HostOffer:
    """Say it otherwise. By the host, it waits to be looked at anew, and is off the page until then; by those who run the scheme it stays where it is. Raises `OfferIsBack`."""
    now = now or timezone.now()
    held = _going(offer)
    for name, value in told.items():
        setattr(held, name, value)
    if actor is None:
        held.state, held.published_at, held.decided_at, held.words = OfferState.WAITING, None, None, ""
    held.save()
    audit.record(actor=actor, verb="changed", thing=held, now=now)
    return held


@transaction.atomic
def withdraw_offer(*, offer: HostOffer, actor: Any = None, now: datetime | None = None) -> HostOffer:
    """Off the page at once. Raises `OfferIsBack`."""
    now = now or timezone.now()
    held = _going(offer)
    held.state, held.published_at, held.decided_at = OfferState.WITHDRAWN, None, now
    held.save(update_fields=["state", "published_at", "decided_at"])
    audit.record(actor=actor, verb="took back", thing=held, now=now)
    return held


@transaction.atomic
def show_offer(*, offer: HostOffer, actor: Any, now: datetime | None = None) -> HostOffer:
    """It is on the scheme's page. Raises `OfferIsBack`."""
    now = now or timezone.now()
    held = _going(offer)
    held.state, held.published_at, held.decided_at, held.words = OfferState.SHOWN, held.published_at or now, now, ""
    held.save()
    audit.record(actor=actor, verb="put on the page", thing=held, now=now)
    return held


@transaction.atomic
def decline_offer(*, offer: HostOffer, words: str, actor: Any, now: datetime | None = None) -> HostOffer:
    """It is not shown; the host is told why. Raises `OfferIsBack`."""
    now = now or timezone.now()
    held = _going(offer)
    held.state, held.published_at, held.decided_at = OfferState.DECLINED, None, now
    held.words = words.strip()[:300]
    held.save()
    if link := HostOfferLink.objects.filter(offer=held).first():
        scheme = held.scheme
        told = f"The place that {held.name} offers is not shown on the page of {scheme.name}: {held.words}\n\nThe link of your first e-mail lets you change it; it is looked at again then."
        page = reverse("placements:show_open_scheme", args=[scheme.organisation.slug, scheme.slug])
        _mail(held, link.email, "Your offer of a place", told, "See the scheme", page)
    audit.record(actor=actor, verb="declined", thing=held, note=held.words, now=now)
    return held


def _going(offer: HostOffer) -> HostOffer:
    held = locked(offer)
    if held.state == OfferState.WITHDRAWN:
        raise OfferIsBack
    return held


def _mail(offer: HostOffer, to: str, subject: str, words: str, button: str, path: str) -> None:
    scheme = offer.scheme
    send_mail(
        template="placements/email/award",
        to=to,
        organisation=scheme.organisation,
        reply_to=scheme.contact,
        context={
            "name": offer.name,
            "letter_subject": subject,
            "letter_words": words,
            "button_label": button,
            "button_url": f"{settings.SITE_ADDRESS}{path}",
            "whose_words": f"{scheme.name}, {scheme.organisation.name}, through Desaga.",
        },
    )
