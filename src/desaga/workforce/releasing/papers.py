"""A release as files: sheets of numbers with the reason in a column of its own, and a paper to be read. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desaga.documents.out import Block, Column, Contents, Heading, Picture, Points, Table, Words

from ..figuring import BY_KEY
from . import leaving_out
from .pages import headlines, sections_of
from .sections import Beside, Grid, Section, beside_of, day_words, grid_of, since, span_words
from .tables import Cell, CellKind, Shown

LEGEND = (
    "“..” stands for a number that is hidden, so that nobody can be recognised; “–” for what is not in the extract."
)
ALL_COLUMNS = (
    Column("Figure", width=34), Column("Cut", width=20), Column("Row", width=30), Column("Column", width=24), Column("Value", "number", 12),
    Column("Instead of a value", width=18), Column("In", width=12), Column("Period", width=16), Column("Day", "code", 12), Column("Compared with", "code", 14),
    Column("Whose, where not ours", width=40), Column("Source", width=40),
)  # fmt: skip
#: What a workbook has in sheets of their own stands in each row of a CSV, which has no other place for it.
IN_EACH_ROW = (
    Column("Small numbers", width=60),
    Column("What is counted", width=60),
    Column("Who is counted", width=40),
)
ABOUT = (Column("About", width=24), Column("What it says", width=100))
DEFINED = (
    Column("Figure", width=34),
    Column("In", width=12),
    Column("What is counted", width=90),
    Column("After", width=60),
)
OTHERS = "Others"


@dataclass(frozen=True, slots=True)
class Told:
    """A release for one audience, ready to be written. `about` are facts that every file says of itself."""

    title: str
    name: str
    on: date
    before: date | None
    policy: str
    definition: str
    sentences: tuple[str, ...]
    whom: str
    about: tuple[tuple[str, str], ...]
    tables: Sequence[Shown]


def told_of(release: Any, audience: str, tables: Sequence[Shown]) -> Told:
    sentences = tuple(release.definition.get("sentences", ()))
    definition = " ".join(sentences)
    policy = release.policies.get(audience, {}).get("sentence", "")
    about = [
        ("Period", release.name),
        ("Day of the snapshot", day_words(release.snapshot.as_at)),
        ("Who is counted", definition),
        ("Small numbers", policy),
        ("Marks", LEGEND),
    ]
    before = release.compared_with.as_at if release.compared_with else None
    if before:
        about.insert(2, ("What came and went", f"Starters, leavers, moves, promotions and their shares: {span_words(before, release.snapshot.as_at)}"))  # fmt: skip
    if release.restates_id:
        about.append(("What changed", release.what_changed))
    about += [("Left out", f"{one}. {leaving_out.WHY}") for one in leaving_out.told(tables)]
    return Told(
        title=f"Technical staff, {release.name}",
        name=release.name,
        on=release.snapshot.as_at,
        before=before,
        policy=policy,
        definition=definition,
        sentences=sentences,
        whom=whom_in_short(release.definition),
        about=tuple(about),
        tables=tables,
    )


def whom_in_short(kept: Mapping[str, Any]) -> str:
    """Who is counted, of what a release keeps of it: the version of the definition, whose sentences stand elsewhere; else the sentences."""
    version = kept.get("version")
    return f"{kept['name']}, version {version}." if version else " ".join(kept.get("sentences", ()))


def sheets(told: Told, ending: str) -> list[Table]:
    """One long table, and in a workbook first what it is about and what each figure counts."""
    tables = [table for table in told.tables if table.is_collected]
    subtitle = f"Technical staff, {day_words(told.on)}"
    if ending == "csv":
        return [Table("figures", told.title, (*ALL_COLUMNS, *IN_EACH_ROW), list(_rows_explained(told, tables)))]
    rows = [row for table in tables for row in _rows(told, table)]
    return [
        Table("about", "About these figures", ABOUT, [list(one) for one in told.about], subtitle),
        Table("definitions", "What is counted", DEFINED, _defined(tables), subtitle),
        Table("figures", told.title, ALL_COLUMNS, rows, subtitle, (told.policy, told.definition, LEGEND)),
    ]


def periods(told: Sequence[Told]) -> list[Table]:
    """The same rows for each of several periods, each with its own policy and definition; the first names the file."""
    rows = [row for one in told for row in sheets(one, "csv")[0].rows]
    return [Table("figures", told[0].title, (*ALL_COLUMNS, *IN_EACH_ROW), rows)]


def explanation(told: Told) -> list[Table]:
    """What a CSV has no room for: what the file is about, with the whole definition of technical staff, and what each figure counts."""
    tables = [table for table in told.tables if table.is_collected]
    rows = [[name, f"{what} In {unit}. {after}".strip()] for name, unit, what, after in _defined(tables)]
    return [Table("about", f"About: {told.title}", ABOUT, [*([*one] for one in told.about), *rows])]


def _defined(tables: Sequence[Shown]) -> list[list[Any]]:
    figures = {table.figure: table for table in tables}
    return [
        [one.name, one.unit, one.definition, "; ".join(BY_KEY[key].sources) if key in BY_KEY else ""]
        for key, one in figures.items()
    ]


def _rows_explained(told: Told, tables: Sequence[Shown]) -> Iterator[list[Any]]:
    for table in tables:
        for row in _rows(told, table):
            yield [*row, told.policy, table.definition, told.whom]


def _rows(told: Told, table: Shown) -> Iterator[list[Any]]:
    """The cells, and after them the shares of others that were entered for the table, each with its source."""
    before = since(table.figure, told.before)
    period = (told.name, told.on.isoformat(), before.isoformat() if before else "")
    for row, column, cell in table.places():
        yield [table.name, table.cut_words, row.words, column.words, _number(cell), _instead(cell), table.unit, *period, "", ""]  # fmt: skip
    for one in beside_of(table):
        yield [table.name, table.cut_words, one.group, OTHERS, float(one.number), "", "per cent", *period, one.whose, one.source]  # fmt: skip


def _number(cell: Cell) -> float | int | None:
    """The number for a number column; nothing where none may be read."""
    if cell.value is None:
        return None
    return int(cell.value) if cell.value == int(cell.value) else float(cell.value)


def _instead(cell: Cell) -> str:
    return "" if cell.kind in (CellKind.VALUE, CellKind.ZERO) else cell.aloud


def paper(told: Told) -> list[Block]:
    """The report: the questions with their drawings, then every figure in all its cuts, and how small numbers are protected."""
    by_key = {table.key: table for table in told.tables}
    blocks: list[Block] = [Words(f"Technical staff, {day_words(told.on)}", is_quiet=True)]
    lines = [f"{table.name}: {cell.words}" for _, table, cell in headlines(by_key)]
    blocks += [Words(". ".join(lines) + "." if lines else "Nothing was collected.")]
    blocks += [Contents(), Heading("Who is counted"), Words(told.whom), *_rules(told)]
    for section in sections_of(by_key, told.on, before=told.before):
        blocks += _section(section)
    return [*blocks, *_every_figure(told), *_protection(told)]


def _rules(told: Told) -> list[Block]:
    """The sentences of the definition, where its name alone was told."""
    return [] if told.whom == told.definition else [Points(told.sentences)]


def _section(section: Section) -> list[Block]:
    blocks: list[Block] = [Heading(section.question), Words(section.counted, is_quiet=True)]
    if section.chart is not None:
        blocks.append(Picture(section.chart.wide, f"{section.chart.title}. {section.chart.described}"))
    blocks.append(_table(section.id, section.grid))
    blocks += _beside(section.beside)
    return [*blocks, *(Words(one, is_quiet=True) for one in section.definitions)]


def _beside(others: Sequence[Beside]) -> list[Block]:
    return [Words("Beside us:", is_quiet=True), Points([one.sentence for one in others])] if others else []


def _every_figure(told: Told) -> list[Block]:
    blocks: list[Block] = [Heading("Every figure, in all its cuts")]
    collected = {table.figure: table.name for table in told.tables if table.is_collected}
    for figure, name in collected.items():
        span = span_words(before, told.on) if (before := since(figure, told.before)) else ""
        blocks += _figure(name, [table for table in told.tables if table.figure == figure], span)
    missing = {table.name: table.why for table in told.tables if table.figure not in collected}
    if missing:
        blocks += [Heading("Not counted", 3), Points([f"{name}: {why}" for name, why in missing.items()])]
    return blocks


def _figure(name: str, tables: Sequence[Shown], span: str = "") -> list[Block]:
    """A figure with its definition, a table for each cut, and whose definition it is; of what compares two snapshots the days from and to."""
    first = tables[0]
    blocks: list[Block] = [Heading(name, 3), Words(first.definition, is_quiet=True)]
    for table in tables:
        grid = grid_of(table)
        words = f"{table.cut_words}, in {table.unit}{f', {span}' if span else ''}"
        blocks.append(
            _table(table.cut or "whole", grid, words) if table.is_collected else Words(f"{words}. {table.why}")
        )
    others = {one.sentence: one for table in tables for one in beside_of(table)}
    sources = BY_KEY[first.figure].sources if first.figure in BY_KEY else ()
    after = [Words(f"After {', '.join(sources)}", is_quiet=True)] if sources else []
    return [*blocks, *_beside(list(others.values())), *after]


def _protection(told: Told) -> list[Block]:
    return [Heading("How small numbers are protected"), Words(told.policy), Words(LEGEND)]


def _table(key: str, grid: Grid, counted: str = "") -> Table:
    columns = [Column(grid.heading, width=30), *(Column(one, "number", 14) for one in grid.headings)]
    rows = [[line.label, *(cell.words for cell in line.cells)] for line in grid.lines]
    return Table(key, "", columns, rows, counted)
