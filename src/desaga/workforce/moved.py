"""Who is new, gone or changed in a file, as its page lists them: by movement, and found by a word of name or number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from .states import Movement

#: What each tab lists; "new" has those who are back in it, as its number does.
TABS = {"": tuple(Movement), "new": (Movement.NEW, Movement.BACK), "back": (Movement.BACK,), "gone": (Movement.GONE,), "changed": (Movement.CHANGED,)}  # fmt: skip
PARTS = ("Title", "Grade", "Unit", "FTE")
Post = Sequence[str] | None


@dataclass(frozen=True, slots=True)
class ShownMoved:
    """One person: what happened, and their post before and now."""

    movement: Movement
    key: UUID
    number: str
    name: str
    was: Post
    now: Post

    @property
    def before(self) -> str:
        return post_words(self.was)

    @property
    def after(self) -> str:
        return post_words(self.now)

    @property
    def differs(self) -> str:
        """Which parts of the post changed: "Grade, FTE"."""
        pairs = zip(PARTS, self.was or (), self.now or (), strict=False)
        return ", ".join(part for part, was, now in pairs if was != now)


def post_words(post: Post) -> str:
    """ "Technician, grade 5, Workshops, FTE 0.6": what the extract says of it."""
    if post is None:
        return ""
    title, grade, unit, fte = post
    told = (title, f"grade {grade}" if grade else "", unit, f"FTE {share}" if (share := share_words(fte)) else "")
    return ", ".join(filter(None, told))


def share_words(fte: str) -> str:
    """Without noughts behind; empty where the extract has none."""
    # not a count of people: how much of a post a contract is
    return (fte.rstrip("0").rstrip(".") if "." in fte else fte) if fte != "None" else ""


def shown_moved(lines: Iterable[Sequence[Any]], tab: str, words: str = "") -> list[ShownMoved]:
    """Those of a tab in whose name or number all the words stand."""
    wanted, found = words.casefold().split(), TABS.get(tab, TABS[""])
    return [
        ShownMoved(Movement(movement), UUID(key), number, name, was, now)
        for movement, key, number, name, was, now in lines
        if movement in found and all(word in f"{number} {name}".casefold() for word in wanted)
    ]
