"""From people to tables: counts, parts of people, shares and averages, cut one way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from ..population import Contract
from .cuts import Dimension, Frame, dimension
from .model import ALL, BLANK, Cut, Figure, Label, RawCell, RawTable
from .presence import Present

#: By which contracts a person is counted, and with how much of each.
Pieces = Callable[[Present], Iterable[tuple[Contract, Decimal]]]
Cell = tuple[str, str]
HUNDRED = Decimal(100)


def in_parts(one: Present) -> Iterable[tuple[Contract, Decimal]]:
    """Everybody with the share of them that goes with each contract."""
    return zip(one.counted, one.parts, strict=True)


def full_time(one: Present) -> Iterable[tuple[Contract, Decimal]]:
    """The share of a full-time week of each contract that has one."""
    return ((contract, contract.fte) for contract in one.counted if contract.fte is not None)


@dataclass(slots=True)
class Tally:
    """What was added up in each cell and in the margins, how many people are in each, and the labels that were met.

    Margins come into being when the tally is closed, as sums; people whose contracts lie in several cells are one person in each margin.
    """

    frame: Frame
    rows: Dimension | None
    columns: Dimension | None
    values: dict[Cell, Decimal] = field(default_factory=lambda: defaultdict(Decimal))
    people: dict[Cell, int] = field(default_factory=lambda: defaultdict(int))
    row_labels: dict[str, Label] = field(default_factory=dict)
    column_labels: dict[str, Label] = field(default_factory=dict)
    heads: dict[Cell, int] = field(default_factory=lambda: defaultdict(int))
    spread: list[set[Cell]] = field(default_factory=list)

    @classmethod
    def of(cls, cut: Cut, frame: Frame) -> Tally:
        rows, columns = (dimension(key) if key else None for key in (cut.rows, cut.columns))
        return cls(frame, rows, columns)

    def head(self, one: Present) -> None:
        """Adds a person as one, by their main contract."""
        self.heads[self._cell(one, one.main)] += 1

    def add(self, one: Present, pieces: Iterable[tuple[Contract, Decimal]]) -> None:
        """Adds a person with what each of some contracts weighs."""
        touched: set[Cell] = set()
        for contract, weight in pieces:
            cell = self._cell(one, contract)
            self.values[cell] += weight
            touched.add(cell)
        if len(touched) == 1:
            self.people[touched.pop()] += 1
        elif touched:
            self.spread.append(touched)

    def _cell(self, one: Present, contract: Contract) -> Cell:
        return self._place(self.rows, self.row_labels, one, contract), self._place(
            self.columns, self.column_labels, one, contract
        )

    def _place(self, by: Dimension | None, labels: dict[str, Label], one: Present, contract: Contract) -> str:
        if by is None:
            return ALL.key
        label = by.place(one, contract, self.frame)
        known = labels.setdefault(label.key, label)
        # Of several spellings of one thing the first in the alphabet is shown, whoever comes first.
        if known is not label and label.words < known.words:
            labels[label.key] = label
        return label.key

    def closed(self) -> Tally:
        """The same, with margins. To be called once, when everybody is in."""
        for cell, count in self.heads.items():
            self.values[cell] += count
            self.people[cell] += count
        for cell in list(self.values):
            for margin in _margins(cell):
                self.values[margin] += self.values[cell]
                self.people[margin] += self.people[cell]
        for touched in self.spread:
            for place in touched | {margin for cell in touched for margin in _margins(cell)}:
                self.people[place] += 1
        return self

    def labels(self) -> tuple[tuple[Label, ...], tuple[Label, ...]]:
        return _ordered(self.rows, self.row_labels, self.frame), _ordered(self.columns, self.column_labels, self.frame)


def _margins(cell: Cell) -> set[Cell]:
    """The margins of a cell that are not the cell itself."""
    row, column = cell
    return {(row, ALL.key), (ALL.key, column), (ALL.key, ALL.key)} - {cell}


def _ordered(by: Dimension | None, met: dict[str, Label], frame: Frame) -> tuple[Label, ...]:
    """Fixed labels in their order, then those met, sorted, then what was not filled in."""
    if by is None:
        return (ALL,)
    fixed = by.fixed(frame)
    known = {one.key for one in fixed}
    more = [one for one in met.values() if one.key not in known and one is not BLANK]
    last = (BLANK,) if BLANK.key in met and BLANK.key not in known else ()
    return (*fixed, *sorted(more, key=lambda one: (by.order(one, frame), one.key)), *last)


def tally(people: Iterable[Present], cut: Cut, frame: Frame, pieces: Pieces | None = None) -> Tally:
    """Adds up people as the cut says; without `pieces` everybody once, by their main contract."""
    counted = Tally.of(cut, frame)
    for one in people:
        if pieces is None:
            counted.head(one)
        else:
            counted.add(one, pieces(one))
    return counted.closed()


def table_of_counts(figure: Figure, cut: Cut, counted: Tally) -> RawTable:
    """People, or parts of people, in each cell; margins are sums."""
    rows, columns = counted.labels()
    cells = {
        (row.key, column.key): RawCell(counted.values.get((row.key, column.key), Decimal(0)), counted.people.get((row.key, column.key), 0))
        for row in _with_all(rows)
        for column in _with_all(columns)
    }  # fmt: skip
    return RawTable(figure=figure.key, cut=cut.key, rows=rows, columns=columns, cells=cells, adds_up=True)


def table_of_shares(figure: Figure, cut: Cut, part: Tally, whole: Tally) -> RawTable:
    """Of the people in a cell, how many per cent; nothing where there is nobody."""
    rows, columns = whole.labels()
    cells: dict[Cell, RawCell] = {}
    for row in _with_all(rows):
        for column in _with_all(columns):
            cell = row.key, column.key
            cells[cell] = share(
                part.values.get(cell, Decimal(0)), whole.values.get(cell, Decimal(0)), part.people.get(cell, 0)
            )
    return RawTable(figure=figure.key, cut=cut.key, rows=rows, columns=columns, cells=cells)


def share(part: Decimal, whole: Decimal, people: int) -> RawCell:
    """Per cent, of how many; with nobody to be a share of, no value."""
    return RawCell(part * HUNDRED / whole if whole else None, people, whole)


def table_of_averages(figure: Figure, cut: Cut, counted: Tally) -> RawTable:
    """The mean of what was added up over the people in a cell; nothing where there is nobody."""
    rows, columns = counted.labels()
    cells: dict[Cell, RawCell] = {}
    for row in _with_all(rows):
        for column in _with_all(columns):
            cell = row.key, column.key
            people = counted.people.get(cell, 0)
            mean = counted.values[cell] / people if people else None
            cells[cell] = RawCell(mean, people, Decimal(people))
    return RawTable(figure=figure.key, cut=cut.key, rows=rows, columns=columns, cells=cells)


def _with_all(labels: tuple[Label, ...]) -> tuple[Label, ...]:
    return labels if labels == (ALL,) else (*labels, ALL)
