"""When groups meet next, told by slices above in which meetings are planned."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Meeting:
    """A planned meeting of a group: the day, what it is about, and where one reads of it."""

    on: date
    what: str
    url: str


# (groups, by id; today) -> the next planned meeting of each that has one, today's with it. Called within the organisation.
Source = Callable[[Collection[int], date], Mapping[int, Meeting]]

_sources: list[Source] = []


def tell_meetings(source: Source) -> None:
    """For slices above: ask this function too. Repeats harmlessly."""
    if source not in _sources:
        _sources.append(source)


def next_meetings(groups: Collection[int], today: date) -> dict[int, Meeting]:
    """The first planned meeting of each group."""
    found: dict[int, Meeting] = {}
    for source in _sources:
        for group, meeting in source(groups, today).items():
            found[group] = min(found.get(group, meeting), meeting, key=lambda one: one.on)
    return found
