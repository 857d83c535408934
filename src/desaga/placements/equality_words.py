"""Equality figures as they are drawn and as they leave: protected cells in words."""

from __future__ import annotations

from dataclasses import dataclass

from desaga.charts.chart import Chart
from desaga.charts.marked import Mark, marked_bars
from desaga.disclosure import Cell, flag, number, show, words
from desaga.documents.out import Column, Table

from .equality import AskedOf, Shown
from .queries.equality import EqualityYear

COLUMNS = (Column("Question", width=30), Column("Answer", width=30), Column("By"), Column("Column", width=30), Column("People", "number", 8), Column("Why there is no number"))  # fmt: skip
COUNTED = "People who applied, each once"


@dataclass(frozen=True)
class TableTold:
    """A table as a page has it: each cell as it is seen and as it is heard."""

    by: str
    columns: tuple[str, ...]
    rows: list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True)
class Drawn:
    """One question: a drawing of all who applied, and its tables. Neither where they could not be protected."""

    label: str
    chart: Chart | None
    tables: list[TableTold]


def charts_of(year: EqualityYear) -> list[Drawn]:
    return [_drawn(one, year.year) for one in year.questions]


def _drawn(asked: AskedOf, year: int) -> Drawn:
    tables = [
        TableTold(one.by, one.columns, [(label, [(show(cell), words(cell)) for cell in cells]) for label, cells in one.rows])
        for one in asked.tables
    ]  # fmt: skip
    return Drawn(asked.label, _chart(asked, asked.tables[0], year) if asked.tables else None, tables)


def _chart(asked: AskedOf, table: Shown, year: int) -> Chart:
    values = [(label, _mark(cells[-1])) for label, cells in table.rows[:-1]]
    return marked_bars(
        title=f"{asked.label}, {year}", counted=COUNTED, heading=asked.label, value_heading="People", values=values
    )


def _mark(cell: Cell) -> Mark:
    return Mark(show(cell), None if cell.value is None else float(cell.value), words(cell))


def csv_table(year: EqualityYear, title: str) -> Table:
    """A row for each figure; where it is hidden the number is empty, and why stands beside."""
    rows = [
        [asked.label, label, table.by, column, _number(cell), flag(cell)]
        for asked in year.questions
        for table in asked.tables
        for label, cells in table.rows
        for column, cell in zip(table.columns, cells, strict=True)
    ]
    return Table("equality", title, COLUMNS, rows, subtitle=f"{COUNTED}. {year.policy}")


def _number(cell: Cell) -> int | None:
    value = number(cell)
    return None if value is None else int(value)
