"""The figures of published reports as the scheme's page shows them: each table with a chart beside it, and all of them as one table to take away."""

from __future__ import annotations

from collections.abc import Sequence

from desaga.charts.chart import Chart
from desaga.charts.marked import Mark, marked_bars
from desaga.disclosure import Cell, flag, number, show, words
from desaga.documents.out import Column, Table

from .figures import ALL, SENTENCE, Shown, year_by_year

Years = Sequence[tuple[str, Sequence[Shown]]]
COLUMNS = (
    Column("Year", "code", 12), Column("Table", width=24), Column("Row", width=30), Column("Column", width=26),
    Column("Applications", "number", 12), Column("Why there is no number", width=24),
)  # fmt: skip


def shown_years(years: Years) -> list[Shown]:
    """How the years compare, the oldest first; nothing where there is only one."""
    told = year_by_year(list(reversed(years)))
    return [told] if told and len(years) > 1 else []


def charts_of(tables: Sequence[Shown], counted: str) -> list[tuple[Shown, Chart]]:
    """Each table with bars of its totals; the last row, which is all of them, is no bar."""
    return [(one, chart_of(one, counted)) for one in tables]


def chart_of(table: Shown, counted: str) -> Chart:
    values = [(label, mark_of(cells[-1])) for label, cells in table.rows if label != ALL or len(table.rows) == 1]
    return marked_bars(
        title=table.title,
        counted=f"Applications, {counted[:1].lower()}{counted[1:]}",
        heading=table.by,
        value_heading="Applications",
        values=values,
    )


def mark_of(cell: Cell) -> Mark:
    value = number(cell)
    return Mark(show(cell), None if value is None else float(value), words(cell))


def figures_table(years: Years, scheme: str) -> Table:
    """One row for each figure; what is hidden has no number, and why."""
    rows = [
        [year, table.title, label, column, number(cell), flag(cell)]
        for year, tables in [*years, *[("All", shown_years(years))]]
        for table in tables
        for label, cells in table.rows
        for column, cell in zip(table.columns, cells, strict=True)
    ]
    told = [[*row[:4], None if row[4] is None else int(row[4]), row[5]] for row in rows]
    return Table("figures", f"{scheme}: applications by what became of them", COLUMNS, told, subtitle=SENTENCE)
