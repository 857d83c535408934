"""Classes of data that are kept for a time: slices say what each is and how it is deleted, institutions say for how long.

No statute says how long workforce data may be kept for such figures (policy documents must: see FACTS in the ADR), so every default carries its reason and
every institution may set its own. Until it does, what is older than the default is deleted all the same, every night. A class is registered in `AppConfig.ready`; `delete` is called within the organisation, in one transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# (organisation, before, dry) -> how many of what were, or would be, deleted: "people in snapshots" -> 412.
Deleter = Callable[[Any, datetime, bool], Mapping[str, int]]


@dataclass(frozen=True, kw_only=True)
class Retained:
    """A class of data. `kept_after` says from when the days count; `stays` what is kept when it goes.

    `since` says since when some of it is held, None where there is none: then the lead is reminded until they have said a time, and while nothing of it is deleted.
    `is_shown_first`: a shorter time begins only once somebody was shown what would go by it; elsewhere what goes has served its purpose (ended links, leftovers).
    `is_counted_by_few`: how many there are is told to whoever may see exact numbers, and to nobody else.
    """

    key: str
    name: str
    what: str
    days: int
    reason: str
    counted_from: str
    stays: str
    delete: Deleter
    since: Callable[[], datetime | None] | None = None
    is_shown_first: bool = False
    is_counted_by_few: bool = False
    least: int = 1
    most: int = 3650


CLASSES: dict[str, Retained] = {}


def retain(one: Retained) -> None:
    """Add a class of data, or put it in the place of the one of the same key."""
    CLASSES[one.key] = one


def in_words(days: int) -> str:
    """ "3 years", "90 days": as people say it."""
    if days % 365 == 0:
        return "1 year" if days == 365 else f"{days // 365} years"
    return "1 day" if days == 1 else f"{days} days"
