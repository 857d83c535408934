"""Which sitting of the panel hears what is complete by a day, and when what follows a placement is due. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol, TypeVar


class Sitting(Protocol):
    cut_off_on: date
    meets_on: date


S = TypeVar("S", bound=Sitting)


def sitting_for(sittings: Iterable[S], day: date) -> S | None:
    """The first sitting whose cut-off is not past on that day (the cut-off itself counts), or None where none is planned."""
    open_ones = [one for one in sittings if one.cut_off_on >= day]
    return min(open_ones, key=lambda one: (one.meets_on, one.cut_off_on), default=None)


class After(Protocol):
    """So many days or months after the end; both may be given. `defining.Follow` is one."""

    @property
    def after_days(self) -> int: ...

    @property
    def after_months(self) -> int: ...


def due_after(follow: After, ends_on: date | None) -> date | None:
    """The day on which something is due that follows a last day; None where that is not known. The 31st of a short month is its last day."""
    if ends_on is None:
        return None
    month = ends_on.month - 1 + follow.after_months
    year, month = ends_on.year + month // 12, month % 12 + 1
    return date(year, month, min(ends_on.day, monthrange(year, month)[1])) + timedelta(days=follow.after_days)


def months_before(day: date, months: int) -> date:
    """The same day so many months before, or the last of a month that is too short."""
    month = day.month - 1 - months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def working_days(first: date, last: date) -> list[date]:
    """Monday to Friday, both ends counted."""
    days = (first + timedelta(days=number) for number in range((last - first).days + 1))
    return [day for day in days if day.weekday() < 5]
