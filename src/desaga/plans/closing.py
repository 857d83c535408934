"""What the last update speaks for when a plan is closed, and which actions become one. Proposed only: a person says. Pure Python."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .states import Completion, Fate, Rag, Status

COMPLETION_OF = {
    Status.COMPLETE: Completion.DONE,
    Status.IN_PROGRESS: Completion.PARTLY,
    Status.DELAYED: Completion.PARTLY,
    Status.PAUSED: Completion.PARTLY,
    Status.NOT_STARTED: Completion.NOT_DONE,
    Status.STOPPED: Completion.NOT_DONE,
}
UNFINISHED = (Completion.PARTLY, Completion.NOT_DONE)


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of an action that speaks for its end: where it is, and its last update's period and words."""

    status: str = ""
    rag: str = ""
    period: str = ""
    words: str = ""
    is_usual: bool = False


@dataclass(frozen=True)
class Proposed:
    """What is proposed, why, and, where an action was stopped, the reason that was given then."""

    value: str
    because: str
    reason: str = ""


def completion_proposed(known: Known) -> Proposed | None:
    """How far an action came, as its status says; None where it has none."""
    source = f"its update for {known.period} says" if known.period else "its status is"
    if known.status:
        return Proposed(COMPLETION_OF[Status(known.status)], f"{source} {_quoted(Status(known.status).label)}")
    if known.rag == Rag.BLUE:
        return Proposed(Completion.DONE, f"{source} blue")
    return None


def fate_proposed(known: Known, completion: str = "") -> Proposed | None:
    """What became of it, where something speaks for it; `completion` is what was said or, else, proposed.

    Nothing speaks for what becomes of a thing that is done: that is for those who know.
    """
    if known.is_usual:
        return Proposed(Fate.BUSINESS_AS_USUAL, "it is business as usual already")
    if known.status == Status.STOPPED:
        return Proposed(Fate.STOPPED, "it was stopped", known.words.strip()) if known.words.strip() else None
    if completion in UNFINISHED:
        return Proposed(Fate.CONTINUED, "it is not finished")
    return None


def _quoted(label: str) -> str:
    return f"“{label}”"


def groups_of(into: Mapping[int, int | None]) -> list[list[int]]:
    """The actions that become one, each group and the groups themselves in the order given; most stand alone.

    `into` says of each action with which other it is merged.
    """
    home: dict[int, int] = {one: one for one in into}

    def root(one: int) -> int:
        while home[one] != one:
            one = home[one]
        return one

    for one, other in into.items():
        if other in home:
            home[root(one)] = root(other)
    groups: dict[int, list[int]] = {}
    for one in into:
        groups.setdefault(root(one), []).append(one)
    return list(groups.values())


def together(pks: Iterable[int]) -> dict[int, int]:
    """Who is merged with whom, where several are said to become one: the first with the second, all others with the first."""
    first, *others = pks
    return {first: others[0], **dict.fromkeys(others, first)}
