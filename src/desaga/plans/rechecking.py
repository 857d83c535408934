"""When business as usual is looked at again: a year after it became so, or was last found to be so still. Pure Python."""

from __future__ import annotations

from datetime import date


def a_year_after(day: date) -> date:
    """The same day of the next year; 28 February after the 29th."""
    return _moved(day, 1)


def a_year_before(day: date) -> date:
    """The last day from which a year is over on this one."""
    return _moved(day, -1)


def _moved(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)
