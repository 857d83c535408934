"""From released tables to the rows of the feed's sets. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from ..figuring import ALL, FIGURES
from ..releasing.sections import beside_of, since
from ..releasing.tables import Cell, CellKind, Shown
from .asking import Asked, sorted_by
from .conditions import Row

UNIT_CUT, PER_CENT = "unit", "per cent"
AT_ONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A release as the feed tells it."""

    id: int
    name: str
    on: date
    released_at: datetime
    covers: str
    definition: str
    definition_version: str
    policy: str
    replaces: int | None
    what_changed: str
    before: date | None = None

    def row(self) -> Row:
        values = (
            self.id, self.name, self.on, self.released_at, self.covers, self.definition, self.definition_version, self.policy, self.replaces,
            self.what_changed, self.before,
        )  # fmt: skip
        names = (
            "Id", "Period", "Day", "ReleasedAt", "Covers", "Definition", "DefinitionVersion", "Policy", "Replaces", "WhatChanged", "ComparedWith",
        )  # fmt: skip
        return dict(zip(names, values, strict=True))


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A stored table without its cells: enough to know whether it is wanted, and how many rows it would give."""

    id: int
    period: Period
    figure: str
    cut: str
    size: int
    words: dict[str, str] = field(default_factory=dict)

    def row(self) -> Row:
        """The columns that are the same for all its cells."""
        return {
            "ReleaseId": self.period.id,
            "Period": self.period.name,
            "Day": self.period.on,
            "Figure": self.figure,
            "FigureName": self.words["name"],
            "Cut": self.cut,
            "CutName": self.words["cut_words"],
            "Unit": self.words["unit"],
            "Definition": self.words["definition"],
            "Policy": self.period.policy,
            "ComparedWith": since(self.figure, self.period.before),
        }


#: Reads the tables of some heads, in their order.
Load = Callable[[Sequence[Head]], Iterable[Shown]]


def figure_rows(keys: Iterable[str]) -> list[Row]:
    """The figures that stand in some release, in the order in which they are declared."""
    wanted = set(keys)
    return [
        {"Key": one.key, "Name": one.name, "Definition": one.definition, "Unit": one.unit, "CountedAs": str(one.kind), "Better": str(one.better)}
        for one in FIGURES
        if one.key in wanted
    ]  # fmt: skip


def unit_rows(tables: Iterable[Shown]) -> list[Row]:
    """The units of tables that are cut by unit; the first name of each counts, so give the newest first."""
    found: dict[str, str] = {}
    for table in tables:
        for label in table.rows:
            found.setdefault(label.key, label.words)
    return [{"Key": key, "Name": name} for key, name in sorted(found.items(), key=lambda pair: pair[1].casefold())]


def comparator_rows(tables: Iterable[tuple[Period, Shown]]) -> list[Row]:
    """The shares of others beside tables, in the order of these."""
    return [
        {
            "Id": f"{period.id}/{table.figure}/{table.cut}/{place}",
            "ReleaseId": period.id,
            "Period": period.name,
            "Day": period.on,
            "Figure": table.figure,
            "FigureName": table.name,
            "Cut": table.cut,
            "CutName": table.cut_words,
            "RowKey": stated.row,
            "Group": one.group,
            "Value": one.number,
            "Unit": PER_CENT,
            "Whose": one.name,
            "Year": one.year,
            "Source": one.source,
        }
        for period, table in tables
        for place, (stated, one) in enumerate(zip(table.beside, beside_of(table), strict=True))
    ]


def cell_rows(head: Head, table: Shown) -> Iterator[Row]:
    same = head.row()
    for row, column, cell in table.places():
        yield {
            "Id": f"{head.period.id}/{table.figure}/{table.cut}/{row.key}/{column.key}",
            **same,
            "RowKey": row.key,
            "RowName": row.words,
            "ColumnKey": column.key,
            "ColumnName": column.words,
            "IsTotal": is_total(table, row.key, column.key),
            "Value": _value(cell),
            "Shown": cell.words,
            "Kind": str(cell.kind),
        }


def is_total(table: Shown, row: str, column: str) -> bool:
    """Whether a cell is the sum of others of its table."""
    return row == ALL.key and ALL not in table.rows or column == ALL.key and ALL not in table.columns


def _value(cell: Cell) -> Any:
    return cell.value if cell.kind in (CellKind.VALUE, CellKind.ZERO) else None


@dataclass(frozen=True, slots=True)
class Answer:
    """A page of rows, whether there are more, and how many in all where that was asked. `next` is where the next page begins."""

    rows: list[Row]
    is_last: bool
    count: int | None = None
    next: str = ""


def page(asked: Asked, rows: Sequence[Row]) -> Answer:
    """A page of a set that is small enough to be had whole."""
    found = [row for row in rows if asked.where is None or asked.where.holds(row)]
    if asked.order:
        found = sorted_by(asked.order, found)
    part = found[asked.first : asked.first + asked.most]
    return Answer(part, _ends(asked, len(part), len(found)), len(found) if asked.count else None)


def _ends(asked: Asked, here: int, total: int) -> bool:
    """Whether nothing that is wanted comes after this page."""
    after = asked.first + here
    return after >= total or (asked.top is not None and after - asked.skip >= asked.top)


def cells_page(asked: Asked, heads: Sequence[Head], load: Load) -> Answer:
    """A page of cells. Tables that hold none of it are not read."""
    wanted = [head for head in heads if all(part.holds(head.row()) for part in asked.of_tables())]
    if asked.order or asked.of_cells():
        return page(asked, list(_rows_of(wanted, load)))
    total = sum(head.size for head in wanted)
    part = list(_slice(wanted, load, asked.first, asked.most))
    return Answer(part, _ends(asked, len(part), total), total if asked.count else None)


def _slice(heads: Sequence[Head], load: Load, first: int, most: int) -> Iterator[Row]:
    needed, before = [], 0
    for head in heads:
        if before < first + most and before + head.size > first:
            needed.append((head, before))
        before += head.size
    if not needed:
        return
    start = needed[0][1]
    for place, row in enumerate(_rows_of([head for head, _ in needed], load), start):
        if first <= place < first + most:
            yield row


def _rows_of(heads: Sequence[Head], load: Load) -> Iterator[Row]:
    for at in range(0, len(heads), AT_ONCE):
        some = heads[at : at + AT_ONCE]
        for head, table in zip(some, load(some), strict=True):
            yield from cell_rows(head, table)
