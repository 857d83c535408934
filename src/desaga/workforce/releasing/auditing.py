"""The audit of a release: what could be worked out of few people by whoever reads it, beside the other audience's and beside earlier releases.

It knows the exact figures, what each audience is shown, and nothing of how that was chosen. Where the release itself tells too much, more is
hidden (`mend`); what it tells beside figures that are out already is found and named (`findings`), and refused by who calls. What is audited, and
what is not, is said in ADR 0033.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from desaga.disclosure import Policy
from desaga.disclosure.knowledge import Name, Reader, Told, Unsolved

from ..figuring import ALL, BY_KEY, Kind, RawCell, RawTable
from ..states import Audience
from . import protecting
from .explaining import explained
from .knowing import HEADCOUNT, At, bind_ages, bind_days, in_parts, is_counted, tell
from .protecting import Known, crowds_of, dimensions_of
from .tables import Shown

#: What an audience reads of a release.
Tables = Mapping[str, Sequence[Shown]]
Hidden = Mapping[str, frozenset[Known]]


@dataclass(frozen=True, slots=True)
class Reading:
    """Who reads what together. Of fewer people than `limit` they must be left `need` in doubt."""

    words: str
    audiences: tuple[str, ...]
    limit: int
    need: int


def readings() -> tuple[Reading, ...]:
    """Who reads the pages inside reads the public's as well, and these show small figures rounded: what they leave in doubt is all there can be."""
    told = {audience: (policy.threshold or policy.base, policy.protection) for audience, policy in protecting.POLICIES.items()}
    both = tuple(min(some) for some in zip(*told.values(), strict=True))
    inside, public = Audience.INTERNAL, Audience.PUBLIC
    return (
        Reading("by readers inside", (inside,), *told[inside]),
        Reading("by the public", (public,), *told[public]),
        Reading("by readers inside who read the public figures too", (inside, public), *both),
    )


#: How an earlier release is bound to this one: the same day; the day before, with which this one compares; a later day, that compares with this.
SAME_DAY, THEN, LATER = "same day", "then", "later"


@dataclass(frozen=True, slots=True)
class Earlier:
    """A release that anyone could have read: of the same day, of the day that this one is compared with, or compared with this one's day."""

    number: int
    tables: Tables
    policies: Mapping[str, Policy]
    link: str = SAME_DAY


@dataclass(frozen=True, slots=True)
class Finding:
    """A cell out of which a person could be worked out, and by whom. `earlier`: only because other figures are out already."""

    figure: str
    said: str
    by: str
    earlier: bool = False

    def told(self) -> dict[str, Any]:
        return {"figure": self.figure, "cell": self.said, "by": self.by, "earlier": self.earlier}


# ---- All that is told, of people and of each kind of parts of people


@dataclass(slots=True)
class Side:
    """The figures of one kind that are laid side by side, with the exact ones of this release."""

    told: Told
    exact: dict[At, RawCell]
    small: list[At] = field(default_factory=list)
    #: Cells that are out already and are none of this release, as they may have been; None where that cannot be said.
    former: dict[At, float | None] = field(default_factory=dict)


def sides_of(raw: Sequence[RawTable], tables: Tables, earlier: Sequence[Earlier] = ()) -> list[Side]:
    """What is told of people, and of each kind of parts of people, by a release and earlier ones."""
    found: dict[str, Side] = {}
    for crowd in crowds_of(raw):
        for known, cell in crowd.cells.items():
            group = _group(known[0])
            side = found.setdefault(group, Side(Told(whole=not group), {}))
            side.exact[At(*known)] = cell
    for group, side in found.items():
        for audience, shown in tables.items():
            tell(side.told, _of_group(shown, group), protecting.POLICIES[audience], audience)
        _tell_earlier(side, group, earlier)
        if not group:
            bind_ages(side.told)
        _note_small(side)
    return list(found.values())


def _group(figure: str) -> str:
    """People stand together, and parts of people by what is counted in them."""
    return "" if BY_KEY[figure].kind == Kind.PEOPLE else figure


def _of_group(tables: Iterable[Shown], group: str) -> list[Shown]:
    return [one for one in tables if is_counted(one) and (one.figure if in_parts(one) else "") == group]


def _note_small(side: Side) -> None:
    """Every cell of few people; and what is left of a total without one part, where that is few."""
    limit = max(one.limit for one in readings())
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
        if one.link == SAME_DAY:
            _tell_same_day(side, group, one, known)
        elif not group:
            _tell_other_day(side, one)


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
        tell(told, _of_group(shown, group), one.policies[audience], (audience, one.number))
    return told


def _tell_other_day(side: Side, one: Earlier) -> None:
    """The whole headcount of another day, and the flows between the days: the only sums that hold for certain."""
    world = str(one.number)
    whole = [table for shown in one.tables.values() for table in shown if not table.cut and is_counted(table) and not in_parts(table)]
    there = {table.figure for table in whole}
    if HEADCOUNT not in there or At(HEADCOUNT) not in side.exact:
        return
    trial = Told()
    for audience, shown in one.tables.items():
        some = [table for table in shown if table in whole]
        tell(trial, some, one.policies[audience], (audience, one.number), lambda cell: At(*cell, world))
    own, other = At(HEADCOUNT), At(HEADCOUNT, world=world)
    then, now, flows = (other, own, "") if one.link == THEN else (own, other, world)
    for name in (own, *(name for name in side.exact if not name.said and not name.world)):
        trial.show(name, EXACT, (_number(side.exact[name]),) * 2)
    if bind_days(trial, then, now, lambda cell: At(*cell, flows)) and is_possible(trial):
        _take_over(side.told, trial)
        if one.link == LATER:
            side.former |= {name: None for name in trial.seen if isinstance(name, At) and name.world and name.key != HEADCOUNT}


