"""Cells of all tables of a release that count the same people, each once, and the sums that bind them.

A cell is known by what it says of its people, whatever table it stands in.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from desaga.disclosure import Policy
from desaga.disclosure.web import Relation, Web, web_of

from ..figuring import ALL, BY_KEY, Kind, Label, RawCell, RawTable
from .tables import Place, Shown

OF_PEOPLE = "workforce.headcount"
#: Figures that count the same people, once each, by their main contract: their cells are the same cells.
OF_ONE_CROWD = frozenset(f"workforce.{name}" for name in ("headcount", "retirement", "sex", "ethnicity", "disability"))
COUNTED = (Kind.PEOPLE, Kind.FTE)
#: FTE and FPE are looked at in hundredths: they add up only as they are.
HUNDREDTHS = 100

#: Rows that come into being with the first person in them, unlike those of age or sex, which are there when nobody is.
MET = frozenset({"unit", "grade", "level"})

#: What is said of the people in a cell: pairs of a dimension and a label. Two cells that say the same hold the same people.
Said = frozenset[tuple[str, str]]
#: A cell among all tables: what is counted, and of whom.
Known = tuple[str, Said]


@dataclass(frozen=True, slots=True)
class Crowd:
    """Cells of all tables that count the same people, each once, with the sums that bind them."""

    cells: dict[Known, RawCell]
    sums: tuple[tuple[Known, tuple[Known, ...]], ...]

    def web(self, policy: Policy, cost: Mapping[Known, int] | None = None) -> tuple[Web, list[Known]]:
        """The web of the crowd, and its figures in their order; `cost`: what hiding loses where that is not the people counted."""
        names = sorted(self.cells, key=lambda known: (known[0], sorted(known[1])))
        place = {known: number for number, known in enumerate(names)}
        relations: list[Relation] = [
            ((place[total], -1), *((place[part], 1) for part in parts)) for total, parts in self.sums
        ]
        people = [max(self.cells[known].people, 0) for known in names]
        scale = HUNDREDTHS if self.is_of_parts else 1
        # not a count of people to be shown: what the engine is given
        values = [round(scale * (self.cells[known].value or Decimal(0))) for known in names]
        web = web_of(values, relations, in_parts(policy) if self.is_of_parts else policy, people=people, network=False)
        lost = tuple((cost or {}).get(known, max(1, count)) for known, count in zip(names, people, strict=True))
        few = tuple(place for place, count in enumerate(people) if policy.hides(count))
        return replace(web, cost=lost, sensitive=few), names

    @property
    def is_of_parts(self) -> bool:
        """Whether it counts parts of people: FTE and FPE."""
        figures = {known[0].split(" ")[0] for known in self.cells}
        return any(figure in BY_KEY and BY_KEY[figure].kind == Kind.FTE for figure in figures)


def in_parts(policy: Policy) -> Policy:
    """A policy for hundredths of people. Who are few is told by people; a rounded figure says of them between what it lies."""
    base = policy.base * HUNDREDTHS if policy.base > 1 else HUNDREDTHS // 10
    return Policy(policy.name, 0, base, policy.protection * HUNDREDTHS)


def crowds_of(raw: Iterable[RawTable]) -> list[Crowd]:
    """The counts of a release by the people that they count."""
    tables = defaultdict(list)
    for table in raw:
        if table.adds_up and table.is_collected and BY_KEY[table.figure].kind in COUNTED:
            tables[crowd_key(table.figure)].append(table)
    return [_crowd(key, some) for key, some in tables.items()]


def crowd_key(figure: str) -> str:
    return OF_PEOPLE if figure in OF_ONE_CROWD else figure


def _crowd(key: str, tables: Sequence[RawTable]) -> Crowd:
    cells: dict[Known, RawCell] = {}
    sums = []
    for table in tables:
        for row, column in places_of(table):
            cells.setdefault((key, said_of(table, row, column)), table.cell(row, column))
        sums += [
            (_known(key, table, total), tuple(_known(key, table, one) for one in parts))
            for total, parts in sums_of(table)
        ]
    return Crowd(cells, tuple(dict.fromkeys(sums)))


def _known(key: str, table: RawTable, place: Place) -> Known:
    return key, said_of(table, *place)


def said_of(table: RawTable | Shown, row: str, column: str) -> Said:
    """What a cell says of its people. Technical staff are meant throughout; beside the rest, the rest and all staff are said."""
    rows, columns = dimensions_of(table)
    said = {(name, key) for name, key in ((rows, row), (columns, column)) if name and key != ALL.key}
    if "staff" in (rows, columns):
        label = column if columns == "staff" else row
        said -= {("staff", "technical")}
        said |= {("staff", "all")} if label == ALL.key else set()
    return frozenset(said)


def dimensions_of(table: RawTable | Shown) -> tuple[str, str]:
    """The names of a table's rows and columns; of the whole, none."""
    figure = BY_KEY[table.figure]
    cut = next((one for one in figure.cuts if one.key == table.cut), None)
    rows, columns = (cut.rows, cut.columns) if cut else ("unit", table.cut.replace("unit_", "until_"))
    if not columns and ALL not in table.columns:
        columns = "staff"
    return rows, columns


def _labels(labels: Sequence[Label]) -> list[str]:
    return [one.key for one in labels if one != ALL]


def places_of(table: RawTable | Shown) -> list[Place]:
    rows, columns = _labels(table.rows), _labels(table.columns)
    return [(row, column) for row in (*rows, ALL.key) for column in (*columns, ALL.key)]


def sums_of(table: RawTable | Shown) -> list[tuple[Place, tuple[Place, ...]]]:
    """Each total with what it is the sum of."""
    rows, columns = _labels(table.rows), _labels(table.columns)
    found: list[tuple[Place, tuple[Place, ...]]] = []
    if rows:
        found += [((ALL.key, column), tuple((row, column) for row in rows)) for column in (*columns, ALL.key)]
    if columns:
        found += [((row, ALL.key), tuple((row, column) for column in columns)) for row in (*rows, ALL.key)]
    return found
