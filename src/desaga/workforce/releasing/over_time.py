"""Figures over the released periods: the whole as a line, units and main cuts as small multiples. Pure; made of released tables alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date

from desaga.charts.chart import Chart
from desaga.charts.lines import line_over_time
from desaga.charts.many_lines import Strand, small_lines

from ..figuring import ALL, Label
from ..figuring.change import LEAST_DAYS, MOST_DAYS
from ..figuring.trends import Series, series
from .profile import OURS, is_profile
from .sections import Grid, Line, Section, day_words, in_unit, mark, since, slug_of, span_words
from .tables import MISSING, Cell, Shown

#: A figure in one cut on the days of the released periods, the oldest first.
OverTime = Sequence[tuple[date, Shown]]
#: Of the days of periods, with which day each compares what came and went.
Before = Mapping[date, date]
EARLIER = "; the {} newest periods, earlier ones stand in the file of numbers"
A_YEAR_ALONE = "; only spans of about a year (11 to 13 months) are drawn"
SCALED = "per cent a year"
NO_DAYS: Before = {}
#: The cuts that are followed over time, as what is asked of them. Only these: a page must not grow with what was released.
FOLLOWED = (
    ("unit", "How has each unit changed?"),
    ("grade", "How has each grade changed?"),
    ("age", "How has each age changed?"),
    ("staff", "How have we and the rest changed?"),
    ("sex", "How has it changed by sex?"),
    ("ethnicity", "How has it changed by ethnicity?"),
    ("disability", "How has it changed by disability?"),
    ("reason", "How have the reasons changed?"),
)
CUTS = ("", *(cut for cut, _ in FOLLOWED))
MOST_DRAWN = 12


def along_time(over_time: OverTime, before: Before = NO_DAYS) -> Section | None:
    """One figure as a whole over the released periods; a period that hides it is a gap, told in the table.

    So is one over which more or less than a year was counted, where that makes a number larger or smaller.
    """
    if len(over_time) < 2:
        return None
    table = over_time[-1][1]
    lines = tuple(
        Line(span_words(since(one.figure, before.get(on)), on), (one.cell(),)) for on, one in reversed(over_time)
    )
    drawn = [(on, one) for on, one in over_time if _is_of_a_year(one, on, before)]
    counted = f"{table.name}, in {table.unit}{A_YEAR_ALONE if len(drawn) < len(over_time) else ''}"
    return Section(
        id="along-time",
        question="How has it changed?",
        counted=counted,
        grid=Grid("Period", (in_unit(table),), lines),
        definitions=(table.definition,),
        figures=(slug_of(table.figure),),
        chart=_line(drawn, table, counted),
        is_over_time=True,
    )


def _is_of_a_year(table: Shown, on: date, before: Before) -> bool:
    """Whether a number may stand in one line with those of other periods: it is of a day, scaled to a year, or of about a year."""
    then = since(table.figure, before.get(on))
    return then is None or table.unit == SCALED or LEAST_DAYS <= (on - then).days <= MOST_DAYS


def _line(over_time: OverTime, table: Shown, counted: str) -> Chart | None:
    values = [(on, float(value)) for on, one in over_time if (value := one.cell().value) is not None]
    if len(values) < 2 or any(number < 0 for _, number in values):
        return None
    return line_over_time(
        title="Released period by period",
        counted=counted,
        value_heading=in_unit(table),
        values=values,
        suffix=" %" if table.unit == "per cent" else "",
    )


def trends(
    by_cut: Mapping[str, OverTime],
    cuts: Iterable[str] = CUTS,
    before: Before = NO_DAYS,
    of_rows: int | None = None,
) -> list[Section]:
    """The whole over time, then the cuts that are followed, as far as there is anything to draw.

    `of_rows` says how many periods rows are followed over, where there are earlier ones.
    """
    found = [
        followed(cut, by_cut.get(cut, ()), before, of_rows) if cut else along_time(by_cut.get(cut, ()), before)
        for cut in cuts
    ]
    return [one for one in found if one is not None]


# ---- Rows over time


def followed(cut: str, over_time: OverTime, before: Before = NO_DAYS, of_rows: int | None = None) -> Section | None:
    """The rows of a cut over time, a small line each, all to one scale; None where fewer than two periods have it."""
    collected = [(on, table) for on, table in over_time if table.is_collected and table.rows and ALL not in table.rows]
    if len(collected) < 2:
        return None
    table = collected[-1][1]
    days = [on for on, _ in collected]
    rows = series(collected, _rows, _cells)
    counted = f"{table.name}, in {table.unit}, {day_words(days[0])} to {day_words(days[-1])}"
    if of_rows is not None:
        counted += EARLIER.format(of_rows)
    of_a_year = {on for on, one in collected if _is_of_a_year(one, on, before)}
    if len(of_a_year) < len(days):
        counted += A_YEAR_ALONE
    drawn = sorted((one for one in rows if _known(one)), key=lambda one: -_known(one)[-1])[:MOST_DRAWN]
    if len(drawn) < len(rows):
        counted += f"; {len(drawn)} of {len(rows)} are drawn, the largest first"  # not a count of people: of rows
    return Section(
        id=f"{cut}-along-time",
        question=dict(FOLLOWED)[cut],
        counted=counted,
        grid=_grid(table, days, rows, before),
        definitions=(table.definition,),
        figures=(slug_of(table.figure),),
        chart=_small(table, counted, days, drawn, of_a_year),
        is_over_time=True,
    )


def _rows(table: Shown) -> Sequence[Label]:
    return table.rows


def _cells(table: Shown) -> dict[str, Cell]:
    """The cells of rows: of technical staff, where the rest stands beside."""
    column = OURS if is_profile(table) else ALL.key
    return {row.key: table.cell(row.key, column) for row in table.rows}


def _known(one: Series[Cell]) -> list[float]:
    return [float(cell.value) for _, cell in one.points if cell is not None and cell.value is not None]


def _grid(table: Shown, days: Sequence[date], rows: Sequence[Series[Cell]], before: Before) -> Grid:
    """A row each, the newest periods as columns; a period that did not have the row has a dash."""
    lines = (Line(one.label.words, tuple(cell or MISSING for on, cell in one.points if on in days)) for one in rows)
    return Grid(table.cut_words, tuple(_months(since(table.figure, before.get(on)), on) for on in days), tuple(lines))


def _months(before: date | None, on: date) -> str:
    return f"{before:%b %Y} to {on:%b %Y}" if before else f"{on:%b %Y}"


def _small(
    table: Shown, counted: str, days: Sequence[date], drawn: Sequence[Series[Cell]], shown_on: Set[date]
) -> Chart | None:
    strands = [
        Strand(one.label.words, [mark(cell if cell and on in shown_on else MISSING) for on, cell in one.points])
        for one in drawn
    ]
    if not strands or len(shown_on) < 2:
        return None
    return small_lines(
        title="Each to the same scale", counted=counted, heading=table.cut_words, days=days, strands=strands
    )
