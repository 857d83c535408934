"""A released table as a page, a paper and a drawing show it: a section with its question, its numbers, and what stands beside. Pure; nothing here knows a row of a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from desaga.charts.chart import Chart
from desaga.charts.marked import Mark, marked_bars

from ..figuring import ALL, BY_KEY, Stated
from ..figuring.groups import comparable
from .tables import Cell, CellKind, Place, Shown

#: Columns of numbers that stand beside a drawing.
MOST_BESIDE = 3


Tables = Mapping[Place, Shown]


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table on a page."""

    label: str
    cells: tuple[Cell, ...]
    is_total: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table on a page."""

    heading: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def is_wide(self) -> bool:
        """Whether there is no room for it beside a drawing."""
        return len(self.headings) > MOST_BESIDE

    @property
    def hides(self) -> bool:
        return any(cell.kind == CellKind.SUPPRESSED for line in self.lines for cell in line.cells)


@dataclass(frozen=True, slots=True)
class Beside:
    """A share of others, as it was entered: what it is a share of, its words, whose it is, and where that stands."""

    group: str
    words: str
    number: Decimal
    name: str
    year: str
    source: str

    @property
    def whose(self) -> str:
        return f"{self.name}, {self.year}" if self.year else self.name

    @property
    def url(self) -> str:
        """The source, where it is an address."""
        return self.source if self.source.startswith(("https://", "http://")) else ""

    @property
    def sentence(self) -> str:
        return f"{self.group}: {self.words} per cent. {self.whose}. Source: {self.source}"


@dataclass(frozen=True, slots=True)
class Section:
    """A question with its answer. `counted` says what is counted and when; `figures` are the slugs of those it is made of, `beside` what others have."""

    id: str
    question: str
    counted: str
    grid: Grid
    definitions: tuple[str, ...]
    figures: tuple[str, ...]
    chart: Chart | None = None
    why: str = ""
    beside: tuple[Beside, ...] = ()
    is_over_time: bool = False


def slug_of(figure: str) -> str:
    return figure.removeprefix("workforce.")


def key_of(slug: str) -> str:
    return f"workforce.{slug}"


def mark(cell: Cell) -> Mark:
    return Mark(cell.words, None if cell.value is None else float(cell.value), cell.aloud)


def grid_of(table: Shown) -> Grid:
    """A stored table as it is shown: its total last, of one column the figure's unit as heading."""
    columns = table.all_columns
    one = len(columns) == 1
    headings = (in_unit(table),) if one else tuple(c.words for c in columns)
    lines = tuple(
        Line(
            row.words,
            tuple(table.cell(row.key, column.key) for column in columns),
            row == ALL and len(table.all_rows) > 1,
        )
        for row in table.all_rows
    )
    return Grid(table.cut_words, headings, lines)


def in_unit(table: Shown) -> str:
    """The unit as a heading: "People", "FTE"."""
    return table.unit[:1].upper() + table.unit[1:]


def counted_on(table: Shown, on: date, before: date | None = None) -> str:
    """What is counted and when: of a figure that compares two snapshots, from which day to which."""
    return f"{table.name}, in {table.unit}, {span_words(since(table.figure, before), on)}"


def since(figure: str, before: date | None) -> date | None:
    """The day with which a figure is compared, where it compares two snapshots; `before` is that of its release."""
    return before if figure in BY_KEY and BY_KEY[figure].over_time else None


def span_words(before: date | None, on: date) -> str:
    """A day, or the days from and to which something was counted."""
    return f"{day_words(before)} to {day_words(on)}" if before else day_words(on)


def day_words(on: date) -> str:
    return f"{on.day} {on:%B %Y}"


def bars(table: Shown, title: str, counted: str) -> Chart:
    values = [(row.words, mark(table.cell(row.key))) for row in table.rows]
    return marked_bars(
        title=title, counted=counted, heading=table.cut_words, value_heading=in_unit(table), values=values
    )


def asked(id: str, question: str, table: Shown, on: date, chart: Chart | None, before: date | None = None) -> Section:
    return Section(
        id=id,
        question=question,
        counted=counted_on(table, on, before),
        grid=grid_of(table),
        definitions=(table.definition,),
        figures=(slug_of(table.figure),),
        chart=chart,
        beside=beside_of(table),
    )


def beside_of(table: Shown) -> tuple[Beside, ...]:
    """The shares of others that were entered for a table. Its groups are called as where they are entered."""
    words = {
        group: told for (characteristic, group), told in comparable().items() if characteristic == slug_of(table.figure)
    }
    return tuple(beside(one, words.get(one.row) or table.name) for one in table.beside)


def beside(one: Stated, group: str) -> Beside:
    # not a count of people: a share of others, as it was typed
    words = f"{one.value.normalize():f}"
    return Beside(group, words, one.value, one.name, one.year, one.source)
