"""What waits for a person, told to the page that shows it by the slices in which it waits.

A slice registers in its `AppConfig.ready` a function that answers for one user in one organisation; `home` asks all of
them, organisation by organisation, each within that organisation's scope.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """One thing to do: verb and object ("Review", "what was read from plan.docx"), where, and how long it takes.

    `minutes` is a fair guess for somebody who does it the first time. `since` says since when it waits, `due_on` until
    which day it should be done, where there is one.
    """

    verb: str
    thing: str
    url: str
    minutes: int
    since: datetime
    due_on: date | None = None


# user -> what waits for them of their own, in whatever organisation. Called in the person's own standing.
OwnSource = Callable[[Any], Iterable[Waiting]]

_own_sources: list[OwnSource] = []


def register_own(source: OwnSource) -> None:
    """Ask this function too for what is a person's own, where they need not belong to the organisation. Repeats harmlessly."""
    if source not in _own_sources:
        _own_sources.append(source)


def own_waiting_for(user: Any) -> list[Waiting]:
    """What waits for a person of their own: what is due first, then what waits longest."""
    return _sorted(item for source in _own_sources for item in source(user))


def _sorted(found: Iterable[Waiting]) -> list[Waiting]:
    return sorted(found, key=lambda item: (item.due_on is None, item.due_on or date.max, item.since))


# (user, organisation) -> what waits for the user there. Called within the organisation.
Source = Callable[[Any, Any], Iterable[Waiting]]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Ask this function too, whenever a person looks what waits for them. Repeats harmlessly."""
    if source not in _sources:
        _sources.append(source)


def waiting_for(user: Any, organisation: Any) -> list[Waiting]:
    """What waits for a user in the organisation that is in scope: what is due first, then what waits longest."""
    return _sorted(item for source in _sources for item in source(user, organisation))
