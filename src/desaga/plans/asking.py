"""When somebody was asked how actions go: slices above ask, plans only want to know it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

#: Each answers, for a plan and a day, the actions' ids with the days on which a round asked about them that had fallen due before.
Asked = Callable[[Any, date], Iterable[tuple[int, date]]]
SOURCES: list[Asked] = []


def add_source(source: Asked) -> None:
    """For slices above: one more way in which actions are asked about. Repeats harmlessly."""
    if source not in SOURCES:
        SOURCES.append(source)


def asked_on(plan: Any, today: date) -> dict[int, list[date]]:
    """The days on which each action was asked about, the last first; as many queries as there are sources."""
    days: dict[int, set[date]] = defaultdict(set)
    for source in SOURCES:
        for action, day in source(plan, today):
            days[action].add(day)
    return {action: sorted(known, reverse=True) for action, known in days.items()}
