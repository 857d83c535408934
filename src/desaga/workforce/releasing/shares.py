"""Which counts stand behind a share, and how they hang together with the counts that are released.

A share is worked out from a part and a whole, rounded as counts are: whoever reads it has those two figures. So they are figures of the web
like any other, with the rest, under the sums that bind them, and a share is shown only where all of them may be. A figure that no table shows
and no share stands on costs nothing to hide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from desaga.disclosure import Cell, Kind, Policy, rate_cell, share_cell

from ..figuring import ALL, BY_KEY, RawCell, RawTable
from ..figuring import Kind as Counted
from .ages import stretches
from .crowds import OF_PEOPLE, Crowd, Known, Said, dimensions_of, said_of, sums_of
from .tables import Place, Shown

#: Counts that have a table of their own: the part of a share, and what else it is made of. By figure: of what, and what is said besides.
PARTS: dict[str, tuple[str, Said]] = {
    "workforce.turnover": ("workforce.leavers", frozenset()),
    "workforce.resignations": ("workforce.leavers", frozenset({("reason", "resigned")})),
    "workforce.promotion_rate": ("workforce.promotions", frozenset()),
    "workforce.women": (OF_PEOPLE, frozenset({("sex", "female")})),
    "workforce.disabled": (OF_PEOPLE, frozenset({("disability", "disabled")})),
}
RESTS: dict[str, tuple[str, Said]] = {"workforce.disabled": (OF_PEOPLE, frozenset({("disability", "none")}))}
#: Parts and rests that are sums of counted groups.
GROUPS: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("workforce.women", "rest"): (("sex", "male"), ("sex", "other")),
    ("workforce.ethnic_minorities", "part"): tuple(("ethnicity", key) for key in ("asian", "black", "mixed", "other")),
    ("workforce.ethnic_minorities", "rest"): (("ethnicity", "white"), ("ethnicity", "white-minority")),
}
#: Shares of leavers: out of the mean of the staff of two days, so that there is no rest.
RATES = frozenset({"workforce.turnover", "workforce.resignations"})
FILLED, VALID, STABILITY, AGED = "workforce.filled", "workforce.valid", "workforce.stability", "workforce.aged_50"
#: Of what age those are at the least whom that share is of.
FIFTY = 50
#: The staff of the earlier day, out of whom leavers and stayers come.
BEFORE = "workforce.headcount_before"
LEAVERS = "workforce.leavers"
#: Who is not filled in, in the tables that show it.
BLANKS: dict[str, tuple[tuple[str, str], ...]] = {
    "age": (("age", "-"),),
    "sex": (("sex", "unsaid"),),
    "ethnicity": (("ethnicity", "unsaid"),),
    "disability": (("disability", "unsaid"),),
    "grade": (("grade", "-"),),
    "unit": (("unit", "-"), ("unit", "?")),
    "terms": (("terms", "-"),),
    "mode": (("mode", "-"),),
    "level": (("level", "-"),),
    "joined": (("service", "-"),),
}


@dataclass(frozen=True, slots=True)
class Behind:
    """What a share is worked out from."""

    part: Known
    wholes: tuple[Known, ...]
    rest: Known | None = None

    @property
    def all(self) -> tuple[Known, ...]:
        return (self.part, *self.wholes) if self.rest is None else (self.part, *self.wholes, self.rest)


def is_share(table: RawTable | Shown) -> bool:
    return BY_KEY[table.figure].kind == Counted.SHARE and table.is_collected


def behind(table: RawTable | Shown, row: str, column: str = ALL.key) -> Behind:
    """The counts behind one cell of a share."""
    said, figure = said_of(table, row, column), table.figure
    part = _named(PARTS, figure, said, "part")
    if figure in RATES:
        return Behind(part, ((BEFORE, said), (OF_PEOPLE, said)))
    return Behind(part, (_whole(figure, said),), _named(RESTS, figure, said, "rest"))


def _named(known: Mapping[str, tuple[str, Said]], figure: str, said: Said, which: str) -> Known:
    crowd, more = known.get(figure, (figure, frozenset({("share", which)})))
    return crowd, said | more


def _whole(figure: str, said: Said) -> Known:
    if figure == STABILITY:
        return BEFORE, said
    if figure == FILLED:
        return OF_PEOPLE, frozenset()
    return (FILLED, said | {("share", "part")}) if figure == VALID else (figure, said | {("share", "whole")})


# ---- What hangs together


@dataclass(slots=True)
class Pool:
    """All counts of a release, those of tables and those behind shares, with the sums that bind them."""

    cells: dict[Known, RawCell] = field(default_factory=dict)
    sums: dict[tuple[Known, tuple[Known, ...]], None] = field(default_factory=dict)
    #: What no table shows.
    untold: set[Known] = field(default_factory=set)

    def put(self, known: Known, count: int) -> None:
        if known not in self.cells:
            self.cells[known] = RawCell(Decimal(count), count)
            self.untold.add(known)

    def count(self, known: Known) -> int:
        return self.cells[known].people

    def bind(self, total: Known, parts: Iterable[Known]) -> None:
        """The total is the sum of the parts, and of others if these do not make it up."""
        named = tuple(parts)
        if total not in self.cells or any(part not in self.cells for part in named):
            return
        left = self.count(total) - sum(self.count(part) for part in named)
        if left < 0:  # They are counted in two ways, and say nothing sure of one another.
            return
        if left:
            others: Known = (total[0], total[1] | {("besides", str(sorted(str(part) for part in named)))})
            self.put(others, left)
            named = (*named, others)
        self.sums[total, named] = None


def told_cell(table: RawTable, place: Place, policy: Policy, pool: Pool) -> Cell:
    """A share as its own rule has it, whatever else is hidden."""
    raw, figure = table.cells[place], table.figure
    whole = raw.of or Decimal(0)
    if figure not in RATES:
        return share_cell(raw.people, whole, policy)
    counts = [pool.count(known) for known in behind(table, *place).wholes if known in pool.cells]
    if len(counts) < 2:
        return rate_cell(raw.people, (whole,), policy) if policy.base == 1 else Cell(Kind.SUPPRESSED)
    scale = (raw.value or Decimal(0)) * whole / (100 * raw.people) if raw.people else Decimal(1)
    return rate_cell(raw.people, counts, policy, scale=scale)


def pool_of(crowds: Iterable[Crowd], raw: Sequence[RawTable]) -> Pool:
    """The counts of all crowds, and those that shares add."""
    pool = Pool()
    for crowd in crowds:
        pool.cells |= crowd.cells
        pool.sums |= dict.fromkeys(crowd.sums)
    shares = [table for table in raw if is_share(table)]
    for table in sorted(shares, key=lambda one: one.figure in RATES, reverse=True):
        _put(pool, table)
    for table in shares:
        _bind(pool, table)
    return pool


def _collected(table: RawTable) -> Iterator[tuple[tuple[str, str], RawCell, Behind]]:
    for place, cell in table.cells.items():
        if cell.is_collected and cell.of is not None:
            yield place, cell, behind(table, *place)


def _put(pool: Pool, table: RawTable) -> None:
    for _, cell, one in _collected(table):
        pool.put(one.part, cell.people)
        whole = cell.of or Decimal(0)
        if one.rest is None:
            then, now = one.wholes
            if (OF_PEOPLE, frozenset()) in pool.cells:
                pool.put(now, 0)  # A unit that all have left has no row today.
                pool.put(then, int(2 * whole) - pool.count(now))
        else:
            pool.put(one.wholes[0], int(whole))
            pool.put(one.rest, int(whole) - cell.people)


def _bind(pool: Pool, table: RawTable) -> None:
    for place, _, one in _collected(table):
        if one.rest is not None:
            pool.bind(one.wholes[0], (one.part, one.rest))
        _bind_elsewhere(pool, table.figure, said_of(table, *place), one)
    if dimensions_of(table)[0] == "field":
        return
    for total, parts in sums_of(table):
        for which in zip(*(behind(table, *place).all for place in (total, *parts)), strict=True):
            known = [part for part in which[1:] if part in pool.cells]
            pool.bind(which[0], known)


def _bind_elsewhere(pool: Pool, figure: str, said: Said, one: Behind) -> None:
    """What binds the counts of a share to those of tables."""
    for which, known in (("part", one.part), ("rest", one.rest)):
        groups = GROUPS.get((figure, which))
        if groups and known is not None:
            pool.bind(known, [(OF_PEOPLE, said | {group}) for group in groups])
    if figure == STABILITY and one.rest is not None:
        pool.bind((LEAVERS, said), (one.rest,))
    elif figure == FILLED and one.rest is not None:
        _bind_blanks(pool, dict(said).get("field", ""), one.rest)
    elif figure == AGED:
        _bind_ages(pool, said, one.part)
    if one.wholes[0][0] == figure:
        pool.bind((OF_PEOPLE, said), one.wholes)


def _bind_blanks(pool: Pool, name: str, unfilled: Known) -> None:
    """Of some fields a table shows who is not filled in, or who is and did not want to say."""
    blank = [known for group in BLANKS.get(name, ()) if (known := (OF_PEOPLE, frozenset({group}))) in pool.cells]
    if len(blank) == 1 and pool.count(blank[0]) > pool.count(unfilled):
        pool.bind(blank[0], (unfilled,))
    elif blank:
        pool.bind(unfilled, blank)


def _bind_ages(pool: Pool, said: Said, old: Known) -> None:
    """Who is 50 or older is in the bands that begin at 50 or later, or in the one that 50 lies in; and so along each line of years until an age."""
    for line in _lines(pool, said).values():
        after = [known for known, (least, _) in line.items() if least >= FIFTY]
        if after:
            pool.bind(old, after)
        straddling = next((known for known, (least, most) in line.items() if least < FIFTY <= most), None)
        if straddling is not None:
            left: Known = (old[0], old[1] | {("besides", str(sorted(str(part) for part in after)))})
            pool.bind(straddling, [left] if left in pool.cells else [])


def _lines(pool: Pool, said: Said) -> dict[str, dict[Known, tuple[int, int]]]:
    """The bands of age, and the years until each age that is looked ahead to: of whom they say no more, with their least and most age."""
    told: dict[Known, tuple[str, str]] = {}
    for known in pool.cells:
        more = known[1] - said
        if known[0] == OF_PEOPLE and known[1] >= said and len(more) == 1:
            (one,) = more
            if one[0] == "age" or one[0].startswith("until_"):
                told[known] = one
    lines: dict[str, dict[Known, tuple[int, int]]] = {}
    between = stretches(told.values())
    for known, one in told.items():
        lines.setdefault(one[0], {})[known] = between[one]
    return lines


def crowds_in(pool: Pool) -> list[Crowd]:
    """The counts by what hangs together: counts that no sum binds to one another tell nothing of one another."""
    home = {known: known for known in pool.cells}

    def root(known: Known) -> Known:
        while home[known] != known:
            home[known] = home[home[known]]
            known = home[known]
        return known

    for total, parts in pool.sums:
        for part in parts:
            home[root(part)] = root(total)
    cells: dict[Known, dict[Known, RawCell]] = {}
    sums: dict[Known, list[tuple[Known, tuple[Known, ...]]]] = {}
    for known, cell in pool.cells.items():
        cells.setdefault(root(known), {})[known] = cell
    for one in pool.sums:
        sums.setdefault(root(one[0]), []).append(one)
    return [Crowd(some, tuple(sums.get(top, ()))) for top, some in cells.items()]


def cost_of(pool: Pool, raw: Sequence[RawTable], policy: Policy) -> dict[Known, int]:
    """What hiding costs where it is not the people counted: nothing where nobody reads the figure, 1 where one share goes with it."""
    cost = dict.fromkeys(pool.untold, 0)
    for table in raw:
        if not is_share(table):
            continue
        for place, _, one in _collected(table):
            if told_cell(table, place, policy, pool).is_seen:
                cost |= {known: cost[known] + 1 for known in (one.part, *one.wholes) if known in pool.untold}
    return cost
