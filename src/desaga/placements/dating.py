"""Which sitting of the panel hears what is complete by a day, and when what follows a placement is due. Pure."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable
from datetime import date, timedelta
from typing import NamedTuple, Protocol, TypeVar


class Sitting(Protocol):
    cut_off_on: date
    meets_on: date


S = TypeVar("S", bound=Sitting)


def sitting_for(sittings: Iterable[S], day: date) -> S | None:
    """The first sitting whose cut-off is not past on that day (the cut-off itself counts), or None where none is planned."""
    open_ones = [one for one in sittings if one.cut_off_on >= day]
    return min(open_ones, key=lambda one: (one.meets_on, one.cut_off_on), default=None)


class Days(NamedTuple):
    """The days of a sitting that is to be planned."""

    cut_off_on: date
    meets_on: date
    answers_by: date


def sittings_until(
    months: Collection[int], day: int, *, cut_off_weeks: int, answer_weeks: int, first: date, until: date
) -> list[Days]:
    """One in each of these months, on that day or the Monday after a weekend, whose cut-off is not before `first`; none meets after `until`."""
    found = []
    for year in range(first.year, until.year + 1):
        for month in sorted(months):
            meets_on = date(year, month, min(day, monthrange(year, month)[1]))
            if meets_on.weekday() > FRIDAY:
                meets_on += timedelta(days=7 - meets_on.weekday())
            cut_off_on = meets_on - timedelta(weeks=cut_off_weeks)
            if cut_off_on >= first and meets_on <= until:
                found.append(Days(cut_off_on, meets_on, meets_on + timedelta(weeks=answer_weeks)))
    return found


FRIDAY = 4


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
