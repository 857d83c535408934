"""What running text says of the plan's time: which years its "Y1" and "Year 2" are, and days that no calendar has."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .dates import find_dates
from .model import Notice, Phase
from .words import plain

_RUNS = re.compile(r"\bplan\b.{0,60}\b(?:runs?|running|covers?|covering|lasts?|spans?|period|years? from)\b", re.I)


def years_told(lines: Iterable[str]) -> list[Phase]:
    """Y1, Y2 … of "The plan will run from 1 January 2021 until 31 December 2023"; empty where nothing says so.

    Only whole years are counted, and only from dates that name their months.
    """
    for line in map(plain, lines):
        if len(line) < 400 and _RUNS.search(line):
            dates = [date for date in find_dates(line)[0] if date.precision in {"day", "month"}]
            if len(dates) == 2 and (years := _whole_years(dates[0].start, dates[1].end)):
                return years
    return []


def _whole_years(start: str, end: str) -> list[Phase]:
    first = int(start[:4]) * 12 + int(start[5:7]) - 1
    months = int(end[:4]) * 12 + int(end[5:7]) - first
    if not 12 <= months <= 120 or months % 12:
        return []
    ends = range(first + 12, first + months + 1, 12)
    return [Phase(f"Y{number}", _month(last - 12), _month(last - 1)) for number, last in enumerate(ends, start=1)]


def _month(count: int) -> str:
    return f"{count // 12}-{count % 12 + 1:02}"


def impossible_days(lines: Iterable[str]) -> list[Notice]:
    """A notice for each day in the text that the calendar does not have ("31 June 2018")."""
    days: dict[str, None] = {}
    for line in map(plain, lines):
        if len(line) < 1000:
            days.update(dict.fromkeys(find_dates(line)[1]))
    message = "“{}” is not a day of the calendar. The words were kept."
    return [Notice("period", "impossible_date", message.format(day)) for day in days]
