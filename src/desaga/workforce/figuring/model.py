"""What a figure is, and the exact table that it becomes before anything is hidden or rounded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum


class Kind(StrEnum):
    """How cells are counted, and so how they are protected: people one by one, parts of people, shares of people, averages over people."""

    PEOPLE = "people"
    FTE = "fte"
    SHARE = "share"
    AVERAGE = "average"


class Better(StrEnum):
    """Which way is good; the words of `indicators.states.Better`, which needs Django."""

    MORE = "more"
    LESS = "less"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class Label:
    """A row or a column: `key` stays the same from release to release, `words` are what one reads."""

    key: str
    words: str


#: The key of margins, and of the only row or column of a table that has no such cut.
ALL = Label("", "All")
#: For people of whom the extract says nothing in a column that it has.
BLANK = Label("-", "Not filled in")


@dataclass(frozen=True, slots=True)
class Cut:
    """A way in which a figure is given. `rows` and `columns` name dimensions (`cuts.DIMENSIONS`); empty is the whole."""

    key: str
    words: str
    rows: str = ""
    columns: str = ""


WHOLE = Cut("", "All technical staff")


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """Something counted of technical staff. `key` stays for good. `needs` are the fields without which it is not collected.

    `definition` says in whole sentences what is counted out of what; `sources` are the addresses of whose definition that is.
    `over_time` says that it compares two snapshots. `unit` is what a cell is in: people, FTE, per cent, years.
    """

    key: str
    name: str
    definition: str
    kind: Kind
    unit: str
    cuts: tuple[Cut, ...] = (WHOLE,)
    better: Better = Better.NEITHER
    needs: tuple[str, ...] = ()
    over_time: bool = False
    sources: tuple[str, ...] = ()
    phrases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RawCell:
    """An exact number. `people` stand behind it, `of` is what a share is of (people), or over how many an average goes.

    `value` is None where it was not collected, or where there is nobody to make a share or an average of (`people` is 0 then).
    """

    value: Decimal | None
    people: int
    of: Decimal | None = None

    @property
    def is_collected(self) -> bool:
        return self is not NOT_COLLECTED


#: In the place of a cell whose field the extract did not have. Never 0.
NOT_COLLECTED = RawCell(None, -1)


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure of others to set beside ours: entered by hand, with its source."""

    row: str
    value: Decimal
    name: str
    source: str
    year: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RawTable:
    """A figure cut one way, exact. It never leaves the worker and the steward's preview.

    `cells` are by (row key, column key). Margins, where there are any, are cells too, under the key of `ALL`; `adds_up` says that they
    are the sums of their row or column, as the disclosure engine must know. `why` says why nothing was collected.
    """

    figure: str
    cut: str
    rows: tuple[Label, ...]
    columns: tuple[Label, ...] = (ALL,)
    cells: Mapping[tuple[str, str], RawCell] = field(default_factory=dict)
    adds_up: bool = False
    why: str = ""
    beside: tuple[Stated, ...] = ()

    def cell(self, row: str = "", column: str = "") -> RawCell:
        """The cell; NOT_COLLECTED where there is none."""
        return self.cells.get((row, column), NOT_COLLECTED)

    @property
    def is_collected(self) -> bool:
        return not self.why


def not_collected(figure: Figure, cut: Cut, why: str) -> RawTable:
    """The table of a figure that could not be counted."""
    return RawTable(figure=figure.key, cut=cut.key, rows=(ALL,), cells={("", ""): NOT_COLLECTED}, why=why)


def sum_of(values: Iterable[Decimal]) -> Decimal:
    return sum(values, Decimal(0))
