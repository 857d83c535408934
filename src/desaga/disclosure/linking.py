"""Tables that share figures, protected together: hidden in one is hidden in all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .cells import Cell, count_cell
from .policies import Policy
from .suppress import choose
from .tables import BadTable, Protected, Table, grid_relations
from .web import Relation, web_of


@dataclass(frozen=True, slots=True)
class Linked:
    """A table and what its figures are called elsewhere.

    `names`: (row, column) to a name, margins at row `len(rows)` and column `len(columns)`. Figures with one name, in
    whichever table, are one figure, and must agree.
    """

    table: Table
    names: Mapping[tuple[int, int], str]


def protect_linked(tables: Sequence[Linked], policy: Policy, *, seconds: float = 10.0) -> list[Protected]:
    """The tables under a policy, none of which gives away what another hides.

    `secondary` and `information_lost` are counted for each table, a shared figure in each that shows it; `gap` is of
    all together. Refused (`BadTable`): two tables that state different counts under one name.
    """
    values, numbers, relations = _joined(tables)
    web = web_of(values, relations, policy, network=len(tables) == 1)
    choice = choose(web, seconds=seconds)
    hidden = choice.hidden | set(web.sensitive)
    return [
        _seen(one.table, figures, hidden, frozenset(web.sensitive), policy, choice.gap)
        for one, figures in zip(tables, numbers, strict=True)
    ]


def _joined(tables: Sequence[Linked]) -> tuple[list[int], list[list[list[int]]], list[Relation]]:
    """The values of all figures, each table's grid of figure numbers, and the sums of all tables."""
    values: list[int] = []
    named: dict[str, int] = {}
    numbers, relations = [], []
    for one in tables:
        grid = one.table.with_margins()
        figures = [
            [_number(one, (r, c), count, values, named) for c, count in enumerate(row)] for r, row in enumerate(grid)
        ]
        flat = [figure for row in figures for figure in row]
        relations += [tuple((flat[i], weight) for i, weight in row) for row in grid_relations(len(grid), len(grid[0]))]
        numbers.append(figures)
    return values, numbers, relations


def _number(one: Linked, place: tuple[int, int], count: int, values: list[int], named: dict[str, int]) -> int:
    name = one.names.get(place)
    if name is not None and name in named:
        if values[named[name]] != count:
            raise BadTable(f"“{name}” is {values[named[name]]} in one table and {count} in another.")
        return named[name]
    values.append(count)
    if name is not None:
        named[name] = len(values) - 1
    return len(values) - 1


def _seen(
    table: Table,
    figures: list[list[int]],
    hidden: frozenset[int] | set[int],
    sensitive: frozenset[int],
    policy: Policy,
    gap: float | None,
) -> Protected:
    grid = table.with_margins()
    cells: tuple[tuple[Cell, ...], ...] = tuple(
        tuple(count_cell(count, policy, hidden=figure in hidden) for count, figure in zip(*pair, strict=True))
        for pair in zip(grid, figures, strict=True)
    )
    flat = [
        (figure, count)
        for row, counts in zip(figures, grid, strict=True)
        for figure, count in zip(row, counts, strict=True)
    ]
    secondary = [count for figure, count in flat if figure in hidden and figure not in sensitive]
    primary = sum(figure in sensitive for figure, _ in flat)
    return Protected(table, policy, cells, primary, len(secondary), sum(secondary), gap)
