"""Rows of people who may have no account: the slice that holds them says here how they are found, shown and left out."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Rows:
    """What `privacy` needs to know of a slice's rows of people. Each is called within the organisation.

    `key_of(organisation, number)`: the opaque key of a staff number, None where nobody has it. `snapshots_with(key)`: ids of the snapshots that hold the
    person. `told(organisation, key, equality)`: all that is held about them, as rows of words by heading; what they said of themselves only where
    `equality` is true. `keeps_equality`: the permission of whoever may see that of others. `forget(organisation, key, about)`: delete what an accepted
    objection says, and answer how many rows of what went.
    """

    key_of: Callable[[Any, str], UUID | None]
    snapshots_with: Callable[[UUID], Collection[int]]
    told: Callable[[Any, UUID, bool], Mapping[str, Iterable[Mapping[str, Any]]]]
    keeps_equality: str
    forget: Callable[[Any, UUID, str], Mapping[str, int]]


HELD: list[Rows] = []


def hold(rows: Rows) -> None:
    """Say that a slice holds rows of people. Repeats harmlessly."""
    if rows not in HELD:
        HELD.append(rows)
