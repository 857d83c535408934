"""All that is told by a release and by what is out already, laid side by side with its exact figures: what the audit and the mending reason about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from desaga.disclosure import Policy, count_cell
from desaga.disclosure.knowledge import Told
from desaga.disclosure.web import believed

from ..figuring import ALL, BY_KEY, Kind, RawCell, RawTable
from ..states import Audience
from . import protecting
from .crowds import Known, crowds_of
from .days import OtherDay, bind_staff_then, bind_whole, tell_staff_now
from .explaining import explained
from .knowing import HEADCOUNT, At, bind_ages, in_parts, is_counted, tell
from .shares import AGED, FIFTY, Pool
from .tables import Shown
from .telling import tell_shares, tell_shares_of_the_day

#: What an audience reads of a release.
Tables = Mapping[str, Sequence[Shown]]
#: By audience, how its figures are protected.
Policies = Mapping[str, Policy]


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads what together. Of fewer people than `limit` they must be left `need` in doubt."""

    words: str
    audiences: tuple[str, ...]
    limit: int
    need: int


def readings(policies: Policies) -> tuple[Reading, ...]:
    """Who reads the pages inside reads the public's as well, and these show small figures rounded: what they leave in doubt is all there can be."""
    told = {audience: (policy.threshold or policy.base, policy.protection) for audience, policy in policies.items()}
    both = tuple(min(some) for some in zip(*told.values(), strict=True))
    inside, public = Audience.INTERNAL, Audience.PUBLIC
    return (
        Reading("by readers inside", (inside,), *told[inside]),
        Reading("by the public", (public,), *told[public]),
        Reading("by readers inside who read the public figures too", (inside, public), *both),
    )


