"""Who is counted as technical staff, frozen with each release: the words that stand beside every headcount.

What defines technical staff says so here with `register`; until something does, HR's own mark counts.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from ..models import Snapshot
from ..populating import Classify, provisional
from ..states import Coverage


@dataclass(frozen=True, slots=True)
class Whom:
    """A definition in force: how it decides of a person, and what it says of itself in whole sentences."""

    classify: Classify
    name: str
    version: str
    sentences: tuple[str, ...]

    def kept(self) -> dict[str, Any]:
        """What is frozen of it with a release."""
        return {"name": self.name, "version": self.version, "sentences": list(self.sentences)}


#: Answers a version of the definition for a snapshot, the one in force where the version is "", or None where there is none.
Definer = Callable[[Snapshot, str], Whom | None]
DEFINERS: list[Definer] = []


def register(definer: Definer) -> None:
    """Repeats harmlessly."""
    if definer not in DEFINERS:
        DEFINERS.append(definer)


def whom_of(snapshot: Snapshot, version: str = "") -> Whom:
    """The definition in force for a snapshot, or a version of it that was; else HR's own mark."""
    found = next((whom for definer in DEFINERS if (whom := definer(snapshot, version)) is not None), None)
    return found or _marked(snapshot)


def _marked(snapshot: Snapshot) -> Whom:
    if snapshot.coverage == Coverage.TECHNICAL:
        sentence = "Everybody in the extract is counted: it covers technical staff only."
    else:
        sentence = "Counted are those whom HR marks as technical staff in the extract."
    return Whom(provisional(snapshot), "HR's own mark", "", (sentence, "No definition of our own is in force yet."))
