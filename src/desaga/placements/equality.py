"""Equality figures of one year of a scheme: from answers in memory to protected tables. Pure: no Django, no database.

Figures count people, each once: by the best that came of what they asked for, at the panel that heard them first. Those who run a scheme know to the one
how many were awarded and how many each panel heard, so the engine of `disclosure` is told that totals of columns cannot move: what it hides suffices
against somebody who has them exactly. With these fixed, one question tells nothing of another; the two tables of one are protected together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desaga.disclosure import Cell, Kind, Policy, Table, count_cell, internal
from desaga.disclosure.attack import Unsolved, intervals
from desaga.disclosure.suppress import choose
from desaga.disclosure.tables import grid_relations
from desaga.disclosure.web import Relation, Web, believed, shown_slack

from .defining import Question, QuestionKind
from .figures import OUTCOMES

#: What people say of themselves is shown of ten or more.
POLICY: Policy = internal(10)
NOT_TOLD = "Not told"
ALL = "All"
#: Questions whose answers are one of a few.
COUNTED = (QuestionKind.CHOICE, QuestionKind.YES_NO)


@dataclass(frozen=True, slots=True)
class Told:
    """One person: what came of it, which panel heard them, and what they said, by question. In memory only."""

    outcome: str
    panel: str
    answers: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Shown:
    """One protected table: what its columns are, and rows of label and cells; the last column and the last row are totals."""

    by: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]

    def as_data(self) -> dict[str, Any]:
        return {"by": self.by, "columns": list(self.columns), "rows": [[label, [cell.as_data() for cell in cells]] for label, cells in self.rows]}  # fmt: skip

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Shown:
        rows = tuple((label, tuple(Cell(Kind(one["kind"]), one["value"]) for one in cells)) for label, cells in data["rows"])  # fmt: skip
        return cls(data["by"], tuple(data["columns"]), rows)


@dataclass(frozen=True, slots=True)
class AskedOf:
    """What was said to one question: by what came of it and, where there was more than one, by panel. No tables where they could not be protected."""

    key: str
    label: str
    tables: tuple[Shown, ...]

    def as_data(self) -> dict[str, Any]:
        return {"key": self.key, "label": self.label, "tables": [one.as_data() for one in self.tables]}

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> AskedOf:
        return cls(data["key"], data["label"], tuple(Shown.from_data(one) for one in data["tables"]))


def figures_of(questions: Iterable[Question], people: Sequence[Told], *, seconds: float = 10.0) -> list[AskedOf]:
    """The protected tables of all questions that can be counted. Nothing where there are fewer people than are shown at all."""
    asked = [one for one in questions if one.kind in COUNTED]
    if len(people) < POLICY.threshold:
        return []
    panels = tuple(dict.fromkeys(one.panel for one in people))
    cuts = [("What came of it", OUTCOMES, "outcome")] + ([("Panel", panels, "panel")] if len(panels) > 1 else [])
    return [_asked(question, people, cuts, seconds) for question in asked]


Cut = tuple[str, tuple[str, ...], str]


def _asked(question: Question, people: Sequence[Told], cuts: Sequence[Cut], seconds: float) -> AskedOf:
    tables = [_table(question, people, columns, name) for _, columns, name in cuts]
    shown = [
        _shown(by, table, cells)
        for (by, _, _), table, cells in zip(cuts, tables, _protected(tables, seconds), strict=True)
    ]
    gives_away = any(
        _says_it_of_all(table) or _knows_too_much(table, [cells for _, cells in one.rows])
        for table, one in zip(tables, shown, strict=True)
    )
    return AskedOf(question.key, question.label, () if gives_away else tuple(shown))  # fmt: skip


def _table(question: Question, people: Sequence[Told], columns: tuple[str, ...], name: str) -> Table:
    labels = labels_of(question)
    said = [(value if (value := one.answers.get(question.key)) in labels else "", getattr(one, name)) for one in people]
    counted = Counter(said)
    counts = tuple(tuple(counted[value, column] for column in columns) for value in (*labels, ""))
    return Table((*labels.values(), NOT_TOLD), columns, counts)


def _protected(tables: Sequence[Table], seconds: float) -> list[list[list[Cell]]]:
    """The cells of each table with its totals, hidden where they must be. A row's total is one figure in all tables; a column's total cannot move."""
    height = len(tables[0].rows)
    values = [sum(row) for row in tables[0].counts]
    relations: list[Relation] = [tuple((r, 1) for r in range(height))]
    places: list[dict[tuple[int, int], int]] = []
    for table in tables:
        width, first = len(table.columns), len(values)
        place = {(r, c): first + r * width + c for r in range(height) for c in range(width)}
        values += [count for row in table.counts for count in row]
        relations += [(*((place[r, c], 1) for c in range(width)), (r, -1)) for r in range(height)]
        relations += [tuple((place[r, c], 1) for r in range(height)) for c in range(width)]
        places.append(place | {(r, width): r for r in range(height)})
    web = Web(
        values=tuple(values), relations=tuple(relations), sensitive=tuple(i for i, count in enumerate(values) if POLICY.hides(count)),
        need=POLICY.protection, slack=tuple(shown_slack(value, POLICY) for value in values), network=False, cost=tuple(max(1, value) for value in values),
    )  # fmt: skip
    try:
        hidden = choose(web, seconds=seconds).hidden | set(web.sensitive)
    except Unsolved:
        hidden = frozenset(range(len(values)))
    return [
        [[count_cell(count, POLICY, hidden=place.get((r, c)) in hidden) for c, count in enumerate(row)] for r, row in enumerate(table.with_margins())]
        for table, place in zip(tables, places, strict=True)
    ]  # fmt: skip


def labels_of(question: Question) -> dict[str, str]:
    """What may be answered, as it is kept, with its words."""
    if question.kind == QuestionKind.YES_NO:
        return {"yes": "Yes", "no": "No"}
    return {one.value: one.label for one in question.choices}


def _shown(by: str, table: Table, cells: Iterable[Sequence[Cell]]) -> Shown:
    rows = tuple(zip((*table.rows, ALL), (tuple(row) for row in cells), strict=True))
    return Shown(by, (*table.columns, ALL), rows)


def _says_it_of_all(table: Table) -> bool:
    """Whether all in some column answered alike: then the table would say it of each of them."""
    grid = table.with_margins()
    return any(0 < grid[-1][at] == row[at] for row in grid[: len(table.rows) - 1] for at in range(len(grid[0])))


def _knows_too_much(table: Table, cells: Sequence[Sequence[Cell]]) -> bool:
    """Whether somebody who knows every column's total to the one could narrow a small number down further than that total does: asked again of what is shown."""
    grid = table.with_margins()
    height, width = len(grid), len(grid[0])
    low, high = _bounds(grid, cells)
    small = [at for at in range((height - 1) * width) if 0 < grid[at // width][at % width] < POLICY.threshold]
    rows = [([i for i, _ in one], [float(w) for _, w in one], 0.0, 0.0) for one in grid_relations(height, width)]
    try:
        found = intervals(low, high, rows, small)
    except Unsolved:
        return True
    return any(
        most is not None and most - least < min(POLICY.protection, grid[-1][at % width])
        for at, (least, most) in found.items()
    )


def _bounds(grid: Sequence[Sequence[int]], cells: Sequence[Sequence[Cell]]) -> tuple[list[int], list[int | None]]:
    """What may stand behind each figure: in the last row exactly what does."""
    low: list[int] = []
    high: list[int | None] = []
    for number, (counts, seen) in enumerate(zip(grid, cells, strict=True)):
        for count, cell in zip(counts, seen, strict=True):
            exact = number == len(grid) - 1
            least, most = (
                (count, count) if exact else believed(int(cell.value), POLICY) if cell.value is not None else (0, None)
            )
            low.append(least)
            high.append(most)
    return low, high  # fmt: skip
