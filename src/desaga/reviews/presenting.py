"""What a page shows of snapshots."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from desaga.plans.models import Action
from desaga.plans.sections import Section

from . import queries
from .comparing import Frozen
from .models import Review
from .packs import Pack

MONTHS_BETWEEN = 3


@dataclass(frozen=True, slots=True)
class Point:
    """An action as it stands in the pack, as it stood before, and what brings it before the group."""

    now: Frozen
    was: Frozen | None
    reasons: tuple[str, ...]
    words: tuple[str, ...]


def history_in(pack: Pack, pk: int) -> Point | None:
    """An action of a pack; None where the plan was frozen without it."""
    found = {one["id"]: one for one in pack.now["actions"]}.get(pk)
    if found is None:
        return None
    before = {one["id"]: one for one in pack.before["actions"]}.get(pk) if pack.before else None
    item = next((one for one in pack.agenda if one.id == pk), None)
    return Point(found, before, item.reasons if item else (), item.words if item else ())


def next_meeting(review: Review) -> date:
    """When the group meets again: as often as it says, else three months on, since reviews are three-monthly, as plans of the field have it."""
    every = review.group.meets_every_months if review.group else None
    return months_on(review.meets_on, every or MONTHS_BETWEEN)


def months_on(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def section_of(action: Action) -> Section | None:
    """What meetings decided of an action and left to do, on its page."""
    decisions, tasks = queries.meetings_of_action(action)
    if not decisions and not tasks:
        return None
    return Section("reviews/of_action.html", {"decisions": decisions, "tasks": tasks})
