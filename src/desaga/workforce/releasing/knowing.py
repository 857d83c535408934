"""What readers know who lay released tables side by side: every cell with what each audience is shown of it, and all that binds cells.

A cell is known by what it says of its people. Read from tables as they are shown, and from nothing else: of an earlier release there may be
nothing else, its snapshot having been superseded and its rows removed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from typing import Any, NamedTuple

from desaga.disclosure import Policy
from desaga.disclosure.knowledge import ENDLESS, Interval, Name, Told
from desaga.disclosure.web import believed

from ..figuring import BLANK, BY_KEY, Kind
from .ages import stretches
from .crowds import COUNTED, MET, Known, Said, crowd_key, dimensions_of, places_of, said_of, sums_of
from .tables import Cell, CellKind, Shown

WHOLE: Said = frozenset()
HEADCOUNT = "workforce.headcount"
SOMEBODY = (1.0, ENDLESS)
#: Parts of people are rounded to a tenth before anything else.
TENTH = 0.05


class At(NamedTuple):
    """A figure among all tables that are laid side by side: what is counted, of whom, and in which release where it is not this one's."""

    key: str
    said: Said = WHOLE
    world: str = ""


Naming = Callable[[Known], At]


def plainly(known: Known) -> At:
    return At(*known)


def is_counted(table: Shown) -> bool:
    """Whether a table counts people or parts of them, with margins that are sums."""
    figure = BY_KEY.get(table.figure)
    return table.is_collected and figure is not None and figure.kind in COUNTED


def in_parts(table: Shown) -> bool:
    return table.counted_as == Kind.FTE


def tell(
    told: Told,
    tables: Iterable[Shown],
    policy: Policy,
    source: Any,
    naming: Naming = plainly,
    *,
    sums: bool = True,
    peopled: bool = False,
) -> None:
    """Adds what tables show under a policy, and their sums. `peopled`: also that nobody's cell is ever hidden, as who reads how it is done knows."""
    for table in tables:
        key = crowd_key(table.figure)
        for place in places_of(table):
            name = naming((key, said_of(table, *place)))
            told.figure(name)
            interval = interval_of(table.cell(*place), policy, in_parts=in_parts(table))
            if interval is not None:
                told.show(name, source, interval)
            elif peopled and table.cell(*place).kind == CellKind.SUPPRESSED and not in_parts(table):
                told.show(name, source, SOMEBODY)
        for total, parts in sums_of(table) if sums else ():
            whole = naming((key, said_of(table, *total)))
            summed = [naming((key, said_of(table, *part))) for part in parts]
            are_rows = all(column == total[1] for _, column in parts)
            told.add_up(whole, [*summed, *(_left_out(table, policy, whole, source) if are_rows else ())])


def _left_out(table: Shown, policy: Policy, whole: At, source: Any) -> list[Name]:
    """Who may stand in rows that are not there: where rounding makes nought of few people, a row that only they bring about is left out."""
    dimension = dimensions_of(table)[0]
    if policy.threshold or policy.base == 1 or (dimension not in MET and BLANK in table.rows):
        return []
    return [("left out", whole, dimension, source)]


def interval_of(cell: Cell, policy: Policy, *, in_parts: bool) -> Interval | None:
    """What may stand behind a cell, for who knows the policy; None where nothing is shown."""
    if cell.kind not in (CellKind.VALUE, CellKind.ZERO) or cell.value is None:
        return None
    if in_parts:
        # The threshold is on people: of parts of people only the rounding is known.
        half = (float(policy.base) / 2 if policy.base > 1 else 0.0) + TENTH
        return max(0.0, float(cell.value) - half), float(cell.value) + half
    # not a count of people to be shown: what may be believed of one
    least, most = believed(int(cell.value), policy)
    return float(least), float(most)


# ---- Ages: cuts of one and the same line


def bind_ages(told: Told) -> None:
    """Bands of age and years until an age cut one line at different places: each is a sum of the stretches between all the places."""
    lines: dict[At, dict[Name, tuple[str, str]]] = defaultdict(dict)
    for name in told.seen:
        ages = (
            [one for one in name.said if one[0] == "age" or one[0].startswith("until_")] if isinstance(name, At) else []
        )
        if isinstance(name, At) and len(ages) == 1:
            lines[name._replace(said=name.said - {ages[0]})][name] = ages[0]
    between = stretches(one for line in lines.values() for one in line.values())
    for context, line in lines.items():
        if len({dimension for dimension, _ in line.values()}) > 1:
            _bind_line(told, context, {name: between[one] for name, one in line.items()})


def _bind_line(told: Told, context: Any, line: Mapping[Name, tuple[int, int]]) -> None:
    cuts = sorted({edge for least, most in line.values() for edge in (least, most + 1)})
    between = [(least, ("between ages", context, least)) for least, _ in pairwise(cuts)]
    for name, (least, most) in line.items():
        told.add_up(name, [stretch for at, stretch in between if least <= at <= most])


# ---- Days: who stood then, came and went, stands now

#: Each flow with what it adds to the headcount of the earlier day to make that of the later.
FLOWS = {
    "workforce.starters": 1,
    "workforce.moves_in": 1,
    "workforce.leavers": -1,
    "workforce.moves_out": -1,
}
UNKNOWN = "workforce.unknown_moves"


def bind_days(told: Told, then: Name, now: Name, naming: Naming = plainly) -> bool:
    """Binds the whole headcount of two days by the flows between them; whether these are all there.

    Who came or went, not known how, is one figure and two movements: it is bound by what each can be.
    """
    names = {naming((figure, WHOLE)): sign for figure, sign in FLOWS.items()}
    unknown = naming((UNKNOWN, WHOLE))
    if not {*names, unknown, then, now} <= set(told.seen):
        return False
    came, went = ("came", unknown), ("went", unknown)
    told.add_up(unknown, [came, went])
    condition: dict[Name, int] = {now: -1, then: 1, came: 1, went: -1}
    told.bind(condition | names)
    return True
