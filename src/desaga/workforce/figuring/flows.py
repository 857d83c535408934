"""Who came, left, moved and stayed between two snapshots.

Only leaving is leaving. Somebody who is in the later snapshot as other staff moved. Somebody who is not in it at all has left where the
extract covers all staff; where it covers technical staff only they may be other staff now, so that the leaving date or reason must say it,
and if neither does it stays unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from ..population import Contract, Person
from .presence import Day, Present, day_of, weight

__all__ = ["Flow", "Move", "day_of", "movements"]


class Flow(StrEnum):
    STAYED = "stayed"
    STARTED = "started"
    MOVED_IN = "moved_in"
    ARRIVED = "arrived"
    LEFT = "left"
    MOVED_OUT = "moved_out"
    GONE = "gone"


#: What each adds to the headcount at the end.
SIGNS = {
    Flow.STARTED: 1,
    Flow.MOVED_IN: 1,
    Flow.ARRIVED: 1,
    Flow.LEFT: -1,
    Flow.MOVED_OUT: -1,
    Flow.GONE: -1,
    Flow.STAYED: 0,
}


@dataclass(frozen=True, slots=True)
class Move:
    """What became of one person. `before` is how they stood then, `now` how they stand; of who left, `before.main` says the reason."""

    flow: Flow
    before: Present | None
    now: Present | None

    @property
    def stood(self) -> Present:
        """How they stood where they are counted: of who went, before; of anybody else, now."""
        return self.before if SIGNS[self.flow] < 0 and self.before else self.now or self.before  # type: ignore[return-value]


def movements(before: Day, now: Day) -> list[Move]:
    """What became of everybody who was technical staff then, and where everybody comes from who is now."""
    went = [_went(one, now) for one in before.technical()]
    came = [_came(one, before) for one in now.technical() if not _was_technical(one.person.key, before)]
    return [*went, *came, *_passing(before, now)]


def _was_technical(key: str, before: Day) -> bool:
    there = before.present.get(key)
    return there is not None and there.technical


def _went(one: Present, now: Day) -> Move:
    key = one.person.key
    here = now.present.get(key)
    if here is not None:
        return Move(Flow.STAYED if here.technical else Flow.MOVED_OUT, one, here)
    if key in now.ended:
        return Move(Flow.LEFT, _with_reason(one, _last(now.ended[key])), None)
    left = now.covers_all or _says_left(one, now.on)
    return Move(Flow.LEFT if left else Flow.GONE, one, None)


def _says_left(one: Present, on: date) -> bool:
    """Whether the earlier extract said already that they would leave."""
    return bool(one.main.leaving_reason) or all(
        contract.ends is not None and contract.ends < on for contract in one.counted
    )


def _with_reason(one: Present, last: Contract) -> Present:
    return replace(one, main=replace(one.main, leaving_reason=last.leaving_reason or one.main.leaving_reason))


def _last(person: Person) -> Contract:
    """The contract that ended last."""
    return max(person.contracts, key=lambda contract: (contract.ends or date.min, weight(contract)))


def _came(one: Present, before: Day) -> Move:
    there = before.present.get(one.person.key)
    if there is not None:
        return Move(Flow.MOVED_IN, there, one)
    if before.covers_all:
        return Move(Flow.STARTED, None, one)
    joined = one.person.joined
    if joined is None:
        return Move(Flow.ARRIVED, None, one)
    return Move(Flow.STARTED if joined > before.on else Flow.MOVED_IN, None, one)


def _passing(before: Day, now: Day) -> Iterator[Move]:
    """Who came after the one day and left before the other: only where the later extract still shows them. They started, and they left."""
    for key, person in now.ended.items():
        if not person.technical or key in before.present:
            continue
        last = _last(person)
        if last.ends is None or not before.on <= last.ends < now.on or (last.starts or before.on) <= before.on:
            continue
        stood = Present(person, True, last, (last,), (last.fpe,))
        yield Move(Flow.STARTED, None, stood)
        yield Move(Flow.LEFT, stood, None)
