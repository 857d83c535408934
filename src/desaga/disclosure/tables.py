"""Tables of counts with margins, protected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import product

from .cells import Cell, Kind, count_cell
from .policies import Policy
from .suppress import choose
from .web import Relation, Web, web_of

Counts = tuple[tuple[int, ...], ...]
Place = tuple[int, int]  # row and column, margins last


class BadTable(ValueError):
    """A table that cannot be protected; the sentence says what is wrong."""


@dataclass(frozen=True, slots=True)
class Table:
    """Whole counts of people with labels; margins are sums. One column, or one row, is a one-dimensional table."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    counts: Counts

    def __post_init__(self) -> None:
        if not self.rows or not self.columns:
            raise BadTable("A table has at least one row and one column of counts.")
        if len(self.counts) != len(self.rows) or any(len(row) != len(self.columns) for row in self.counts):
            raise BadTable("Every row has one count for each column.")
        if any(count < 0 or count != int(count) for row in self.counts for count in row):
            raise BadTable("Counts are whole numbers from 0 up.")

    def with_margins(self) -> list[list[int]]:
        """The counts with a last column and a last row of totals."""
        wide = [[*row, sum(row)] for row in self.counts]
        return [*wide, [sum(column) for column in zip(*wide, strict=True)]]


@dataclass(frozen=True, slots=True)
class Protected:
    """What may be seen of a table. `cells` has the margins as its last row and column.

    `primary`: figures under the threshold, margins included; `secondary`: others that are hidden to protect them;
    `information_lost`: what the secondary ones add up to. A hidden margin counts as its own figure beside its parts, but in a table of one
    column, or one row, where each figure is its own margin too: there the two count once;
    `gap`: the share of that loss that a better choice might save, 0 where it is proven least, None where not known.
    """

    table: Table
    policy: Policy
    cells: tuple[tuple[Cell, ...], ...]
    primary: int
    secondary: int
    information_lost: int
    gap: float | None

    def as_data(self) -> dict[str, object]:
        """As `desaga protect-table --json` prints it."""
        seen = [[cell.as_data() for cell in row] for row in self.cells]
        return {
            "rows": list(self.table.rows),
            "columns": list(self.table.columns),
            "cells": [row[:-1] for row in seen[:-1]],
            "row_totals": [row[-1] for row in seen[:-1]],
            "column_totals": seen[-1][:-1],
            "total": seen[-1][-1],
            "primary": self.primary,
            "secondary": self.secondary,
            "information_lost": self.information_lost,
            "gap": None if self.gap is None else round(self.gap, 4),
        }


def protect(table: Table, policy: Policy, *, seconds: float = 10.0) -> Protected:
    """The table under a policy, with what must be hidden hidden and as little else as can be.

    The order of rows and columns plays no part: they are put into one order first, and back after.
    """
    rows, columns = canonical_order(table)
    grid = table.with_margins()
    ordered = [[grid[r][c] for c in columns] for r in rows]
    web = table_web(ordered, policy)
    choice = choose(web, seconds=seconds)
    hidden = choice.hidden | set(web.sensitive)
    width = len(columns)
    places = {(rows[i // width], columns[i % width]) for i in hidden}
    small = {(rows[i // width], columns[i % width]) for i in web.sensitive}
    return seen_of(table, policy, places, small, choice.gap)


def seen_of(table: Table, policy: Policy, hidden: set[Place], small: set[Place], gap: float | None) -> Protected:
    """What may be seen of a table with these places hidden, some of them for being `small`."""
    grid = table.with_margins()
    cells = tuple(
        tuple(count_cell(count, policy, hidden=(r, c) in hidden) for c, count in enumerate(row))
        for r, row in enumerate(grid)
    )
    counted = hidden & set(counted_once(table))
    lost = [grid[r][c] for r, c in counted - small]
    return Protected(table, policy, cells, len(counted & small), len(lost), sum(lost), gap)


def counted_once(table: Table) -> list[Place]:
    """The places of a table's figures, margins included but those that are the one column, or the one row, again."""
    height, width = len(table.rows), len(table.columns)
    return list(product(range(height + (height > 1)), range(width + (width > 1))))


def table_web(grid: Sequence[Sequence[int]], policy: Policy) -> Web:
    """The web of a grid whose last row and column are totals: row by row, each figure in one row and one column sum."""
    height, width = len(grid), len(grid[0])
    values = [count for row in grid for count in row]
    return web_of(values, grid_relations(height, width), policy)


def grid_relations(height: int, width: int) -> list[Relation]:
    """The sums of a grid with totals last, figures numbered row by row."""
    across: list[Relation] = [
        tuple((r * width + c, -1 if c == width - 1 else 1) for c in range(width)) for r in range(height)
    ]
    down: list[Relation] = [
        tuple((r * width + c, -1 if r == height - 1 else 1) for r in range(height)) for c in range(width)
    ]
    return across + down


def canonical_order(table: Table) -> tuple[list[int], list[int]]:
    """Rows and columns by what they hold, then by label; totals stay last."""
    counts = table.counts
    turned = list(zip(*counts, strict=True))
    rows = sorted(range(len(counts)), key=lambda r: (sum(counts[r]), sorted(counts[r]), table.rows[r], r))
    columns = sorted(range(len(turned)), key=lambda c: (sum(turned[c]), sorted(turned[c]), table.columns[c], c))
    return [*rows, len(counts)], [*columns, len(turned)]


__all__ = ["BadTable", "Kind", "Protected", "Table", "protect"]
