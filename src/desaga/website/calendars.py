"""Events as calendar programs read them (RFC 5545), and when they are, in words. Pure Python."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.utils.timezone import localtime
from icalendar import Calendar, Event, vDuration


@dataclass(frozen=True, kw_only=True)
class Dated:
    """One event. `uid` stays the same however often it is fetched; `changed_at` is when it was published last."""

    uid: str
    starts_at: datetime
    ends_at: datetime
    title: str
    words: str
    place: str
    url: str
    changed_at: datetime


def calendar_of(name: str, dated: Iterable[Dated]) -> bytes:
    """An entry for each event, its times in UTC: every program shows them in its own."""
    calendar = Calendar()
    calendar.add("prodid", "-//Desaga//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(timedelta(hours=12)), parameters={"VALUE": "DURATION"})
    for one in dated:
        event = Event()
        event.add("uid", f"{one.uid}@{one.url.split('/')[2]}")
        event.add("dtstamp", one.changed_at.astimezone(UTC))
        event.add("last-modified", one.changed_at.astimezone(UTC))
        event.add("dtstart", one.starts_at.astimezone(UTC))
        event.add("dtend", one.ends_at.astimezone(UTC))
        event.add("summary", one.title)
        event.add("description", one.words)
        if one.place:
            event.add("location", one.place)
        event.add("url", one.url)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def in_words(starts_at: datetime, ends_at: datetime) -> str:
    """ "4 July 2026, 10:00 to 16:00"; over days "4 July 2026, 10:00 to 6 July 2026, 16:00"."""
    begins, ends = localtime(starts_at), localtime(ends_at)
    day = f"{begins.day} {begins:%B %Y, %H:%M}"
    return f"{day} to {ends:%H:%M}" if begins.date() == ends.date() else f"{day} to {ends.day} {ends:%B %Y, %H:%M}"
