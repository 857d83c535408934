"""What goes into a pack or a catalogue: the pages that are published, without those whose consents do not cover it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from .. import queries

WHY = {
    "schools": "Somebody who can be seen in it did not agree to material for schools.",
    "print": "Somebody who can be seen in it did not agree to print.",
}


@dataclass(frozen=True)
class Gathered:
    """An exhibition as it is shown today: its rooms, each with its things in their order."""

    exhibition: Any
    rooms: list[tuple[Any, list[Any]]] = field(default_factory=list)

    def without(self, flag: str) -> Gathered:
        """Only what may be used so: `for_schools` or `for_print`."""
        left = [(room, [one for one in things if getattr(one, flag)]) for room, things in self.rooms]
        return Gathered(self.exhibition, left)

    @property
    def pages(self) -> list[Any]:
        return [self.exhibition, *(page for room, things in self.rooms for page in (room, *things))]

    @property
    def things(self) -> list[Any]:
        return [one for _, things in self.rooms for one in things]

    @property
    def left_out(self) -> list[dict[str, str]]:
        """What may not be in the pack, or not in the catalogue, each with why."""
        told = []
        for one in self.things:
            for flag, where in (("for_schools", "schools"), ("for_print", "print")):
                if not getattr(one, flag):
                    told.append({"title": one.title, "where": where, "why": WHY[where]})
        return told

    @property
    def fingerprint(self) -> str:
        """Of what it would be made: which pages in which order, as they were last published, and what of them may be used."""
        told = [
            (one.pk, one.path, one.last_published_at, one.latest_revision_id, one.title,
             getattr(one, "for_schools", True), getattr(one, "for_print", True), getattr(one, "shown_until", None))
            for one in self.pages
        ]  # fmt: skip
        return hashlib.sha256(repr(told).encode()).hexdigest()


def gather(exhibition: Any) -> Gathered:
    """Call where the site is reached."""
    things = queries.things_by_room(exhibition)
    return Gathered(exhibition, [(room, things.get(room.path, [])) for room in queries.rooms_of(exhibition)])
