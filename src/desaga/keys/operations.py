"""What one can do with keys: make one, take one back; and noting that one was used."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from .models import LONGEST, ApiKey
from .states import Scope
from .words import new_words, read_words

NOTED_EVERY = timedelta(minutes=1)


class KeyMadeAlready(Refused):
    """This form has made its key already, and a key is shown only once. If you did not copy it, take it back and make another."""


class NothingOpened(Refused):
    """Choose at least one thing that the key opens."""


class OneReadingOfPlans(Refused):
    """Choose one of the two for plans: with everything in them, or without people, comments and sources."""


class OneReadingOfFigures(Refused):
    """Choose one of the two for the workforce feed: figures as the public reads them, or as they are read inside."""


class EndsTooLate(Refused):
    """A key holds for a year at most. Choose an earlier day."""


class EndsBeforeItBegins(Refused):
    """Choose a day after today."""


class KeyIsTakenBack(Refused):
    """This key has been taken back already."""


@transaction.atomic
def make_key(
    *,
    actor: Any,
    organisation: Organisation,
    name: str,
    scopes: Sequence[str],
    ends_on: date,
    submission: UUID,
    now: datetime | None = None,
) -> tuple[ApiKey, str]:
    """Make a key that holds until the end of a day; answers it with its words, which nobody can read again.

    Raises `NothingOpened`, `OneReadingOfPlans`, `OneReadingOfFigures`, `EndsTooLate`, `EndsBeforeItBegins`, `KeyMadeAlready`.
    """
    now = now or timezone.now()
    chosen = [scope for scope in Scope.values if scope in scopes]
    ends_at = end_of(ends_on)
    refuse_scopes(chosen)
    refuse_end(ends_at, now)
    locked(organisation)
    if ApiKey.objects.filter(submission=submission).exists():
        raise KeyMadeAlready
    words = new_words(organisation.pk)
    read = read_words(words)
    assert read is not None, "We can read what we write."
    key = ApiKey.objects.create(
        organisation=organisation,
        name=" ".join(name.split()),
        prefix=read.prefix,
        hash=read.hash,
        scopes=chosen,
        made_by=actor,
        made_at=now,
        expires_at=ends_at,
        submission=submission,
    )
    told = {"scopes": [None, key.scope_names], "expires_at": [None, ends_at]}
    audit.record(actor=actor, verb="made", thing=key, changes=told, note=key.beginning, now=now)
    return key, words


def end_of(day: date) -> datetime:
    """The first moment after a day, here."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def refuse_scopes(scopes: Sequence[str]) -> None:
    if not scopes:
        raise NothingOpened
    if {Scope.PLANS, Scope.PLANS_PUBLIC} <= set(scopes):
        raise OneReadingOfPlans
    if {Scope.FIGURES, Scope.FIGURES_PUBLIC} <= set(scopes):
        raise OneReadingOfFigures


def refuse_end(ends_at: datetime, now: datetime) -> None:
    if ends_at - now > LONGEST:
        raise EndsTooLate
    if timezone.localdate(ends_at) <= timezone.localdate(now) + timedelta(days=1):
        raise EndsBeforeItBegins


@transaction.atomic
def revoke_key(*, actor: Any, key: ApiKey, now: datetime | None = None) -> ApiKey:
    """Take a key back: it opens nothing from now on. Raises `KeyIsTakenBack`."""
    now = now or timezone.now()
    held = locked(key)
    if held.revoked_at:
        raise KeyIsTakenBack
    held.revoked_at = now
    held.save(update_fields=["revoked_at"])
    audit.record(actor=actor, verb="took back", thing=held, note=held.beginning, now=now)
    return held


def note_use(*, key: ApiKey, now: datetime | None = None) -> bool:
    """Write down that a key was used, at most once a minute; answers whether it was written. Call within its organisation."""
    now = now or timezone.now()
    if key.last_used_at and now - key.last_used_at < NOTED_EVERY:
        return False
    stale = Q(last_used_at=None) | Q(last_used_at__lte=now - NOTED_EVERY)
    return bool(ApiKey.objects.filter(stale, pk=key.pk).update(last_used_at=now))
