"""Dates as calendar programs read them (RFC 5545). Pure Python."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from icalendar import Calendar, Event, vDuration


@dataclass(frozen=True)
class Dated:
    """One thing with a day. `uid` stays the same however often the feed is fetched; `changed_at` is when the thing was changed last."""

    uid: str
    on: date
    summary: str
    description: str
    url: str
    changed_at: datetime


#: Answers a user's dates in one organisation, within whose scope it is asked.
Dates = Callable[[Any, Any], Iterable[Dated]]

SOURCES: list[Dates] = []


def add_dates(source: Dates) -> None:
    """For slices above: more dates for everybody's calendar. Repeats harmlessly."""
    if source not in SOURCES:
        SOURCES.append(source)


def calendar_of(name: str, dated: Iterable[Dated]) -> bytes:
    """A whole-day entry for each thing; programs are asked to fetch it anew twice a day."""
    calendar = Calendar()
    calendar.add("prodid", "-//Desaga//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", vDuration(timedelta(hours=12)), parameters={"VALUE": "DURATION"})
    for one in dated:
        event = Event()
        event.add("uid", one.uid)
        event.add("dtstamp", one.changed_at)
        event.add("dtstart", one.on)
        event.add("dtend", one.on + timedelta(days=1))
        event.add("summary", one.summary)
        event.add("description", one.description)
        event.add("url", one.url)
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return calendar.to_ical()
