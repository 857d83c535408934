"""What goes into a pack or a catalogue: the pages that are published, without those whose consents do not cover it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from .. import queries

#: Another number, where pack and catalogue are made otherwise than before: those that there are are made anew.
MADE_AS = 2
WHY = {
    "schools": "Somebody who can be seen in it did not agree to material for schools.",
    "print": "Somebody who can be seen in it did not agree to print.",
}
#: A front stays: its title and text, and what stands behind it.
OF_A_FRONT = "its pictures and quotations are left out. "


@dataclass(frozen=True)
class Gathered:
    """An exhibition as it is shown today: its rooms, each with its things in their order."""

    exhibition: Any
    rooms: list[tuple[Any, list[Any]]] = field(default_factory=list)

    def without(self, flag: str) -> Gathered:
        """Only what may be used so: `for_schools` or `for_print`; fronts without whoever is on them, where they did not agree."""
        left = [(front_in(room, flag), [one for one in things if may_be_in(one, flag)]) for room, things in self.rooms]
        return Gathered(front_in(self.exhibition, flag), left)

    @property
    def pages(self) -> list[Any]:
        return [self.exhibition, *(page for room, things in self.rooms for page in (room, *things))]

    @property
    def things(self) -> list[Any]:
        return [one for _, things in self.rooms for one in things]

    @property
    def in_pack(self) -> list[Any]:
        """The pages whose people, if there are any, are in the pack."""
        return [one for one in self.pages if may_be_in(one, "for_schools")]

    @property
    def in_catalogue(self) -> list[Any]:
        """The same of the catalogue, which has the front's picture and no room's."""
        return [one for one in (self.exhibition, *self.things) if may_be_in(one, "for_print")]

    @property
    def left_out(self) -> list[dict[str, str]]:
        """What may not be in the pack, or not in the catalogue, each with why."""
        pages = (("for_schools", "schools", self.pages), ("for_print", "print", [self.exhibition, *self.things]))
        return [
            {"title": one.title, "where": where, "why": f"{OF_A_FRONT if one.stays else ''}{WHY[where]}"}
            for flag, where, found in pages
            for one in found
            if not getattr(one, flag)
        ]

    @property
    def fingerprint(self) -> str:
        """Of what it would be made: which pages in which order, as they were last published, and what of them may be used."""
        told = [
            (one.pk, one.path, one.last_published_at, one.latest_revision_id, one.title, one.for_schools, one.for_print, one.shown_until,
             blocks_of(one) if one.stays else [])
            for one in self.pages
        ]  # fmt: skip
        return hashlib.sha256(repr([MADE_AS, *told]).encode()).hexdigest()


def blocks_of(front: Any) -> list[Any]:
    """What stands on a front: pictures are taken from it without its being published anew."""
    return [list(blocks.raw_data) for blocks in (front.picture, front.body)]


def may_be_in(page: Any, flag: str) -> bool:
    return getattr(page, flag) and not page.is_over


def front_in(page: Any, flag: str) -> Any:
    """A front as it may be shown there: a copy without anybody, where somebody on it did not agree to that."""
    if may_be_in(page, flag):
        return page
    without = copy(page)
    without.leave_people_out()
    return without


def ends_first(pages: Iterable[Any]) -> date | None:
    """The first day on which somebody on these pages is not shown any more."""
    return min((one.shown_until for one in pages if one.shown_until), default=None)


def gather(exhibition: Any) -> Gathered:
    """Call where the site is reached."""
    things = queries.things_by_room(exhibition)
    return Gathered(exhibition, [(room, things.get(room.path, [])) for room in queries.rooms_of(exhibition)])
