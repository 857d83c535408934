"""What can be read of keys, and whose key is presented."""

from __future__ import annotations

from datetime import datetime
from hmac import compare_digest
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from desaga.organisations.models import Organisation
from desaga.tenancy.context import within

from .models import ENDS_SOON, ApiKey
from .states import KeyState
from .words import read_words


def keys_listed() -> QuerySet[ApiKey]:
    """The organisation's keys, the latest first, with who made them."""
    return ApiKey.objects.select_related("made_by__person", "organisation")


def keys_ending_soon(now: datetime | None = None) -> QuerySet[ApiKey]:
    """Keys in use that end within a fortnight."""
    now = now or timezone.now()
    waiting = ApiKey.objects.filter(revoked_at=None, expires_at__gt=now, expires_at__lte=now + ENDS_SOON)
    return waiting.exclude(last_used_at=None).order_by("expires_at")


def key_of_form(submission: Any) -> ApiKey | None:
    """The key that a form made when it was sent before."""
    return ApiKey.objects.filter(submission=submission).first()


def key_presented(words: str, *, now: datetime | None = None) -> ApiKey | None:
    """The key that holds and has these words, read within the organisation that they name; None for every other.

    Wrong, ended, taken back and another organisation's are not told apart.
    """
    read = read_words(words)
    if read is None:
        return None
    organisation = Organisation.objects.with_workspace().filter(pk=read.organisation_id).first()
    if organisation is None:
        return None
    with within(organisation):
        key = ApiKey.objects.filter(prefix=read.prefix).first()
    if key is None or not compare_digest(key.hash, read.hash):
        return None
    key.organisation = organisation
    return key if key.state_at(now or timezone.now()) == KeyState.HOLDS else None
