"""Everything that venues and those who lend do with a request."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from desaga.accounts.keys import hash_of, new_key
from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from .. import queries
from ..models import Tour, TourRequest, TourStop
from ..states import OPEN, TourState
from . import mails
from .gate import NotNow, move, note


class TourIsClosed(Refused):
    """It cannot be asked for at the moment. Thank you all the same."""


class NotTheseDays(Refused):
    """Say from which day to which: days to come, the second not before the first."""


class TooLong(Refused):
    """Nobody can have it for so long. Choose fewer days."""


class TakenThen(Refused):
    """On some of these days it is promised to another place. Choose others; the calendar shows which are free."""


class SayWhy(Refused):
    """Say in a sentence why: they read it."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a venue sends."""

    venue: str
    venue_kind: str
    place: str
    starts_on: date
    ends_on: date
    contact_name: str
    contact_email: str
    words: str = ""
    submission: UUID | None = None


def refuse_days(tour: Tour, starts_on: date, ends_on: date, today: date) -> None:
    """Raises `NotTheseDays`, `TooLong`."""
    if not today < starts_on <= ends_on:
        raise NotTheseDays
    if (ends_on - starts_on).days + 1 > tour.longest_days:
        raise TooLong(f"A place can have it for {tour.longest_days} days at most. Choose fewer days.")


@transaction.atomic
def ask_for_tour(*, tour: Tour, asked: Asked, now: datetime | None = None) -> TourRequest:
    """Keep what a venue sent, and write to the address that it gave: until the link there is pressed, nobody reads it. Twice the same is once.

    Raises `TourIsClosed`, `NotTheseDays`, `TooLong`.
    """
    now = now or timezone.now()
    if not tour.is_open:
        raise TourIsClosed
    if asked.submission and (known := TourRequest.objects.filter(tour=tour, submission=asked.submission).first()):
        return known
    refuse_days(tour, asked.starts_on, asked.ends_on, timezone.localdate(now))
    key = new_key()
    request = TourRequest.objects.create(
        organisation_id=tour.organisation_id, tour=tour, venue=asked.venue.strip(), venue_kind=asked.venue_kind, place=asked.place.strip(),
        starts_on=asked.starts_on, ends_on=asked.ends_on, contact_name=asked.contact_name.strip(), contact_email=asked.contact_email.strip(),
        words=asked.words.strip(), key_hash=hash_of(key), submission=asked.submission, sent_at=now, since=now,
    )  # fmt: skip
    audit.record(actor=None, verb="sent", thing=request, now=now)
    mails.post_key(request, key)
    return request


@transaction.atomic
def confirm_request(*, request: TourRequest, now: datetime | None = None) -> TourRequest:
    """Whoever holds the link sent it: those who lend read it from now on, and are told. Twice is once. Raises `gate.NotNow`."""
    now = now or timezone.now()
    if locked(request).state == TourState.ASKED:
        return request
    note(request, "sent", actor=None, now=request.sent_at)
    held = move(request, "confirm", actor=None, now=now)
    mails.tell_lenders(held, "asked")
    return held


@transaction.atomic
def withdraw_request(*, request: TourRequest, now: datetime | None = None) -> TourRequest:
    """Taken back by the venue: its days are free again. Raises `gate.NotNow`."""
    now = now or timezone.now()
    was_sent = locked(request).state == TourState.SENT
    held = move(request, "withdraw", actor=None, now=now)
    TourStop.objects.filter(request=held).delete()
    if not was_sent:
        mails.tell_lenders(held, "withdrawn")
    mails.tell_venue(held, "withdrawn")
    return held


@transaction.atomic
def talk_over(*, actor: Any, request: TourRequest, words: str = "", now: datetime | None = None) -> TourRequest:
    """Somebody has spoken with the venue; what was said stands in the history. Raises `gate.NotNow`."""
    return move(request, "talk", actor=actor, now=now or timezone.now(), words=words.strip())


