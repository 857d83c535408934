"""Dates as exact as their author made them: "2025", "2025-03" or "2025-03-31" as text. Pure Python."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

MONTHS = (
    "January February March April May June July August September October November December"  # as people write them
).split()
NUMBER_OF = {name[:length].casefold(): n for n, name in enumerate(MONTHS, 1) for length in (3, len(name))} | {"sept": 9}
ISO = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
SLASHED = re.compile(r"(?:(\d{1,2})[/.])?(\d{1,2})[/.](\d{4})")
WORDED = re.compile(r"(?:(\d{1,2})(?:st|nd|rd|th)?[ -])?([a-z]+)\.?[ ,-]+(\d{4}|\d{2})", re.IGNORECASE)


class NotADate(ValueError):
    """Write a date that exists, such as 2027, March 2027 or 31 March 2027."""

    def __str__(self) -> str:
        return super().__str__() or str(self.__doc__)


def first_day(text: str | None) -> date | None:
    """The first day that a partial ISO date covers; None for nothing, or for what the calendar does not have."""
    parts = _parts(text)
    return _date(parts[0], parts[1] or 1, parts[2] or 1) if parts else None


def last_day(text: str | None) -> date | None:
    """The last day that a partial ISO date covers."""
    parts = _parts(text)
    if not parts:
        return None
    year, month, day = parts
    month = month or 12
    return _date(year, month, day or (monthrange(year, month)[1] if 1 <= month <= 12 else 1))


def precision_of(text: str | None) -> str:
    """year, month or day, by the length of a partial ISO date; none for nothing."""
    parts = _parts(text)
    return "none" if not parts else "day" if parts[2] else "month" if parts[1] else "year"


def coarsest(*days: str | None) -> str:
    """How exact the least exact of some partial ISO dates is; none where there is none."""
    told = [precision_of(day) for day in days if day]
    return min(told, key=("year", "month", "day").index) if told else "none"


def said(text: str | None) -> str:
    """A partial ISO date in words, no more exact than it is: "2025", "March 2025", "31 March 2025"."""
    parts = _parts(text)
    if not parts or not 1 <= (parts[1] or 1) <= 12:
        return text or ""
    year, month, day = parts
    words = [str(day)] if day else []
    return " ".join([*words, *([MONTHS[month - 1]] if month else []), str(year)])


def understood(words: str) -> str:
    """What somebody typed as a partial ISO date. Raises `NotADate`; nothing typed gives ""."""
    words = words.strip()
    if not words:
        return ""
    year, month, day = _typed(words)
    if _date(year, month or 1, day or 1) is None or not 1900 <= year <= 2199:
        raise NotADate
    return "-".join([f"{year:04}", *([f"{month:02}"] if month else []), *([f"{day:02}"] if day else [])])


def _typed(words: str) -> tuple[int, int | None, int | None]:
    if found := ISO.fullmatch(words):
        return int(found[1]), _number(found[2]), _number(found[3])
    if found := SLASHED.fullmatch(words):
        return int(found[3]), int(found[2]), _number(found[1])
    if found := WORDED.fullmatch(words):
        month = NUMBER_OF.get(found[2].casefold())
        if month:
            return int(found[3]) + (2000 if len(found[3]) == 2 else 0), month, _number(found[1])
    raise NotADate


def _parts(text: str | None) -> tuple[int, int | None, int | None] | None:
    found = ISO.fullmatch(text or "")
    return (int(found[1]), _number(found[2]), _number(found[3])) if found else None


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
