"""The one door to the disclosure engine: exact tables go in, and what an audience may read comes out.

All counts of a release that are told of the same people are protected together: a cell is known by what is said of its people, whatever table
it stands in, so that what one table hides is not to be had from another. What hangs together, and by which sums, is worked out here;
what is hidden, the engine decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from desaga import disclosure as engine
from desaga.disclosure import INTERNAL, PUBLIC, STEWARD, Policy
from desaga.disclosure.suppress import choose
from desaga.disclosure.web import Relation, Web, web_of

from ..figuring import ALL, BY_KEY, Figure, Kind, Label, RawCell, RawTable, Stating, cuts_of
from ..states import Audience
from .tables import Cell, CellKind, Place, Shown

POLICIES: dict[str, Policy] = {Audience.INTERNAL: INTERNAL, Audience.PUBLIC: PUBLIC}
#: Figures that count the same people, once each, by their main contract: their cells are the same cells.
OF_ONE_CROWD = frozenset(f"workforce.{name}" for name in ("headcount", "retirement", "sex", "ethnicity", "disability"))
EQUALITY = frozenset(
    f"workforce.{name}" for name in ("sex", "ethnicity", "disability", "women", "ethnic_minorities", "disabled")
)
#: Not for the public: what people said of themselves goes out in shares alone, and no two characteristics together.
NOT_PUBLIC = frozenset({("workforce.headcount", "age_sex"), ("workforce.headcount", "grade_sex")})
#: Figures that would tell a count of another table, where that is hidden: parts of the same people, and shares of which it is the part.
PARTS: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {
    # Parts of the same people, nearly as many.
    "workforce.fpe": ("workforce.headcount", ()),
    "workforce.fte": ("workforce.headcount", ()),
    "workforce.turnover": ("workforce.leavers", ()),
    "workforce.promotion_rate": ("workforce.promotions", ()),
    "workforce.women": ("workforce.sex", (("sex", "female"),)),
    "workforce.disabled": ("workforce.disability", (("disability", "disabled"),)),
    "workforce.ethnic_minorities": (
        "workforce.ethnicity",
        (("ethnicity", "asian"), ("ethnicity", "black"), ("ethnicity", "mixed"), ("ethnicity", "other")),
    ),
}
#: Of a policy that hides no count for being small.
HIDDEN_ALL_THE_SAME = "A number is hidden where rounding alone would tell of few people."
SECONDS = 10.0
COUNTED = (Kind.PEOPLE, Kind.FTE)

#: What is said of the people in a cell: pairs of a dimension and a label. Two cells that say the same hold the same people.
Said = frozenset[tuple[str, str]]
#: A cell among all tables: what is counted, and of whom.
Known = tuple[str, Said]


def policy_told(audience: str) -> dict[str, Any]:
    """What is frozen of a policy with a release: its numbers, and the sentence that stands under every table."""
    policy = POLICIES[audience]
    return {
        "name": policy.name,
        "threshold": policy.threshold,
        "base": policy.base,
        "protection": policy.protection,
        "sentence": policy.sentence if policy.threshold else f"{policy.sentence} {HIDDEN_ALL_THE_SAME}",
    }


def policy_of(told: Mapping[str, Any]) -> Policy:
    """The policy that was frozen with a release, as far as it tells what stands behind a figure."""
    return Policy(told["name"], threshold=told["threshold"], base=told["base"], protection=told["protection"])


def meant_for(raw: Sequence[RawTable], audience: str) -> list[RawTable]:
    """The tables that an audience may read at all."""
    return [one for one in raw if audience != Audience.PUBLIC or (one.figure, one.cut) not in NOT_PUBLIC]


def protected(raw: Sequence[RawTable], audience: str) -> list[Shown]:
    """The tables as an audience reads them; those that are not for it are left out."""
    return shown_hiding(raw, audience, hiding(meant_for(raw, audience), POLICIES[audience]).names)


def shown_hiding(raw: Sequence[RawTable], audience: str, hidden: frozenset[Known]) -> list[Shown]:
    """The tables for an audience with these counts hidden, and what would tell them."""
    return [_shown(table, POLICIES[audience], hidden) for table in meant_for(raw, audience)]


def exact(raw: Sequence[RawTable]) -> list[Shown]:
    """The tables for the HR data steward: nothing rounded, nothing hidden."""
    return [_shown(table, STEWARD, frozenset()) for table in raw]


def is_of_equality(table: RawTable) -> bool:
    """Whether a table is of what people said of themselves."""
    said = {"sex", "ethnicity", "disability"} & set(dimensions_of(table))
    return table.figure in EQUALITY or bool(said)


# ---- What hangs together


@dataclass(frozen=True, slots=True)
class Crowd:
    """Cells of all tables that count the same people, each once, with the sums that bind them."""

    cells: dict[Known, RawCell]
    sums: tuple[tuple[Known, tuple[Known, ...]], ...]

    def web(self, policy: Policy) -> tuple[Web, list[Known]]:
        names = sorted(self.cells, key=lambda known: (known[0], sorted(known[1])))
        place = {known: number for number, known in enumerate(names)}
        relations: list[Relation] = [
            ((place[total], -1), *((place[part], 1) for part in parts)) for total, parts in self.sums
        ]
        values = [_whole(self.cells[known]) for known in names]
        people = [max(self.cells[known].people, 0) for known in names]
        return web_of(values, relations, policy, people=people, network=False), names


def _whole(cell: RawCell) -> int:
    """A count as a whole number; part of somebody is somebody."""
    value = cell.value or Decimal(0)
    # not a count of people to be shown: what the engine is given
    return int(value) if value == int(value) else int(value) + 1


def crowds_of(raw: Iterable[RawTable]) -> list[Crowd]:
    """The counts of a release by the people that they count."""
    tables = defaultdict(list)
    for table in raw:
        if table.adds_up and table.is_collected and BY_KEY[table.figure].kind in COUNTED:
            tables[crowd_key(table.figure)].append(table)
    return [_crowd(key, some) for key, some in tables.items()]


def crowd_key(figure: str) -> str:
    return "workforce.headcount" if figure in OF_ONE_CROWD else figure


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


@dataclass(frozen=True, slots=True)
class Hiding:
    """The counts that are hidden; `few` are those of few people. Of the rest, `least` people would be lost by the best choice (None: not known)."""

    names: frozenset[Known]
    few: frozenset[Known] = frozenset()
    least: int | None = 0


def hiding(raw: Iterable[RawTable], policy: Policy) -> Hiding:
    """What a policy hides: the counts of few people, and what would give them away."""
    names: set[Known] = set()
    few: set[Known] = set()
    least: int | None = 0
    for crowd in crowds_of(raw):
        web, known = crowd.web(policy)
        if not web.sensitive:
            continue
        choice = choose(web, seconds=SECONDS)
        few |= {known[place] for place in web.sensitive}
        names |= {known[place] for place in (*web.sensitive, *choice.hidden)}
        least = None if least is None or choice.bound is None else least + choice.bound
    return Hiding(frozenset(names), frozenset(few), least)


def lost(raw: Iterable[RawTable], audience: str, hidden: frozenset[Known], chosen: Hiding) -> dict[str, Any]:
    """How many people are in the counts hidden besides those of few, and what share of that a better choice might have kept (None: not known).

    Each count is one, in however many tables it stands.
    """
    cells = {known: cell for crowd in crowds_of(meant_for(list(raw), audience)) for known, cell in crowd.cells.items()}
    people = sum(max(1, _whole(cells[known])) for known in hidden - chosen.few)
    least = chosen.least
    # Where nothing was known to be lost at the least, how near to the least this is cannot be said.
    gap = None if people and not least else 0.0
    if people and least:
        # not a count of people: the share of a loss, with three places
        gap = round((people - least) / people, 3)
    return {"lost": people, "gap": gap}


# ---- Cells


def _shown(table: RawTable, policy: Policy, hidden: frozenset[Known]) -> Shown:
    figure = BY_KEY[table.figure]
    cut = next((one for one in cuts_of(figure, Stating()) if one.key == table.cut), None)
    key = crowd_key(table.figure)
    cells = {}
    for place, raw in table.cells.items():
        said = said_of(table, *place)
        is_hidden = (key, said) in hidden or _tells_hidden(figure.key, said, hidden)
        cells[place] = _told(_cell(figure, raw, policy, is_hidden), figure)
    return Shown(
        figure=figure.key,
        cut=table.cut,
        name=figure.name,
        cut_words=cut.words if cut else _until(table.cut),
        definition=figure.definition,
        unit=figure.unit,
        counted_as=str(figure.kind),
        better=str(figure.better),
        rows=table.rows,
        columns=table.columns,
        cells=cells,
        why=table.why,
        beside=table.beside,
    )


def _tells_hidden(figure: str, said: Said, hidden: frozenset[Known]) -> bool:
    """Whether a figure would tell a count that is hidden."""
    if figure not in PARTS:
        return False
    counted, groups = PARTS[figure]
    parts = [said | {group} for group in groups] or [said]
    return any((crowd_key(counted), part) in hidden for part in parts)


def _until(cut: str) -> str:
    """A cut of the horizon at an age that the organisation states."""
    return f"Unit, and years until {cut.removeprefix('unit_')}"


def _cell(figure: Figure, raw: RawCell, policy: Policy, hidden: bool) -> engine.Cell:
    if not raw.is_collected:
        return engine.NOT_COLLECTED
    if figure.kind in COUNTED:
        return engine.count_cell(_tidy(raw.value or Decimal(0)), policy, people=raw.people, hidden=hidden)
    if raw.value is None or raw.of is None:
        return engine.NOT_COLLECTED
    if hidden:
        return engine.Cell(engine.Kind.SUPPRESSED)
    if figure.kind == Kind.AVERAGE:
        return engine.average_cell(raw.value * raw.of, raw.of, policy)
    return _share(raw, policy)


def _share(raw: RawCell, policy: Policy) -> engine.Cell:
    part, whole = (raw.value or Decimal(0)) * (raw.of or Decimal(0)) / 100, raw.of or Decimal(0)
    # A rate over a year may count more people than there are on average: then there is no rest to be protected.
    return engine.share_cell(part, max(whole, part) if part > whole else whole, policy, people=raw.people)


def _tidy(value: Decimal) -> int | Decimal:
    # not a count of people to be shown: what the engine is given
    return int(value) if value == int(value) else value.quantize(Decimal("0.1"))


def _told(cell: engine.Cell, figure: Figure) -> Cell:
    value = None if cell.value is None else Decimal(cell.value)
    words = engine.show(cell, after=" %" if figure.kind == Kind.SHARE else "")
    return Cell(CellKind(cell.kind.value.replace(" ", "_")), value, words)
