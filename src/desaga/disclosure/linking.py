"""Tables that share figures, protected together: hidden in one is hidden in all."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from .policies import Policy
from .suppress import choose
from .tables import BadTable, Place, Protected, Table, grid_relations, seen_of
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
    small = frozenset(web.sensitive)
    hidden = choice.hidden | small
    return [
        seen_of(one.table, policy, _places(figures, hidden), _places(figures, small), choice.gap)
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


def _places(figures: list[list[int]], some: Collection[int]) -> set[Place]:
    """Where some figures stand in a table."""
    return {(r, c) for r, row in enumerate(figures) for c, figure in enumerate(row) if figure in some}
