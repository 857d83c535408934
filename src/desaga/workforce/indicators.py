"""Figures as indicators that plans can bind to. Their values are those of the last release, as the organisation itself may read them.

Nothing is counted here: no row of a person is read, so that an indicator can say no more than the release did.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Protocol

from desaga.disclosure import Kind as Shown
from desaga.indicators.lines import Line
from desaga.indicators.registry import Computed, Indicator, Source
from desaga.indicators.states import Better, Disclosure, Unit
from desaga.indicators.trends import Point

from .figuring import FIGURES, Figure, Kind, Label
from .figuring.cuts import TECHNICAL
from .figuring.declared import RETIREMENT
from .releasing import queries
from .releasing.papers import whom_in_short
from .releasing.sections import since, span_words
from .releasing.sight import UNIT_ROWS, units_read
from .releasing.tables import shown
from .states import Audience

AS_RELEASED = "As last released within the organisation: rounded, and hidden where few people stand behind it."
#: A release has no figure of all who reach an age within some years, only of each stretch of them.
ADDED_UP = "Those ahead are the released numbers added up, each rounded by itself, so that the sum may lie a few off."
UNITS = {Kind.PEOPLE: Unit.NUMBER, Kind.FTE: Unit.NUMBER, Kind.SHARE: Unit.PER_CENT, Kind.AVERAGE: Unit.NUMBER}
AGE = "age"
NOT_COLLECTED = "not_collected"
SEEN = (Shown.VALUE, Shown.ZERO)


class ReadCell(Protocol):
    """A cell as it may be read: what kind it is, and its value if it has one to read."""

    @property
    def kind(self) -> str: ...
    @property
    def value(self) -> Decimal | None: ...


class ReadTable(Protocol):
    """A released table as an audience reads it (`releasing.tables.Shown`)."""

    @property
    def figure(self) -> str: ...
    @property
    def cut(self) -> str: ...
    @property
    def rows(self) -> Sequence[Label]: ...
    @property
    def columns(self) -> Sequence[Label]: ...
    def cell(self, row: str = "", column: str = "") -> ReadCell: ...


def released_tables() -> Iterator[tuple[ReadTable, str]]:
    """The tables of the last release of the organisation in scope, protected for inside it, each with who is counted, and of what compares two
    snapshots from which day to which; none where nothing is released. Two queries.
    """
    last = queries.latest()
    if last is None:
        return
    whom, before = whom_in_short(last.definition), last.compared_with.as_at if last.compared_with else None
    for table in queries.tables_of(last, Audience.INTERNAL).values():
        from_day = since(table.figure, before)
        span = f"{span_words(from_day, last.snapshot.as_at)}. " if from_day else ""
        yield table, f"{span}{whom}"


def _cuts(figure: Figure) -> dict[str, str]:
    """The cuts of one dimension, each with a word for its parts. Of the horizon, the ages of retirement are the parts."""
    if figure is RETIREMENT:
        return {AGE: "Age"}
    return {cut.key: cut.words for cut in figure.cuts if cut.rows and not cut.columns}


def _indicator(figure: Figure) -> Indicator:
    return Indicator(
        key=figure.key,
        name=figure.name,
        definition=f"{figure.definition} {AS_RELEASED}{f' {ADDED_UP}' if figure is RETIREMENT else ''}",
        unit=UNITS[figure.kind],
        better=Better(figure.better.value),
        disclosure=Disclosure.SMALL_HIDDEN,
        cuts=_cuts(figure),
        has_whole=any(not cut.rows for cut in figure.cuts),
        phrases=figure.phrases,
        defined_at="workforce:show_definition",
    )


INDICATORS = tuple(_indicator(figure) for figure in FIGURES)
_BY_KEY = {one.key: one for one in INDICATORS}


def compute(today: date) -> Iterator[Computed]:
    """Where all of them stand; none before the first release."""
    for table, note in released_tables():
        yield from (replace(one, note=note) for one in computed_of(table))


def computed_of(table: ReadTable) -> Iterator[Computed]:
    """What a released table says for indicators: its whole, or its rows; nothing for cuts of two dimensions, but for the horizon."""
    indicator = _BY_KEY.get(table.figure)
    if indicator is None:
        return
    if table.figure == RETIREMENT.key:
        yield from _horizon(table)
    elif not table.cut and indicator.has_whole:
        yield from _said(table.figure, table.cell())
    elif table.cut in indicator.cuts:
        column = TECHNICAL.key if any(one.key == TECHNICAL.key for one in table.columns) else ""
        for row in table.rows:
            yield from _said(table.figure, table.cell(row.key, column), table.cut, row)


def _said(key: str, cell: ReadCell, cut: str = "", row: Label | None = None) -> Iterator[Computed]:
    """One value, of the kind that the release shows; what was not collected is left out."""
    if cell.kind != NOT_COLLECTED:
        part, label = (row.key, row.words) if row else ("", "")
        yield Computed(key, cell.value or Decimal(0), cut=cut, part=part, label=label, kind=Shown(cell.kind))


def _horizon(table: ReadTable) -> Iterator[Computed]:
    """How many have reached an age or do so within the years ahead: the released numbers together, hidden where one of them is."""
    age = table.cut.rpartition("_")[2]
    ahead = [table.cell("", one.key) for one in table.columns if one.key == "reached" or one.key.startswith("within-")]
    if not ahead or any(cell.kind == NOT_COLLECTED for cell in ahead):
        return
    years = max(
        (int(one.key.removeprefix("within-")) for one in table.columns if one.key.startswith("within-")), default=0
    )
    hidden = any(cell.kind == Shown.SUPPRESSED for cell in ahead)
    total = sum((cell.value or Decimal(0) for cell in ahead), Decimal(0))
    kind = Shown.SUPPRESSED if hidden else Shown.VALUE if total else Shown.ZERO
    label = f"{age}, reached or within {years} years"
    yield Computed(table.figure, total, cut=AGE, part=age, label=label, kind=kind)


def public_of(lines: Collection[Line]) -> dict[Line, Point]:
    """Where lines stand in the newest period that the lead shows to the public, as its tables say it; nothing where none is shown. One query."""
    shown_now = queries.public_figures()
    if shown_now is None or not shown_now.content:
        return {}
    newest, found = shown_now.content[0], {}
    for content in newest["tables"]:
        for one in computed_of(shown(content)):
            line = Line(one.key, one.cut, one.part)
            if line in lines and one.kind in SEEN:
                found[line] = Point(date.fromisoformat(newest["on"]), one.value)
    return found


#: A unit's figures are read by whoever reads them on the workforce's own pages, and by nobody else.
SOURCE = Source(INDICATORS, compute, dict.fromkeys(UNIT_ROWS, units_read), public_of)
