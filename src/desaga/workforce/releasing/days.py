"""Releases of two days, of which the one compares itself with the other: what binds the staff then, who came and went, and the staff now.

The staff of the earlier day is shown by its own release, and by the shares of the later one; the flows between them by the later one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desaga.disclosure import Policy
from desaga.disclosure.knowledge import Reader, Told, Unsolved

from ..figuring import RawCell
from .crowds import Known, crowd_key, said_of
from .knowing import HEADCOUNT, At, bind_ages, bind_days, in_parts, interval_of, is_counted, tell
from .shares import BEFORE, RATES, STABILITY
from .tables import Shown
from .telling import rounded_as

Exact = Mapping[At, RawCell]
#: What an audience read, under which policy.
Read = Sequence[tuple[str, Sequence[Shown], Policy]]
EXACT = "exact"


@dataclass(frozen=True, slots=True)
class OtherDay:
    """A release of another day as it was read. `number` is its own."""

    number: int
    read: Read

    @property
    def world(self) -> str:
        """Its own: where it is near as well, some of its cells are taken for those of now."""
        return f"day of {self.number}"

    def named(self, known: Known) -> At:
        return At(*known, self.world)

    def told(self, of: Mapping[str, bool]) -> Told:
        """What its tables of people tell of themselves: only wholes, or only of the staff, where `of` says so."""
        trial = Told()
        for audience, shown, policy in self.read:
            some = [one for one in shown if _is_wanted(one, **of)]
            tell(trial, some, policy, (audience, self.number), self.named)
        return trial


def _is_wanted(table: Shown, *, whole: bool = False, staff: bool = False) -> bool:
    is_of_people = is_counted(table) and not in_parts(table)
    return is_of_people and not (whole and table.cut) and not (staff and crowd_key(table.figure) != HEADCOUNT)


# ---- The whole of both days


def bind_whole(told: Told, exact: Exact, other: OtherDay, *, is_then: bool) -> list[At]:
    """The whole headcount of both days, and the flows between: sums that hold for certain. What of it is the other's."""
    trial = other.told({"whole": True})
    own, its = At(HEADCOUNT), At(HEADCOUNT, world=other.world)
    if its not in trial.seen or own not in exact:
        return []
    then, now, flows = (its, own, "") if is_then else (own, its, other.world)
    for name in (own, *(name for name in exact if not name.said)):
        trial.show(name, EXACT, _exactly(exact[name]))
    if not bind_days(trial, then, now, lambda cell: At(*cell, flows)) or not is_possible(trial):
        return []
    _take_over(told, trial)
    return [name for name in trial.seen if isinstance(name, At) and name.world and name.key != HEADCOUNT]


# ---- The staff of the earlier day


def bind_staff_then(told: Told, exact: Exact, other: OtherDay) -> list[At]:
    """The staff of the day that this release is compared with, in that day's tables and in this one's shares. What of it is the other's alone.

    Where the two do not agree in all, as under another definition, each cell that does is one and the same.
    """
    same = list(_agreeing(exact, other))
    trial = other.told({"staff": True})
    bind_ages(trial)
    for name in same:
        trial.show(_then(name, other), EXACT, _exactly(exact[name]))
    if not same or not is_possible(trial):
        _show_each(told, same, trial)
        return []
    _take_over(told, trial)
    for name in same:
        told.bind({name: 1, _then(name, other): -1})
    known = {_then(name, other) for name in same}
    return [name for name in trial.seen if isinstance(name, At) and name not in known]


def _then(name: At, other: OtherDay) -> At:
    return At(HEADCOUNT, name.said, other.world)


def _agreeing(exact: Exact, other: OtherDay) -> Iterator[At]:
    """The cells of the staff then of which no audience was shown anything else than there is by this release."""
    agree: dict[At, bool] = {}
    for _, shown, policy in other.read:
        for table in (one for one in shown if _is_wanted(one, staff=True)):
            for place, cell in table.cells.items():
                name, interval = At(BEFORE, said_of(table, *place)), interval_of(cell, policy, in_parts=False)
                if name in exact:
                    least, most = interval or (0, exact[name].people)
                    agree[name] = agree.get(name, True) and least <= exact[name].people <= most
    return (name for name, does in agree.items() if does)


def _show_each(told: Told, same: Sequence[At], trial: Told) -> None:
    for name in same:
        for known, seen in trial.seen.items():
            if isinstance(known, At) and known.said == name.said:
                for source, interval in seen.items():
                    if source != EXACT:
                        told.show(name, source, interval)


def tell_staff_now(told: Told, exact: Exact, other: OtherDay) -> None:
    """The staff of this day, out of whom a release of a later one counted those who left and stayed: its shares show how many there were."""
    for audience, shown, policy in other.read:
        for table in shown:
            if table.figure in (*RATES, STABILITY) and table.is_collected:
                for place, cell in table.cells.items():
                    name = At(HEADCOUNT, said_of(table, *place))
                    if cell.value is not None and name in exact:
                        told.show(name, (audience, other.number), rounded_as(exact[name].people, policy))


# ---- Together


def _exactly(cell: RawCell) -> tuple[float, float]:
    return float(cell.value or 0), float(cell.value or 0)


def is_possible(told: Told) -> bool:
    """Whether there are figures that agree with all that is told."""
    try:
        Reader(told, {source for seen in told.seen.values() for source in seen}).reach(next(iter(told.seen)))
    except Unsolved:
        return False
    return True


def _take_over(told: Told, trial: Told) -> None:
    for name, seen in trial.seen.items():
        told.figure(name)
        for source, interval in seen.items():
            if source != EXACT:
                told.show(name, source, interval)
    told.conditions |= trial.conditions


__all__ = ["OtherDay", "bind_staff_then", "bind_whole", "tell_staff_now"]
