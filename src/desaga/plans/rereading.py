"""A document read anew while somebody was at its rows: which row is which action now, and what stays of each. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Data = Mapping[str, Any]
#: What a reading gives and nobody types.
GIVEN = ("id", "source", "notices")
_PART = re.compile(r"-part-\d+$")


@dataclass
class Pairs:
    """Rows by their index, each with the index of the action that it is now."""

    action_of: dict[int, int] = field(default_factory=dict)
    #: Actions that no row is, and that no row holds since a join.
    fresh: list[int] = field(default_factory=list)


def paired(rows: Sequence[Data], held: Sequence[Sequence[Data]], actions: Sequence[Data]) -> Pairs:
    """Which action each row is: the one of its id, else the one from its place. `held` are the readings joined into each row.

    A part of a row that was split is the action of the whole row.
    """
    known = _Known(actions)
    pairs = Pairs()
    taken: set[int] = set()
    for index, row in enumerate(rows):
        at = known.find(row)
        if at is not None:
            pairs.action_of[index] = at
            taken.add(at)
    for readings in held:
        taken |= {at for reading in readings if (at := known.find(reading)) is not None}
    pairs.fresh = [at for at in range(len(actions)) if at not in taken]
    return pairs


class _Known:
    """Actions by id and, where only one stands there, by place."""

    def __init__(self, actions: Sequence[Data]) -> None:
        self.by_id = {action["id"]: at for at, action in enumerate(actions)}
        places = [_place(action) for action in actions]
        self.by_place = {place: at for at, place in enumerate(places) if place and places.count(place) == 1}

    def find(self, reading: Data) -> int | None:
        whole = base_id(reading["id"])
        at = self.by_id.get(whole)
        return at if at is not None else self.by_place.get(_place(reading))


def base_id(reading_id: str) -> str:
    """The id of the row that a part was split off from: "c-a1" for "c-a1-part-2"."""
    while _PART.search(reading_id):
        reading_id = _PART.sub("", reading_id)
    return reading_id


def _place(reading: Data) -> tuple[Any, ...]:
    told = reading["source"]
    place = (told["sheet"], told["page"], told["row"])
    return place if told["row"] is not None else ()


def reapplied(was: Data, edited: Data | None, now: Data) -> dict[str, Any] | None:
    """What a row says after it was read anew: the new reading with what somebody had corrected; None where nothing was."""
    if edited is None:
        return None
    corrected = {name: value for name, value in edited.items() if name not in GIVEN and value != was[name]}
    notices = _notices(was["notices"], edited["notices"], now["notices"])
    if not corrected and notices == now["notices"]:
        return None
    return {**now, **corrected, "notices": notices}


def _notices(was: Sequence[Data], edited: Sequence[Data], now: Sequence[Data]) -> list[Data]:
    """The doubts of the new reading, less those that were settled, and those that were added."""
    settled = [notice for notice in was if notice not in edited]
    added = [notice for notice in edited if notice not in was]
    return [notice for notice in now if notice not in settled] + [notice for notice in added if notice not in now]
