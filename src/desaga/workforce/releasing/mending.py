"""Hiding more, until no reader of a release is told too much of few people.

The engine hides what the tables of one audience give away. This does for what they give away beside the other audience's, along one line of ages
or beside figures that are out already, and where rounding alone tells too much: of all that holds a figure where it is, that of fewest people goes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

from desaga.disclosure.knowledge import Name, Reader, Witnesses

from ..figuring import RawTable
from .auditing import few_in, former_exposed, readers_of
from .crowds import Known
from .knowing import At
from .protecting import POLICIES
from .sides import Earlier, Policies, Reading, Side, Tables, rounds_of, sides_of
from .telling import is_in_shares

Hidden = Mapping[str, frozenset[Known]]


def mend(
    raw: Sequence[RawTable],
    tables: Tables,
    hidden: Hidden,
    earlier: Sequence[Earlier] = (),
    policies: Policies = POLICIES,
    witnesses: Witnesses | None = None,
) -> Hidden:
    """What must be hidden so that no reading tells too much, with what is hidden already; as much as there is to hide.

    With `earlier`, so much that nothing can be subtracted out of those either.
    """
    more: dict[str, set[Known]] = {audience: set(some) for audience, some in hidden.items()}
    for beside, readings in rounds_of(earlier, policies):
        for side in sides_of(raw, tables, beside, policies):
            _mend_side(side, readers_of(side, beside, readings, witnesses), more)
    return {audience: frozenset(some) for audience, some in more.items()}


def _mend_side(side: Side, readers: Iterable[tuple[Reading, Reader]], more: dict[str, set[Known]]) -> None:
    bound = _bound_with(side)
    for reading, reader in readers:
        _forget_hidden(side, reader, more)
        asked = few_in(side, reading)
        reader.ask_together(asked)
        for name in asked:
            _mend_one(side, reading, reader, name, more, bound)
        for name in former_exposed(side, reading, reader):
            _mend_one(side, reading, reader, name, more, bound)


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
            gone = [audience for audience in more if audience in seen and (name.key, name.said) in more[audience]]
            if gone:
                reader.forget(name, gone)


def _mend_one(
    side: Side, reading: Reading, reader: Reader, name: At, more: dict[str, set[Known]], bound: Mapping[Name, set[Name]]
) -> None:
    """Hides the figures of fewest people that hold this one where it is, until it is free enough or there is nothing left to hide."""
    while not reader.is_free(name, reading.need):
        choice = [one for one in reader.holders() if _may_hide(side, reading, one, more)]
        choice = choice or [one for one in bound[name] if _may_hide(side, reading, one, more)]
        if not choice:
            return
        taken: Any = min(choice, key=partial(_weight, side))
        for audience in _showing(side, reading, taken, more):
            more[audience].add((taken.key, taken.said))
        reader.forget(taken, reading.audiences)


def _weight(side: Side, name: Any) -> tuple[int, str, list[tuple[str, str]]]:
    """People first; then whatever is the same on every machine."""
    return side.exact[name].people, name.key, sorted(name.said)


def _may_hide(side: Side, reading: Reading, name: Name, more: Mapping[str, set[Known]]) -> bool:
    return bool(_showing(side, reading, name, more))


def _showing(side: Side, reading: Reading, name: Any, more: Mapping[str, set[Known]]) -> list[str]:
    """The audiences that are shown a figure which is not nought: a nought is never hidden, be it a true one or made by rounding.

    What only shares show is: a share is hidden for many reasons, and says nothing by that.
    """
    if name not in side.exact or name.world:
        return []
    seen, in_shares = side.told.seen[name], is_in_shares(name)
    return [
        audience
        for audience in reading.audiences
        if audience in seen and (in_shares or seen[audience][0] > 0) and (name.key, name.said) not in more[audience]
    ]
