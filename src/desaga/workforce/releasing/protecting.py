"""The one door to the disclosure engine: exact tables go in, and what an audience may read comes out.

All counts of a release that are told of the same people are protected together: a cell is known by what is said of its people, whatever table
it stands in, so that what one table hides is not to be had from another. What hangs together, and by which sums, is worked out here;
what is hidden, the engine decides.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from desaga import disclosure as engine
from desaga.disclosure import INTERNAL, PUBLIC, STEWARD, Policy, internal
from desaga.disclosure.rounding import rounded
from desaga.disclosure.suppress import choose

from ..figuring import ALL, BLANK, BY_KEY, Figure, Kind, RawCell, RawTable, Stating, cuts_of
from ..states import Audience
from . import alongside, shares
from .crowds import COUNTED, MET, OF_PEOPLE, Known, crowd_key, crowds_of, dimensions_of, said_of
from .tables import Cell, CellKind, Place, Shown

POLICIES: dict[str, Policy] = {Audience.INTERNAL: INTERNAL, Audience.PUBLIC: PUBLIC}
EQUALITY = frozenset(
    f"workforce.{name}" for name in ("sex", "ethnicity", "disability", "women", "ethnic_minorities", "disabled")
)
#: Not for the public: what people said of themselves goes out in shares alone, and no two characteristics together.
NOT_PUBLIC = frozenset({("workforce.headcount", "age_sex"), ("workforce.headcount", "grade_sex")})
SECONDS = 10.0
FROM_ROUNDED = "Shares are worked out from the rounded numbers."
#: Of a policy that hides no count for being small.
HIDDEN_ALL_THE_SAME = "A number is hidden where rounding alone would tell of few people."


def policies_of(threshold: int) -> dict[str, Policy]:
    """The policies of an organisation that has chosen the threshold for inside. The public's is the same for all."""
    return {**POLICIES, Audience.INTERNAL: internal(threshold)}


def policy_told(audience: str, policies: Mapping[str, Policy] | None = None) -> dict[str, Any]:
    """What is frozen of a policy with a release: its numbers, and the sentence that stands under every table."""
    policy = (policies or POLICIES)[audience]
    more = [
        words
        for words, holds in ((HIDDEN_ALL_THE_SAME, not policy.threshold), (FROM_ROUNDED, policy.base > 1))
        if holds
    ]
    return {
        "name": policy.name,
        "threshold": policy.threshold,
        "base": policy.base,
        "protection": policy.protection,
        "sentence": " ".join([policy.sentence, *more]),
    }


def policy_of(told: Mapping[str, Any]) -> Policy:
    """The policy that was frozen with a release, as far as it tells what stands behind a figure."""
    return Policy(told["name"], threshold=told["threshold"], base=told["base"], protection=told["protection"])


def meant_for(raw: Sequence[RawTable], audience: str) -> list[RawTable]:
    """The tables that an audience may read at all."""
    return [one for one in raw if audience != Audience.PUBLIC or (one.figure, one.cut) not in NOT_PUBLIC]


def protected(raw: Sequence[RawTable], audience: str, policies: Mapping[str, Policy] | None = None) -> list[Shown]:
    """The tables as an audience reads them; those that are not for it are left out."""
    hidden = hiding(meant_for(raw, audience), (policies or POLICIES)[audience])
    return shown_hiding(raw, audience, hidden.names, policies)


def shown_hiding(
    raw: Sequence[RawTable], audience: str, hidden: frozenset[Known], policies: Mapping[str, Policy] | None = None
) -> list[Shown]:
    """The tables for an audience with these counts hidden, and what would tell them."""
    policy, wanted = (policies or POLICIES)[audience], meant_for(raw, audience)
    pool = shares.pool_of(crowds_of(wanted), wanted)
    closed = Closed(hidden, pool, alongside.withheld(wanted, pool, shares.crowds_in(pool), hidden, policy))
    tables = [_shown(table, policy, closed) for table in wanted]
    if policy.threshold:
        return tables
    return [_without_nobody(one, table, policy) for one, table in zip(tables, wanted, strict=True)]


def exact(raw: Sequence[RawTable]) -> list[Shown]:
    """The tables for the HR data steward: nothing rounded, nothing hidden."""
    closed = Closed(frozenset(), shares.pool_of(crowds_of(raw), raw))
    return [_shown(table, STEWARD, closed) for table in raw]


def is_of_equality(table: RawTable) -> bool:
    """Whether a table is of what people said of themselves."""
    said = {"sex", "ethnicity", "disability"} & set(dimensions_of(table))
    return table.figure in EQUALITY or bool(said)


# ---- What is hidden


@dataclass(frozen=True, slots=True)
class Hiding:
    """The counts that are hidden, those behind shares among them; `few` are those of few people.

    Of the rest, `least` people would be lost by the best choice (None: not known).
    """

    names: frozenset[Known]
    few: frozenset[Known] = frozenset()
    least: int | None = 0


