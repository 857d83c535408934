"""Averages beside those of earlier releases of the same day, or of a day near: which of them are withheld, since the difference would be somebody's own years.

An average times its people is a sum of years. Two such sums of one day differ by the years of whoever is in the one and not in the other; where
these may be few, the later average is withheld in its cut, and where the whole's average tells it, in the whole. Read from tables as they are shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from desaga.disclosure import Policy, show
from desaga.disclosure.cells import HIDDEN
from desaga.disclosure.knowledge import Told

from ..figuring import ALL, BY_KEY, Kind, RawTable
from .alongside import HALF, MOST_YEARS, limit_of
from .crowds import OF_PEOPLE, Known, Said, crowd_key, said_of
from .knowing import At, is_counted, tell
from .sides import Earlier, Policies, Tables
from .tables import Cell, CellKind, Place, Shown

#: Of so many people an average to one place leaves the years of any one of them in as much doubt as there can be.
MANY = MOST_YEARS / (2 * HALF)
WITHHELD = Cell(CellKind.SUPPRESSED, None, show(HIDDEN))


def without_differences(
    raw: Sequence[RawTable], tables: Tables, earlier: Iterable[Earlier], policies: Policies
) -> dict[str, list[Shown]]:
    """The tables without averages that would tell of few people beside what was released of the day already.

    Whatever audience read it then may read either now: both are without the same.
    """
    few = max(max(limit_of(policy), policy.protection) for policy in policies.values())
    people = {(one.figure, said_of(one, *place)): cell.of for one in raw if _is_mean(one) for place, cell in one.cells.items()}  # fmt: skip
    means, counts = _means(tables), _counts(tables, policies)
    telling: set[Known] = set()
    for one in earlier:
        if one.is_of_the_same:
            then, counts_then = _means(one.tables), _counts(one.tables, one.policies)
            telling |= {
                known
                for known in means.keys() & then.keys()
                if (people.get(known) or 0) < MANY
                and _tells(_differs(means[known], then[known], one.days), _changed(known[1], counts, counts_then), few)
            }
    return {audience: [_without(table, telling) for table in shown] for audience, shown in tables.items()}


def _differs(now: Decimal, then: Decimal, days: int) -> bool:
    """Whether an average is another than that of the same people so many days ago, who are so much older since."""
    if not days:
        return now != then
    return abs(float(now - then) - days / DAYS_A_YEAR) > 2 * HALF + ROUNDING


DAYS_A_YEAR, ROUNDING = 365.25, 1e-9


def _is_mean(table: RawTable | Shown) -> bool:
    figure = BY_KEY.get(table.figure)
    return not table.why and figure is not None and figure.kind == Kind.AVERAGE and figure.unit == "years"


def _means(tables: Tables) -> dict[Known, Decimal]:
    """Averages that somebody reads. They are the same whoever does: no policy rounds them more than another."""
    return {
        (table.figure, said_of(table, *place)): cell.value
        for shown in tables.values()
        for table in shown
        if _is_mean(table)
        for place, cell in table.cells.items()
        if cell.value is not None
    }


def _counts(tables: Tables, policies: Mapping[str, Policy]) -> Told:
    told = Told()
    for audience, shown in tables.items():
        of_people = [one for one in shown if is_counted(one) and crowd_key(one.figure) == OF_PEOPLE]
        tell(told, of_people, policies[audience], audience, sums=False)
    return told


def _changed(said: Said, now: Told, then: Told) -> float:
    """How many people came or went at the least, as far as the headcounts shown tell: 0 where they may be the same."""
    name = At(OF_PEOPLE, said)
    if name not in now.seen or name not in then.seen:
        return 0
    (least, most), (least_then, most_then) = (told.known(name, told.seen[name]) for told in (now, then))
    return max(0, least - most_then, least_then - most)


def _tells(differs: bool, changed: float, few: int) -> bool:
    """Alike to a place and of as many people it tells of no change; of many people changed, nothing of one."""
    return (differs or changed > 0) and changed < few


def _without(table: Shown, telling: set[Known]) -> Shown:
    gone = {place for place in table.cells if _is_mean(table) and (table.figure, said_of(table, *place)) in telling}
    if any(place != WHOLE for place in gone):
        # What is left of the cut would tell it, as the cells add up to the whole.
        gone |= table.cells.keys() - {WHOLE}
    return replace(table, cells={place: _gone(cell) if place in gone else cell for place, cell in table.cells.items()})


WHOLE: Place = (ALL.key, ALL.key)


def _gone(cell: Cell) -> Cell:
    return cell if cell.kind == CellKind.NOT_COLLECTED else WITHHELD
