"""Averages, FTE and FPE beside counts of people: what they tell of those counts, and which of them are withheld for it.

They are not sums of people, so that the engine, which chooses what to hide among counts, does not see them. Here the attacker does: an average to
one place says between which two numbers of years those of a cell add up, and these add up over the cells of a cut; nobody is more than one
FTE. Where that leaves a small count in less doubt than the policy asks for, the figure is withheld in that cut and told for the whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial

from desaga.disclosure import Policy, average_cell, count_cell
from desaga.disclosure.attack import doubts
from desaga.disclosure.solver import Row
from desaga.disclosure.web import believed

from ..figuring import BY_KEY, Kind, RawCell, RawTable
from .crowds import OF_PEOPLE, Crowd, Known, dimensions_of, places_of, said_of, sums_of
from .shares import Pool, behind, is_share, told_cell
from .tables import Place

#: Whose counts they stand beside.
OF = {
    "workforce.service": OF_PEOPLE,
    "workforce.time_in_grade": OF_PEOPLE,
    "workforce.fte": OF_PEOPLE,
    "workforce.fpe": OF_PEOPLE,
    "workforce.applicants": "workforce.vacancies",
}
#: More years than this nobody has served.
MOST_YEARS = 60.0
HALF = 0.05


def withheld(
    raw: Sequence[RawTable], pool: Pool, crowds: Sequence[Crowd], hidden: frozenset[Known], policy: Policy
) -> frozenset[Place]:
    """The tables, by figure and cut, that may be read for the whole only, and the shares that may not be read.

    Where there is a threshold, shares were looked at by the engine already; where there is none it had nothing to hide.
    """
    tables = [table for table in raw if _is_amount(table) or (is_share(table) and not policy.threshold)]
    gone: set[Place] = set()
    for crowd in crowds:
        small = [known for known, cell in crowd.cells.items() if 0 < cell.people < limit_of(policy)]
        own = [table for table in tables if small and _is_told_of(table, crowd)]
        if own and policy.protection:
            gone |= _guilty(Told(crowd, pool, hidden, policy), own, small)
    return frozenset(gone)


def _guilty(alone: Told, own: list[RawTable], small: Sequence[Known]) -> set[Place]:
    """Of the tables beside counts those to withhold: first what tells too much by itself, then the finest, until they tell nothing together."""
    before = alone.doubt(small)
    narrowed = partial(_narrowed, alone, small=small, before=before)
    by_itself: dict[Place, set[Known]] = {}
    gone: set[Place] = set()
    while own and (narrow := narrowed(own)):
        by_itself = by_itself or {_key(table): narrowed([table]) for table in own}
        guilty = {_key(table) for table in own if by_itself[_key(table)] & narrow} or {_key(max(own, key=_fineness))}
        own = [table for table in own if _key(table) not in guilty]
        gone |= guilty
    return gone


def _key(table: RawTable) -> Place:
    return table.figure, table.cut


def _is_amount(table: RawTable) -> bool:
    return table.figure in OF and table.is_collected and dimensions_of(table) != ("", "")


def _is_told_of(table: RawTable, crowd: Crowd) -> bool:
    if table.figure in OF:
        return (OF[table.figure], frozenset()) in crowd.cells
    return any(known in crowd.cells for place in table.cells for known in behind(table, *place).all)


def _fineness(table: RawTable) -> tuple[bool, int]:
    return BY_KEY[table.figure].kind == Kind.AVERAGE, len(table.cells)


def _narrowed(
    alone: Told, tables: Sequence[RawTable], *, small: Sequence[Known], before: Mapping[Known, float]
) -> set[Known]:
    """The counts of which these tables leave less doubt than the policy asks for, and less than without them."""
    # What sums and rounding alone give away is not the doing of what stands beside.
    left = alone.with_tables(tables).doubt(small)
    return {known for known in small if left[known] < min(before[known], alone.policy.protection)}


def limit_of(policy: Policy) -> int:
    """Below how many people a count is small: where nothing is hidden, what rounds to one figure with nobody."""
    return policy.threshold or policy.base


class Told:
    """What an attacker is told: bounds of counts and sums, and what stands beside."""

    def __init__(self, crowd: Crowd, pool: Pool, hidden: frozenset[Known], policy: Policy):
        self.crowd, self.pool, self.hidden, self.policy = crowd, pool, hidden, policy
        self.place = {known: place for place, known in enumerate(crowd.cells)}
        self.low: list[int] = []
        self.high: list[int | None] = []
        self.rows: list[Row] = [
            ([self.place[total], *(self.place[one] for one in parts)], [-1.0, *[1.0] * len(parts)], 0.0, 0.0)
            for total, parts in crowd.sums
        ]
        unknown = hidden if policy.threshold else hidden | pool.untold
        for known, cell in crowd.cells.items():
            least, most = (0, None) if known in unknown else self._shown(cell)
            self.low.append(least)
            self.high.append(most)

    def _shown(self, cell: RawCell) -> tuple[int, int | None]:
        shown = count_cell(cell.people, self.policy)
        return believed(int(shown.value or 0), self.policy) if shown.value is not None else (0, None)

    def with_tables(self, tables: Sequence[RawTable]) -> Told:
        """The same, told of these tables besides."""
        more = Told(self.crowd, self.pool, self.hidden, self.policy)
        for table in tables:
            more.add(table)
        return more

    def doubt(self, asked: Sequence[Known]) -> dict[Known, float]:
        """Most less least of each count, as far as the policy asks for doubt."""
        places = [self.place[known] for known in asked]
        found = doubts(self.low, self.high, self.rows, places, self.policy.protection)
        return {known: found[place] for known, place in zip(asked, places, strict=True)}

    def _new(self) -> int:
        self.low.append(0)
        self.high.append(None)
        return len(self.low) - 1

    def add(self, table: RawTable) -> None:
        """A figure beside the counts: what each of its cells amounts to, in a column of its own, and the sums of these."""
        if is_share(table):
            self._share(table)
            return
        amounts = {place: self._new() for place in places_of(table)}
        for place, amount in amounts.items():
            known = (OF[table.figure], said_of(table, *place))
            cell = table.cell(*place)
            if known in self.place and cell.is_collected:
                self._amounts_to(table, cell, known, amount)
        for total, parts in sums_of(table):
            self.rows.append(
                ([amounts[total], *(amounts[one] for one in parts)], [-1.0, *[1.0] * len(parts)], 0.0, 0.0)
            )

    def _share(self, table: RawTable) -> None:
        """A share that is shown tells its part and its wholes as they are rounded."""
        for place, cell in table.cells.items():
            one = behind(table, *place)
            if not cell.is_collected or not told_cell(table, place, self.policy, self.pool).is_seen:
                continue
            for known in (one.part, *one.wholes):
                if known in self.place:
                    self.low[self.place[known]], self.high[self.place[known]] = self._shown(self.crowd.cells[known])

    def _amounts_to(self, table: RawTable, cell: RawCell, known: Known, amount: int) -> None:
        people, is_average = self.place[known], BY_KEY[table.figure].kind == Kind.AVERAGE
        total = float((cell.value or Decimal(0)) * (cell.of or 0 if is_average else 1))
        count = self.crowd.cells[known].people
        each = MOST_YEARS if is_average and BY_KEY[table.figure].unit == "years" else 1.0
        if total <= each * count and table.figure != "workforce.applicants":
            self.rows.append(([amount, people], [1.0, -each], -float("inf"), 0.0))
        if is_average:
            self._mean(cell, known, amount)
        else:
            self._rounded(cell, known, amount)

    def _rounded(self, cell: RawCell, known: Known, amount: int) -> None:
        """FTE to the nearest 5, halves up."""
        shown = count_cell(cell.value or Decimal(0), self.policy, people=cell.people, hidden=known in self.hidden)
        if shown.value is not None:
            half = self.policy.base / 2 if self.policy.base > 1 else 0.0
            self.rows.append(([amount], [1.0], max(0.0, float(shown.value) - half), float(shown.value) + half))

    def _mean(self, cell: RawCell, known: Known, amount: int) -> None:
        """A mean of all, or of those in whose data it is: then it tells nothing of how many there are."""
        if (
            cell.value is None
            or cell.of is None
            or known in self.hidden
            or cell.people != self.crowd.cells[known].people
        ):
            return
        shown = average_cell(cell.value * cell.of, cell.of, self.policy)
        if shown.value is not None:
            mean, people = float(shown.value), self.place[known]
            self.rows.append(([amount, people], [1.0, -(mean - HALF)], 0.0, float("inf")))
            self.rows.append(([amount, people], [1.0, -(mean + HALF)], -float("inf"), 0.0))


__all__ = ["OF", "Told", "limit_of", "withheld"]
