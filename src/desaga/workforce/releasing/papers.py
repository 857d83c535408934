"""A release as files: sheets of numbers with the reason in a column of its own, and a paper to be read. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desaga.documents.out import Block, Column, Heading, Picture, Table, Words

from .pages import Grid, Section, day_words, headlines, sections_of
from .tables import Cell, CellKind, Shown

LEGEND = (
    "“..” stands for a number that is hidden, so that nobody can be recognised; “–” for what is not in the extract."
)
ALL_COLUMNS = (
    Column("Figure", width=34), Column("Cut", width=20), Column("Row", width=30), Column("Column", width=24), Column("Value", "number", 12),
    Column("Instead of a value", width=18), Column("In", width=12), Column("Period", width=16), Column("Day", "code", 12),
)  # fmt: skip
ABOUT = (Column("About", width=24), Column("What it says", width=100))


@dataclass(frozen=True, slots=True)
class Told:
    """A release for one audience, ready to be written. `about` are facts that every file says of itself."""

    title: str
    name: str
    on: date
    before: date | None
    policy: str
    definition: str
    about: tuple[tuple[str, str], ...]
    tables: Sequence[Shown]


def told_of(release: Any, audience: str, tables: Sequence[Shown]) -> Told:
    definition = " ".join(release.definition.get("sentences", ()))
    policy = release.policies.get(audience, {}).get("sentence", "")
    about = [
        ("Period", release.name),
        ("Day of the snapshot", day_words(release.snapshot.as_at)),
        ("Who is counted", definition),
        ("Small numbers", policy),
        ("Marks", LEGEND),
    ]
    if release.restates_id:
        about.append(("What changed", release.what_changed))
    return Told(
        title=f"Technical staff, {release.name}",
        name=release.name,
        on=release.snapshot.as_at,
        before=release.compared_with.as_at if release.compared_with else None,
        policy=policy,
        definition=definition,
        about=tuple(about),
        tables=tables,
    )


def sheets(told: Told, ending: str) -> list[Table]:
    """One long table, and in a workbook first what it is about."""
    rows = [row for table in told.tables if table.is_collected for row in _rows(told, table)]
    subtitle = f"Technical staff, {day_words(told.on)}"
    numbers = Table("figures", told.title, ALL_COLUMNS, rows, subtitle, (told.policy, told.definition, LEGEND))
    if ending == "csv":
        return [numbers]
    return [Table("about", told.title, ABOUT, [list(one) for one in told.about], subtitle), numbers]


def _rows(told: Told, table: Shown) -> list[list[Any]]:
    return [
        [table.name, table.cut_words, row.words, column.words, _number(cell), _instead(cell), table.unit, told.name, told.on.isoformat()]
        for row, column, cell in table.places()
    ]  # fmt: skip


def _number(cell: Cell) -> float | int | None:
    """The number for a number column; nothing where none may be read."""
    if cell.value is None:
        return None
    return int(cell.value) if cell.value == int(cell.value) else float(cell.value)


def _instead(cell: Cell) -> str:
    return "" if cell.kind in (CellKind.VALUE, CellKind.ZERO) else cell.aloud


def paper(told: Told) -> list[Block]:
    """The report: the questions with their drawings and tables, then every table."""
    by_key = {table.key: table for table in told.tables}
    blocks: list[Block] = [Words(f"Technical staff, {day_words(told.on)}", is_quiet=True)]
    lines = [f"{table.name}: {cell.words}" for _, table, cell in headlines(by_key)]
    blocks += [Words(". ".join(lines) + "." if lines else "Nothing was collected.")]
    blocks += [Heading("Who is counted"), Words(told.definition), Words(told.policy), Words(LEGEND, is_quiet=True)]
    for section in sections_of(by_key, told.on, before=told.before):
        blocks += _section(section)
    return blocks


def _section(section: Section) -> list[Block]:
    blocks: list[Block] = [Heading(section.question), Words(section.counted, is_quiet=True)]
    if section.chart is not None:
        blocks.append(Picture(section.chart.wide, f"{section.chart.title}. {section.chart.described}"))
    blocks.append(_table(section))
    return [*blocks, *(Words(one, is_quiet=True) for one in section.definitions)]


def _table(section: Section) -> Table:
    grid: Grid = section.grid
    columns = [Column(grid.heading, width=30), *(Column(one, "text", 14) for one in grid.headings)]
    rows = [[line.label, *(cell.words for cell in line.cells)] for line in grid.lines]
    return Table(section.id, "", columns, rows, section.counted)
