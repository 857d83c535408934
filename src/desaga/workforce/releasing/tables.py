"""A table as an audience reads it, and as it is kept: what is counted, its labels, and cells that are a value, zero, hidden, or not collected.

Pure. The words of a cell come from the disclosure engine and are kept with it, so that page, file, drawing and feed show the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ..figuring import ALL, Label, Stated

HIDDEN_ALOUD = "hidden, so that nobody can be recognised"
NOT_COLLECTED_ALOUD = "not in the extract"


class CellKind(StrEnum):
    """What a cell says. Where the public reads, a true zero and one that rounding made are the same."""

    VALUE = "value"
    ZERO = "zero"
    SUPPRESSED = "suppressed"
    NOT_COLLECTED = "not_collected"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as it may be read. `value` is None where there is none to read; `words` are what stands in its place."""

    kind: CellKind
    value: Decimal | None
    words: str

    @property
    def aloud(self) -> str:
        """What a screen reader says in place of the words; empty where the words will do."""
        if self.kind == CellKind.SUPPRESSED:
            return HIDDEN_ALOUD
        return NOT_COLLECTED_ALOUD if self.kind == CellKind.NOT_COLLECTED else ""


MISSING = Cell(CellKind.NOT_COLLECTED, None, "–")
#: Of whom a table of counts has no row, there is nobody.
NOBODY = Cell(CellKind.ZERO, Decimal(0), "0")
Place = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A figure in one cut, protected. Totals are cells under the key of `ALL`; `rows` and `columns` have no label for them.

    `why` says why nothing was collected.
    """

    figure: str
    cut: str
    name: str
    cut_words: str
    definition: str
    unit: str
    counted_as: str
    better: str
    rows: tuple[Label, ...]
    columns: tuple[Label, ...] = (ALL,)
    cells: Mapping[Place, Cell]
    why: str = ""
    beside: tuple[Stated, ...] = ()

    def cell(self, row: str = "", column: str = "") -> Cell:
        return self.cells.get((row, column), MISSING)

    @property
    def is_collected(self) -> bool:
        return not self.why

    @property
    def key(self) -> Place:
        return self.figure, self.cut

    @property
    def has_total_row(self) -> bool:
        return any(row == ALL.key for row, _ in self.cells)

    @property
    def all_rows(self) -> tuple[Label, ...]:
        """The rows, and after them the total where there is one."""
        return self._with_total(self.rows, 0)

    @property
    def all_columns(self) -> tuple[Label, ...]:
        return self._with_total(self.columns, 1)

    def _with_total(self, labels: tuple[Label, ...], side: int) -> tuple[Label, ...]:
        has_total = any(place[side] == ALL.key for place in self.cells)
        return (*labels, ALL) if has_total and ALL not in labels else labels

    def places(self) -> Iterator[tuple[Label, Label, Cell]]:
        """Every cell with its labels, row by row."""
        for row in self.all_rows:
            for column in self.all_columns:
                yield row, column, self.cell(row.key, column.key)

    def only(self, keys: Iterable[str]) -> Shown:
        """The table with these rows and the total alone."""
        wanted = set(keys)
        cells = {place: cell for place, cell in self.cells.items() if place[0] in wanted or place[0] == ALL.key}
        return replace(self, rows=tuple(row for row in self.rows if row.key in wanted), cells=cells)

    def kept(self) -> dict[str, Any]:
        """What is stored of it."""
        return {
            **{name: getattr(self, name) for name in WORDS},
            "rows": [[one.key, one.words] for one in self.rows],
            "columns": [[one.key, one.words] for one in self.columns],
            "cells": [
                [row, column, str(cell.kind), None if cell.value is None else str(cell.value), cell.words]
                for (row, column), cell in self.cells.items()
            ],
            "beside": [[one.row, str(one.value), one.name, one.source, one.year] for one in self.beside],
        }


WORDS = ("figure", "cut", "name", "cut_words", "definition", "unit", "counted_as", "better", "why")


def shown(content: Mapping[str, Any]) -> Shown:
    """The table again, of what was stored."""
    return Shown(
        **{name: content[name] for name in WORDS},
        rows=tuple(Label(*one) for one in content["rows"]),
        columns=tuple(Label(*one) for one in content["columns"]),
        cells={
            (row, column): Cell(CellKind(kind), None if value is None else Decimal(value), words)
            for row, column, kind, value, words in content["cells"]
        },
        beside=tuple(Stated(row, Decimal(value), *words) for row, value, *words in content["beside"]),
    )


def counted(tables: Iterable[Shown]) -> dict[str, int]:
    """How much may be read of tables: how many there are, their cells, and how many of these are hidden."""
    told = list(tables)
    cells = [cell for table in told for cell in table.cells.values()]
    return {
        "tables": len(told),
        "cells": len(cells),
        "hidden": sum(1 for cell in cells if cell.kind == CellKind.SUPPRESSED),
        "not_collected": sum(1 for table in told if not table.is_collected),
    }
