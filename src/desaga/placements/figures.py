"""Figures of one year of a scheme for the public: counts of applications by what became of them, protected. Pure.

Only what was told is counted: applications of panels whose outcomes were released. Each is one person's, so counts are counts of people, and go
through `desaga.disclosure` under its public policy: totals are rounded after they are calculated. The tables of a year share their totals; whoever
sets them side by side is left in doubt of each small figure by what the policy asks (`held`). Each application belongs to one year, and a year is
counted once (`operations/fund.py`), so that no two of them can be subtracted from one another; what is said of several years is the sum of what
was shown of each, which tells nothing more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desaga.disclosure import PUBLIC, Cell, Kind, Table, count_cell, protect, show, words
from desaga.disclosure.knowledge import Reader
from desaga.disclosure.knowledge import Told as Publications
from desaga.disclosure.rounding import least_behind, rounded
from desaga.disclosure.web import believed
from desaga.indicators.states import FEWEST_PEOPLE

from .states import AWARDED, ApplicationState

AWARD, NO_AWARD, OTHER = "Awarded", "Not funded", "Not heard"
OUTCOMES = (AWARD, NO_AWARD, OTHER)
ALL = "All"
_A = ApplicationState
#: What became of an application, in the words of the table. What is still on the reserve list has not been funded.
OUTCOME_OF: Mapping[str, str] = {
    **dict.fromkeys((*AWARDED, _A.TURNED_DOWN, _A.CALLED_OFF), AWARD),
    **dict.fromkeys((_A.DECLINED, _A.RESERVE), NO_AWARD),
    **dict.fromkeys((_A.INELIGIBLE, _A.WITHDRAWN), OTHER),
}
UNKNOWN = "Not asked"
SENTENCE = f"Not heard: found not eligible, or withdrawn. {PUBLIC.sentence}"
#: Fewer than so many may be behind what is shown as 0, and as much doubt is left of every small figure.
SMALL, DOUBT = PUBLIC.base, float(PUBLIC.protection)
HIDDEN = Cell(Kind.SUPPRESSED)


@dataclass(frozen=True, slots=True)
class Told:
    """One application whose outcome was told: its panel, where its applicant works, their field, its outcome."""

    panel: str
    nation: str
    discipline: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A protected table as it is shown: what its rows are, its columns, and rows of label and cells; the last row is the total."""

    key: str
    title: str
    by: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]

    @property
    def as_words(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Each cell as it is seen and as it is heard, where that differs."""
        return [(label, [(show(cell), words(cell)) for cell in cells]) for label, cells in self.rows]

    def as_data(self) -> dict[str, Any]:
        """For JSON; `shown_of` reads it again."""
        rows = [[label, [cell.as_data() for cell in cells]] for label, cells in self.rows]
        return {"key": self.key, "title": self.title, "by": self.by, "columns": list(self.columns), "rows": rows}

    def cell(self, label: str, column: str) -> Cell:
        """What is shown there; hidden where the table does not have it."""
        if column not in self.columns:
            return HIDDEN
        return next((cells[self.columns.index(column)] for name, cells in self.rows if name == label), HIDDEN)


def shown_of(data: Mapping[str, Any]) -> Shown:
    rows = tuple((label, tuple(_cell(one) for one in cells)) for label, cells in data["rows"])
    return Shown(data["key"], data["title"], data["by"], tuple(data["columns"]), rows)


def _cell(data: Mapping[str, Any]) -> Cell:
    value = data["value"]
    return Cell(Kind(data["kind"]), None if value is None else int(value))


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to split a year's applications: its key is an attribute of `Told`. Fixed: no reader chooses others."""

    key: str
    title: str
    by: str
    heading: str = "Applications"
    #: Its rows stand in the order in which they come, and not by their words.
    is_in_order: bool = False


#: The year as a whole: one row, which is shown upright.
OUTCOME = Cut("outcome", "What became of them", "Outcome")
CUTS = (
    Cut("panel", "By panel", "Panel", is_in_order=True),
    Cut("nation", "By nation", "Nation"),
    Cut("discipline", "By field", "Field"),
)


@dataclass(frozen=True, slots=True)
class Counted:
    """Whole counts under labels, with totals: what a table is made of before it is protected. Of one column there is no total across."""

    cut: Cut
    labels: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]

    @property
    def across(self) -> tuple[str, ...]:
        """The columns with their total, where they have one."""
        return self.columns if len(self.columns) == 1 else (*self.columns, ALL)

    def number(self, label: str, column: str) -> int:
        rows = self.labels if label == ALL else (label,)
        columns = self.columns if column == ALL else (column,)
        return sum(self.counts.get((row, one), 0) for row in rows for one in columns)

    def without_columns(self) -> Counted:
        """The same by label alone."""
        return replace(self, columns=(ALL,), counts={(label, ALL): self.number(label, ALL) for label in self.labels})

    def table(self) -> Shown:
        counts = tuple(tuple(self.number(label, one) for one in self.columns) for label in self.labels)
        cells = protect(Table(self.labels, self.columns, counts), PUBLIC).cells
        if self.cut == OUTCOME:
            upright = tuple((name, (cell,)) for name, cell in zip((*self.columns, ALL), cells[0], strict=False))
            return Shown(self.cut.key, self.cut.title, self.cut.by, (self.cut.heading,), upright[-len(self.across) :])
        is_narrow = len(self.columns) == 1
        columns = (self.cut.heading,) if is_narrow else self.across
        rows = zip((*self.labels, ALL), (row[: len(columns)] for row in cells), strict=True)
        return Shown(self.cut.key, self.cut.title, self.cut.by, columns, tuple(rows))