@transaction.atomic
def change_days(
    *, actor: Any, request: TourRequest, starts_on: date, ends_on: date, now: datetime | None = None
) -> TourRequest:
    """Other days; where it is promised already, the calendar follows and the venue is told. Raises `gate.NotNow`, `NotTheseDays`, `TooLong`, `TakenThen`."""
    now = now or timezone.now()
    held = locked(request)
    if held.state not in OPEN:
        raise NotNow
    if (held.starts_on, held.ends_on) == (starts_on, ends_on):
        return held
    refuse_days(held.tour, starts_on, ends_on, timezone.localdate(now))
    changes = {
        "starts_on": [str(held.starts_on), str(starts_on)],
        "ends_on": [str(held.ends_on), str(ends_on)],
    }
    held.starts_on, held.ends_on = starts_on, ends_on
    held.save(update_fields=["starts_on", "ends_on"])
    note(held, "days changed", actor=actor, now=now)
    audit.record(actor=actor, verb="changed the days", thing=held, changes=changes, now=now)
    if held.state == TourState.AGREED:
        promise(held)
        mails.tell_venue(held, "agreed")
    return held


@transaction.atomic
def agree(*, actor: Any, request: TourRequest, words: str = "", now: datetime | None = None) -> TourRequest:
    """The venue has it on its days; the public page says so, and the venue is told. Raises `gate.NotNow`, `TakenThen`."""
    held = move(request, "agree", actor=actor, now=now or timezone.now(), words=words.strip())
    promise(held)
    mails.tell_venue(held, "agreed", words.strip())
    return held


def promise(request: TourRequest) -> TourStop:
    """One place at a time: requests of one tour are promised one after the other. Raises `TakenThen`."""
    locked(request.tour)
    if queries.stops_overlapping(request, request.starts_on, request.ends_on).exists():
        raise TakenThen
    told = {"venue": request.venue, "place": request.place, "starts_on": request.starts_on, "ends_on": request.ends_on}
    stop, _ = TourStop.objects.update_or_create(request=request, organisation_id=request.organisation_id, defaults=told)
    return stop


@transaction.atomic
def refuse(*, actor: Any, request: TourRequest, words: str, now: datetime | None = None) -> TourRequest:
    """Not this time; the venue reads why. Raises `gate.NotNow`, `SayWhy`."""
    if not words.strip():
        raise SayWhy
    held = move(request, "refuse", actor=actor, now=now or timezone.now(), words=words.strip())
    mails.tell_venue(held, "refused", words.strip())
    return held


@transaction.atomic
def send_out(*, actor: Any, request: TourRequest, now: datetime | None = None) -> TourRequest:
    """It is on its way to the venue, or there. Raises `gate.NotNow`."""
    return move(request, "send_out", actor=actor, now=now or timezone.now())


@transaction.atomic
def bring_back(*, actor: Any, request: TourRequest, now: datetime | None = None) -> TourRequest:
    """It is back: if before its last day, the days that are left are free again. Raises `gate.NotNow`."""
    now = now or timezone.now()
    held = move(request, "bring_back", actor=actor, now=now)
    today = timezone.localdate(now)
    stop = TourStop.objects.filter(request=held, starts_on__lte=today, ends_on__gt=today).first()
    if stop:
        stop.ends_on = today
        stop.save(update_fields=["ends_on"])
    return held


@transaction.atomic
def call_off(*, actor: Any, request: TourRequest, words: str, now: datetime | None = None) -> TourRequest:
    """It does not come about, as the venue told or as those who lend must say: its days are free again, the venue is told. Raises `gate.NotNow`, `SayWhy`."""
    if not words.strip():
        raise SayWhy
    held = move(request, "call_off", actor=actor, now=now or timezone.now(), words=words.strip())
    TourStop.objects.filter(request=held).delete()
    mails.tell_venue(held, "called_off", words.strip())
    return held
