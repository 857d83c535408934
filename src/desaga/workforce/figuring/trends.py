"""Series over releases: one line for each row of a table, with a gap wherever nothing was released."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from .model import Label

#: A released table, and a cell of it; of what kind the cells are is the disclosure engine's business.
TableT = TypeVar("TableT")
CellT = TypeVar("CellT")


@dataclass(frozen=True, slots=True)
class Series(Generic[CellT]):
    """What a row was on each day, in order. None on a day that did not have the row."""

    label: Label
    points: tuple[tuple[date, CellT | None], ...]


def series(
    released: Iterable[tuple[date, TableT]],
    rows: Callable[[TableT], Sequence[Label]],
    cells: Callable[[TableT], Mapping[str, CellT]],
) -> list[Series[CellT]]:
    """The rows of all releases over time. Of one day the last given counts, as a restatement does.

    Rows stand as in the latest release, after them those that it no longer has; a row is called what it was called last.
    """
    by_day = dict(sorted(dict(released).items()))
    labels: dict[str, Label] = {}
    for table in reversed(list(by_day.values())):
        for label in rows(table):
            labels.setdefault(label.key, label)
    found = {on: cells(table) for on, table in by_day.items()}
    return [Series(label, tuple((on, found[on].get(key)) for on in by_day)) for key, label in labels.items()]


def change(points: Sequence[tuple[date, CellT | None]], value: Callable[[CellT], float | None]) -> float | None:
    """From the first day that shows a number to the last, by how much it changed; None with fewer than two."""
    known = [number for _, cell in points if cell is not None and (number := value(cell)) is not None]
    return known[-1] - known[0] if len(known) > 1 else None