def counted(cut: Cut, pairs: Iterable[tuple[str, str]], columns: tuple[str, ...] = OUTCOMES) -> Counted | None:
    """None where a cut says nothing: nobody was asked."""
    counts = Counter(pairs)
    labels = tuple(dict.fromkeys(label for label, _ in counts))
    if not cut.is_in_order:
        labels = tuple(sorted(labels, key=lambda label: (label == UNKNOWN, label)))
    return None if labels in ((), (UNKNOWN,)) else Counted(cut, labels, columns, counts)


def cuts_of(told: Sequence[Told]) -> list[Counted]:
    """The year as a whole, then each cut that says something."""
    whole = counted(OUTCOME, [("Applications", one.outcome) for one in told])
    found = [counted(cut, [(getattr(one, cut.key), one.outcome) for one in told]) for cut in CUTS]
    return [one for one in (whole, *found) if one]


def figures(told: Sequence[Told]) -> list[Shown]:
    """The tables of a year that give nobody away beside one another; nothing where nothing was told."""
    return held(cuts_of(told))


def held(tables: Sequence[Counted]) -> list[Shown]:
    """The tables that may stand beside one another, each as finely as it may: with its columns, else by its rows alone, else not at all.

    Rounded figures under a rounded total can tell more than each does (`docs/adr/0029`); whoever reads all tables of the year is asked each time.
    """
    kept: list[Counted] = []
    for table in tables:
        finer = (table, table.without_columns()) if len(table.columns) > 1 else (table,)
        kept += next(([one] for one in finer if leaves_doubt([*kept, one])), [])
    return [one.table() for one in kept]


def leaves_doubt(tables: Sequence[Counted]) -> bool:
    """Whether somebody who has all these tables cannot tell any small figure closer than a shown 0 would."""
    if not tables:
        return True
    publications = Publications()
    small = [name for table in tables for name in _publish(publications, table)]
    reader = Reader(publications, {"report"})
    return all(reader.is_free(name, DOUBT) for name in dict.fromkeys(small))


Name = tuple[str, str, str]


def _publish(publications: Publications, table: Counted) -> list[Name]:
    """Tell what the table shows and what adds up in it; the names of its small figures. Totals of the same column are those of all tables."""
    small = []
    for label in (*table.labels, ALL):
        for column in table.across:
            number = table.number(label, column)
            shown = count_cell(number, PUBLIC).value
            publications.show(_name(table, label, column), "report", believed(int(shown or 0), PUBLIC))
            if 0 < number < SMALL:
                small.append(_name(table, label, column))
        if len(table.columns) > 1:
            publications.add_up(_name(table, label, ALL), [_name(table, label, one) for one in table.columns])
    for column in table.across:
        publications.add_up(_name(table, ALL, column), [_name(table, label, column) for label in table.labels])
    return small


def _name(table: Counted, label: str, column: str) -> Name:
    return ("", ALL, column) if label == ALL else (table.cut.key, label, column)


def is_few(people: int) -> bool:
    """Whether so few people stand behind a sum that it is hidden; asked of the least that can stand behind the rounded count, so that hiding tells nothing either."""
    return least_behind(rounded(people, PUBLIC.base), PUBLIC.base) < FEWEST_PEOPLE


# ---- Several years


def year_by_year(years: Sequence[tuple[str, Sequence[Shown]]]) -> Shown | None:
    """What was shown of each year as a whole, and the sums of it: worked out from what was rounded, so that they tell nothing more. None for no year."""
    rows = [(name, cells) for name, tables in years if (cells := _whole(tables))]
    if not rows:
        return None
    together = tuple(_sum([cells[place] for _, cells in rows]) for place in range(len(OUTCOMES) + 1))
    return Shown("year", "Year by year", "Year", (*OUTCOMES, ALL), (*rows, (ALL, together)))


def _whole(tables: Sequence[Shown]) -> tuple[Cell, ...]:
    whole = next((one for one in tables if one.key == OUTCOME.key), None)
    return () if whole is None else tuple(whole.cell(name, OUTCOME.heading) for name in (*OUTCOMES, ALL))


def _sum(cells: Sequence[Cell]) -> Cell:
    """The sum of what is shown; hidden where a part of it is."""
    if any(cell.value is None for cell in cells):
        return HIDDEN
    return count_cell(sum(int(cell.value or 0) for cell in cells), PUBLIC)