EXACT = "exact"


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


# ---- What readers can work out


def readers_of(side: Side, earlier: Sequence[Earlier]) -> Iterator[tuple[Reading, Reader]]:
    for reading in readings():
        sources = {*reading.audiences, *((audience, one.number) for one in earlier for audience in reading.audiences)}
        yield reading, Reader(side.told, sources)


def findings(raw: Sequence[RawTable], tables: Tables, earlier: Sequence[Earlier] = ()) -> list[Finding]:
    """The cells of few people of which somebody would know too much, each once, for the first who would."""
    found: dict[Name, Finding] = {}
    for side in sides_of(raw, tables, earlier):
        for reading, reader in readers_of(side, earlier):
            for name in _exposed(side, reading, reader):
                if name not in found:
                    found[name] = _finding(name, raw, reading, earlier)
            if side.former:
                _add_former(found, side, reading, reader, raw, earlier)
    return list(found.values())


def _exposed(side: Side, reading: Reading, reader: Reader) -> Iterator[At]:
    asked = _asked(side, reading)
    reader.ask_together(asked)
    yield from (name for name in asked if not reader.is_free(name, reading.need))


def _asked(side: Side, reading: Reading) -> list[At]:
    return [name for name in side.small if side.exact[name].people < reading.limit]


def _add_former(
    found: dict[Name, Finding], side: Side, reading: Reading, reader: Reader, raw: Sequence[RawTable], earlier: Sequence[Earlier]
) -> None:
    """Of cells that are out already, as others or of another day: what was in doubt, and would not be any more. Their exact figures are gone."""
    before = None
    for name, value in side.former.items():
        few = value is None or 0 < value < reading.limit
        if name in found or not few or reader.is_free(name, reading.need):
            continue
        reach = reader.reach(name)
        before = before or Reader(side.told, reader.sources - set(reading.audiences))
        if reach.least < reading.limit and reach.most > 0 and before.is_free(name, reading.need):
            found[name] = _finding(name, raw, reading, earlier)


def _finding(name: Any, raw: Sequence[RawTable], reading: Reading, earlier: Sequence[Earlier]) -> Finding:
    labels = {
        (dimension, label.key): label.words
        for table in raw
        for dimension, some in zip(dimensions_of(table), (table.rows, table.columns), strict=True)
        for label in some
    }
    said = ", ".join(labels.get(one, one[1]) for one in sorted(name.said) if one[0] != "without") or ALL.words
    if any(one[0] == "without" for one in name.said):
        said += ", without one part"
    if name.world:
        said += ", as it was released before"
    return Finding(BY_KEY[name.key].name, said, reading.words, bool(earlier))


# ---- Hiding more


def mend(raw: Sequence[RawTable], tables: Tables, hidden: Hidden, earlier: Sequence[Earlier] = ()) -> Hidden:
    """What must be hidden so that no reading tells too much, with what is hidden already; as much as there is to hide.

    With `earlier`, so much that nothing can be subtracted out of those either.
    """
    more: dict[str, set[Known]] = {audience: set(some) for audience, some in hidden.items()}
    for side in sides_of(raw, tables, earlier):
        bound = _bound_with(side)
        for reading, reader in readers_of(side, earlier):
            _forget_hidden(side, reader, more)
            asked = _asked(side, reading)
            reader.ask_together(asked)
            for name in asked:
                _mend_one(side, reading, reader, name, more, bound)
    return {audience: frozenset(some) for audience, some in more.items()}


def _bound_with(side: Side) -> dict[Name, set[Name]]:
    """Which figures stand in one condition with a figure."""
    bound: dict[Name, set[Name]] = defaultdict(set)
    for condition in side.told.conditions:
        names = {name for name, _ in condition}
        for name in names:
            bound[name] |= names
    return bound


def _forget_hidden(side: Side, reader: Reader, more: Mapping[str, set[Known]]) -> None:
    """What was hidden for another reading."""
    for name, seen in side.told.seen.items():
        if isinstance(name, At) and not name.world:
            gone = [audience for audience in seen if audience in more and (name.key, name.said) in more[audience]]
            if gone:
                reader.forget(name, gone)


def _mend_one(
    side: Side, reading: Reading, reader: Reader, name: At, more: dict[str, set[Known]], bound: Mapping[Name, set[Name]]
) -> None:
    """Hides the figures of fewest people that hold this one where it is, until it is free enough or there is nothing left to hide."""
    while not reader.is_free(name, reading.need):
        choice = [one for one in reader.holders(name) if _may_hide(side, reading, one, more)]
        choice = choice or [one for one in bound[name] if _may_hide(side, reading, one, more)]
        if not choice:
            return
        taken: Any = min(choice, key=lambda one: (side.exact[one].people, str(one)))  # type: ignore[index]
        for audience in _showing(side, reading, taken, more):
            more[audience].add((taken.key, taken.said))
        reader.forget(taken, reading.audiences)


def _may_hide(side: Side, reading: Reading, name: Name, more: Mapping[str, set[Known]]) -> bool:
    return bool(_showing(side, reading, name, more))


def _showing(side: Side, reading: Reading, name: Any, more: Mapping[str, set[Known]]) -> list[str]:
    """The audiences that are shown a figure which is not nought: a nought is never hidden, be it a true one or made by rounding."""
    if name not in side.exact or name.world:
        return []
    seen = side.told.seen[name]
    return [
        audience
        for audience in reading.audiences
        if audience in seen and seen[audience][0] > 0 and (name.key, name.said) not in more[audience]
    ]