#: How an earlier release is bound to this one: the same day; the day before, with which this one compares; a later day, that compares with this;
#: a day so near that most of what reads alike is of the same people.
SAME_DAY, THEN, LATER, NEAR = "same day", "then", "later", "near"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A release that anyone could have read: of the same day or one near, of the day that this one is compared with, or compared with this one's day.

    `days` have gone by from its day to this one's.
    """

    number: int
    tables: Tables
    policies: Policies
    link: str = SAME_DAY
    days: int = 0

    @property
    def read(self) -> list[tuple[str, Sequence[Shown], Policy]]:
        """What each audience read, under which policy."""
        return [(audience, shown, self.policies[audience]) for audience, shown in self.tables.items()]

    @property
    def is_of_the_same(self) -> bool:
        """Whether a cell of it that reads as one of now may well be of the same people."""
        return self.link in (SAME_DAY, NEAR)


def rounds_of(earlier: Sequence[Earlier], policies: Policies) -> list[tuple[Sequence[Earlier], tuple[Reading, ...]]]:
    """What is asked: all that a policy asks for of one day; then, beside other days, what rounding leaves.

    Two headcounts that are rounded to 5 cannot hold who came between them in more doubt than that, but by being hidden: what is worth most to
    everybody would be gone for what tells little of anybody.
    """
    of_the_day = [one for one in earlier if one.link == SAME_DAY]
    asked = readings(policies)
    if len(of_the_day) == len(earlier):
        return [(of_the_day, asked)]
    least = min(one.need for one in asked)
    return [(of_the_day, asked), (earlier, tuple(replace(one, need=least) for one in asked))]


# ---- All that is told, of people and of each kind of parts of people


@dataclass(slots=True)
class Side:
    """The figures of one kind that are laid side by side, with the exact ones of this release."""

    told: Told
    exact: dict[At, RawCell]
    small: list[At] = field(default_factory=list)
    #: Cells that are out already and are none of this release, as they may have been; None where that cannot be said.
    former: dict[At, float | None] = field(default_factory=dict)


def sides_of(
    raw: Sequence[RawTable], tables: Tables, earlier: Sequence[Earlier] = (), policies: Policies = protecting.POLICIES
) -> list[Side]:
    """What is told of people, and of each kind of parts of people, by a release and earlier ones."""
    found: dict[str, Side] = {}
    for crowd in crowds_of(raw):
        for known, cell in crowd.cells.items():
            group = _group(known[0])
            side = found.setdefault(group, Side(Told(whole=not group), {}))
            side.exact[At(*known)] = cell
    for group, side in found.items():
        for audience, shown in tables.items():
            tell(side.told, _of_group(shown, group), policies[audience], audience)
        pool = None
        if not group:
            pool = tell_shares(
                side.told, side.exact, raw, [(one, shown, policies[one]) for one, shown in tables.items()]
            )
        _tell_earlier(side, group, earlier)
        if pool is not None:
            _tell_earlier_shares(side, raw, pool, earlier)
            _tell_aged(side, raw, tables, policies)
            bind_ages(side.told)
        _note_small(side, max(one.limit for one in readings(policies)))
    return list(found.values())


def _tell_aged(side: Side, raw: Sequence[RawTable], tables: Tables, policies: Policies) -> None:
    """Who reads the share of people aged 50 and over reads how many they are, rounded: one more cut of the line of ages."""
    part = next((one.cells[WHOLE].people for one in raw if (one.figure, one.cut) == (AGED, "") and not one.why), None)
    for audience, shown in tables.items():
        is_read = any((one.figure, one.cut) == (AGED, "") and one.cell().value is not None for one in shown)
        if part is not None and is_read:
            policy = policies[audience]
            seen = count_cell(part, policy)
            if seen.value is not None:
                least, most = believed(int(seen.value), policy)
                side.told.show(At(HEADCOUNT, AGED_50), audience, (float(least), float(most)))


WHOLE = (ALL.key, ALL.key)
AGED_50 = frozenset({("age", f"{FIFTY}-up")})


def _group(figure: str) -> str:
    """People stand together, and parts of people by what is counted in them."""
    return "" if BY_KEY[figure].kind == Kind.PEOPLE else figure


def _of_group(tables: Iterable[Shown], group: str) -> list[Shown]:
    return [one for one in tables if is_counted(one) and (one.figure if in_parts(one) else "") == group]


def _note_small(side: Side, limit: int) -> None:
    """Every cell of fewer people than `limit`; and what is left of a total without one part, where that is few."""
    side.small = [name for name, cell in side.exact.items() if 0 < cell.people < limit]
    if not side.told.whole:
        return
    for condition in list(side.told.conditions):
        total, parts = condition[0][0], [name for name, _ in condition[1:]]
        if not {total, *parts} <= side.exact.keys():
            continue
        peopled = [name for name in parts if side.exact[name].people > 0]  # type: ignore[index]
        whole = side.exact[total].people  # type: ignore[index]
        for name in peopled:
            left = whole - side.exact[name].people  # type: ignore[index]
            if len(peopled) > 2 and 0 < left < limit:
                _note_rest(side, total, name, [one for one in parts if one != name], left)


def _note_rest(side: Side, total: Any, without: Any, parts: Sequence[Any], people: int) -> None:
    rest = At(total.key, total.said | {("without", str(sorted(without.said - total.said)))})
    side.told.add_up(rest, parts)
    side.exact[rest] = RawCell(None, people)
    side.small.append(rest)


# ---- Earlier releases


def _tell_earlier(side: Side, group: str, earlier: Sequence[Earlier]) -> None:
    """Earlier releases of the day, the newest first; then, of people, what other days are bound to this one by."""
    known = {name: [("", _number(cell))] for name, cell in side.exact.items()}
    for one in earlier:
        if one.is_of_the_same:
            _tell_same_day(side, group, one, known)
        elif not group:
            _tell_other_day(side, one)


def _tell_earlier_shares(side: Side, raw: Sequence[RawTable], pool: Pool, earlier: Sequence[Earlier]) -> None:
    for one in earlier:
        other = OtherDay(one.number, one.read)
        if one.link == THEN:
            side.former |= dict.fromkeys(bind_staff_then(side.told, side.exact, other))
        elif one.link == LATER:
            tell_staff_now(side.told, side.exact, other)
        else:
            tell_shares_of_the_day(side.told, raw, pool, one.read, one.number)


def _number(cell: RawCell) -> float:
    return float(cell.value or 0)


def _tell_same_day(side: Side, group: str, one: Earlier, known: dict[At, list[tuple[str, float]]]) -> None:
    """A cell that may have the same people as in a later release of the day is one figure with it; any other stands by itself."""
    alone = _told_of(one, group, side.told.whole)
    worlds: dict[At, str] = {}
    said = explained(alone, {at: values[-1][1] for at, values in known.items()})
    # Where what was released contradicts itself, its cells are looked at one by one, and not their sums.
    for name, value in (said or _each_alone(alone, known)).items():
        values = known.setdefault(name, [])
        world = next((where for where, held in values if abs(held - value) < CLOSE), None)
        if world is None:
            world = str(one.number)
            values.append((world, value))
            side.former[name._replace(world=world)] = value
        worlds[name] = world
    for audience, shown in one.tables.items():
        source = (audience, one.number)
        naming = partial(_in_world, worlds)
        tell(side.told, _of_group(shown, group), one.policies[audience], source, naming, sums=said is not None)


CLOSE = 1e-6


def _in_world(worlds: Mapping[At, str], cell: Known) -> At:
    return At(*cell, worlds[At(*cell)])


def _each_alone(told: Told, known: Mapping[At, list[tuple[str, float]]]) -> dict[At, float]:
    sources = {source for seen in told.seen.values() for source in seen}
    found: dict[At, float] = {}
    for name in told.seen:
        if isinstance(name, At):
            low, high = told.known(name, sources)
            found[name] = min(max(known[name][-1][1] if name in known else low, low), high)
    return found


def _told_of(one: Earlier, group: str, whole: bool) -> Told:
    told = Told(whole=whole)
    for audience, shown in one.tables.items():
        tell(told, _of_group(shown, group), one.policies[audience], (audience, one.number), peopled=True)
    if whole:
        bind_ages(told)
    return told


def _tell_other_day(side: Side, one: Earlier) -> None:
    former = bind_whole(side.told, side.exact, OtherDay(one.number, one.read), is_then=one.link == THEN)
    if one.link == LATER:
        side.former |= dict.fromkeys(former)