def hiding(raw: Sequence[RawTable], policy: Policy) -> Hiding:
    """What a policy hides: the counts of few people, and what would give them away."""
    pool = shares.pool_of(crowds_of(raw), raw)
    cost = shares.cost_of(pool, raw, policy)
    names: set[Known] = set()
    few: set[Known] = set()
    least: int | None = 0
    for crowd in shares.crowds_in(pool):
        web, known = crowd.web(policy, cost)
        if not web.sensitive:
            continue
        choice = choose(web, seconds=SECONDS)
        few |= {known[place] for place in web.sensitive}
        names |= {known[place] for place in (*web.sensitive, *choice.hidden)}
        least = None if least is None or choice.bound is None else least + choice.bound
    return Hiding(frozenset(names), frozenset(few), least)


def lost(raw: Sequence[RawTable], audience: str, hidden: frozenset[Known], chosen: Hiding) -> dict[str, Any]:
    """How many people are in the counts hidden besides those of few, and what share of that a better choice might have kept (None: not known).

    Each count is one, in however many tables it stands; counts that stand only behind shares are none.
    """
    cells = {known: cell for crowd in crowds_of(meant_for(raw, audience)) for known, cell in crowd.cells.items()}
    people = sum(max(1, cells[known].people) for known in hidden - chosen.few if known in cells)
    # Where nothing was known to be lost at the least, how near to the least this is cannot be said.
    gap = None if people and not chosen.least else 0.0
    if people and chosen.least:
        # not a count of people: the share of a loss, with three places
        gap = round(max(0, people - chosen.least) / people, 3)
    return {"lost": people, "gap": gap}


@dataclass(frozen=True, slots=True)
class Closed:
    """What an audience does not read: counts that are hidden, and averages, parts of people and shares that are withheld for what they tell."""

    hidden: frozenset[Known]
    pool: shares.Pool
    withheld: frozenset[Place] = frozenset()

    def hides(self, table: RawTable, place: Place) -> bool:
        """Whether a cell is hidden for what it says, or for what it says of others."""
        said, figure = said_of(table, *place), table.figure
        is_share = shares.is_share(table)
        if (table.figure, table.cut) in self.withheld and (is_share or place != (ALL.key, ALL.key)):
            return True
        if is_share:
            return not self.hidden.isdisjoint((*shares.behind(table, *place).all, (OF_PEOPLE, said)))
        return not self.hidden.isdisjoint(((crowd_key(figure), said), (alongside.OF.get(figure, figure), said)))


# ---- Cells


def _shown(table: RawTable, policy: Policy, closed: Closed) -> Shown:
    figure = BY_KEY[table.figure]
    cut = next((one for one in cuts_of(figure, Stating()) if one.key == table.cut), None)
    cells = {place: _told(_cell(table, place, policy, closed), figure) for place in table.cells}
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


def _until(cut: str) -> str:
    """A cut of the horizon at an age that the organisation states."""
    return f"Unit, and years until {cut.removeprefix('unit_')}"


def _cell(table: RawTable, place: Place, policy: Policy, closed: Closed) -> engine.Cell:
    raw, kind = table.cells[place], BY_KEY[table.figure].kind
    if not raw.is_collected:
        return engine.NOT_COLLECTED
    hidden = closed.hides(table, place)
    if kind in COUNTED:
        return engine.count_cell(_tidy(raw.value or Decimal(0)), policy, people=raw.people, hidden=hidden)
    # Of nobody there is no share and no average, as there is none of few: where counts are rounded, these two must look the same.
    if hidden or (raw.value is None and policy.base > 1):
        return engine.Cell(engine.Kind.SUPPRESSED)
    if raw.value is None or raw.of is None:
        return engine.NOT_COLLECTED
    if kind == Kind.AVERAGE:
        return engine.average_cell(raw.value * raw.of, raw.of, policy)
    return shares.told_cell(table, place, policy, closed.pool)


def _without_nobody(shown: Shown, raw: RawTable, policy: Policy) -> Shown:
    """The table without rows that are there only because of somebody, and say nobody: a rounded zero would be told from a true one by its row."""
    dimension = dimensions_of(raw)[0]

    def is_nobody(row: str) -> bool:
        places = [place for place in raw.cells if place[0] == row]
        return all(_is_nobody(raw.cells[place], BY_KEY[raw.figure].kind, policy) for place in places)

    gone = {one.key for one in shown.rows if (dimension in MET or one == BLANK) and one != ALL and is_nobody(one.key)}
    cells = {place: cell for place, cell in shown.cells.items() if place[0] not in gone}
    return replace(shown, rows=tuple(one for one in shown.rows if one.key not in gone), cells=cells) if gone else shown


def _is_nobody(cell: RawCell, kind: Kind, policy: Policy) -> bool:
    # not a count of people to be shown: whether there would be anybody
    return not rounded((cell.value if kind in COUNTED else cell.of) or 0, policy.base)


def _tidy(value: Decimal) -> int | Decimal:
    # not a count of people to be shown: what the engine is given
    return int(value) if value == int(value) else value.quantize(Decimal("0.1"))


def _told(cell: engine.Cell, figure: Figure) -> Cell:
    value = None if cell.value is None else Decimal(cell.value)
    words = engine.show(cell, after=" %" if figure.kind == Kind.SHARE else "")
    return Cell(CellKind(cell.kind.value.replace(" ", "_")), value, words)
