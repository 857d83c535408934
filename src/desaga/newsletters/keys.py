"""The keys of a newsletter's links: signed, not stored. What is not kept cannot be lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.signing import BadSignature, Signer, TimestampSigner
from django.urls import reverse

CONFIRM, LEAVE = "newsletters.confirm", "newsletters.leave"
#: So long does a link confirm; what nobody confirms is deleted as soon.
A_WEEK = timedelta(days=7)


def confirm_url(organisation: Any, subscription: int) -> str:
    return url("confirm", organisation, TimestampSigner(salt=CONFIRM).sign(f"{organisation.pk}.{subscription}"))


def leave_url(organisation: Any, subscription: int) -> str:
    """One that opens as long as the subscription is there."""
    return url("leave", organisation, Signer(salt=LEAVE).sign(f"{organisation.pk}.{subscription}"))


def url(page: str, organisation: Any, key: str) -> str:
    """The key is a query word: it stands in no log of paths."""
    path = reverse(f"newsletters:{page}", args=[organisation.slug])
    return f"{settings.SITE_ADDRESS}{path}?{urlencode({'key': key})}"


def confirmed_by(organisation: Any, key: str) -> int | None:
    """The subscription that a key confirms; None where it is none of ours or its week is over."""
    return number_in(organisation, TimestampSigner(salt=CONFIRM), key, max_age=A_WEEK)


def left_by(organisation: Any, key: str) -> int | None:
    return number_in(organisation, Signer(salt=LEAVE), key)


def number_in(organisation: Any, signer: Signer, key: str, **limits: Any) -> int | None:
    try:
        whose, _, number = signer.unsign(key, **limits).partition(".")
    except BadSignature:
        return None
    return int(number) if whose == str(organisation.pk) and number.isdecimal() else None
