"""What a support holds, as it lies in its seal, and what of it a representative sees. Pure: no models.

Steps and notes are by the member or by the representative. What the representative wrote both see; what the member wrote is seen as far as they share it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any, Self

from .states import By, Share

MOST_STEPS, MOST_NOTES = 60, 200


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way; `number` tells it among the others."""

    number: int
    words: str
    by: str
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """Something written down, on a day in ISO form."""

    number: int
    words: str
    by: str
    on: str

    @property
    def day(self) -> date:
        return date.fromisoformat(self.on)


@dataclass(frozen=True, slots=True)
class Content:
    """All of it. `mails` are the numbers of mails that were sent, so that to whom they went can be forgotten."""

    name: str
    email: str
    shares: tuple[str, ...] = ()
    agreed_on: str = ""
    goal: str = ""
    steps: tuple[Step, ...] = ()
    notes: tuple[Note, ...] = ()
    mails: tuple[int, ...] = field(default=())

    @classmethod
    def opened(cls, data: dict[str, Any]) -> Self:
        """From what lay in the seal."""
        lists = {
            "steps": tuple(Step(**one) for one in data["steps"]),
            "notes": tuple(Note(**one) for one in data["notes"]),
            "shares": tuple(data["shares"]),
            "mails": tuple(data["mails"]),
        }
        return cls(**(data | lists))

    def to_seal(self) -> dict[str, Any]:
        return asdict(self)

    def as_shared(self) -> Content:
        """What the representative sees: whom they wrote to, what they wrote themselves, and what the member shares."""
        theirs = str(By.REPRESENTATIVE)
        return replace(
            self,
            goal=self.goal if Share.GOAL in self.shares else "",
            steps=tuple(one for one in self.steps if one.by == theirs or Share.STEPS in self.shares),
            notes=tuple(one for one in self.notes if one.by == theirs or Share.NOTES in self.shares),
        )

    def sharing(self, shares: Collection[str]) -> Content:
        return replace(self, shares=tuple(one for one in Share.values if one in shares))

    def with_step(self, words: str, by: str) -> Content:
        step = Step(next_number(self.steps), words, str(by))
        return replace(self, steps=(*self.steps, step)[-MOST_STEPS:])

    def with_note(self, words: str, by: str, on: str) -> Content:
        note = Note(next_number(self.notes), words, str(by), on)
        return replace(self, notes=(*self.notes, note)[-MOST_NOTES:])

    def with_step_done(self, number: int, is_done: bool) -> Content:
        return replace(
            self, steps=tuple(replace(one, is_done=is_done) if one.number == number else one for one in self.steps)
        )

    def without(self, what: str, number: int) -> Content:
        """Without the step or note of a number."""
        if what == "step":
            return replace(self, steps=tuple(one for one in self.steps if one.number != number))
        return replace(self, notes=tuple(one for one in self.notes if one.number != number))


def next_number(of: Collection[Step] | Collection[Note]) -> int:
    return max((one.number for one in of), default=0) + 1
