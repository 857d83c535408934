"""The few questions that a release answers: each with a drawing that answers it and the table beside. Pure; nothing here knows a row of a person."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date

from desaga.charts.chart import Chart
from desaga.charts.marked import Panel, marked_bars, pyramid, small_multiples

from ..figuring import ALL, BY_KEY, Kind, Label
from .profile import composition, is_profile, profile
from .sections import (
    Grid,
    Line,
    Section,
    Tables,
    asked,
    bars,
    counted_on,
    day_words,
    key_of,
    mark,
    since,
    slug_of,
    span_words,
)
from .tables import MISSING, NOBODY, Cell, Shown

MOST_PANELS = 12
#: The cuts of the headcount that the few questions follow over time.
OVER_TIME = ("", "unit")
HEADLINES = ("headcount", "fte", "fpe")
FLOWS = (("starters", "Started"), ("leavers", "Left"), ("moves_in", "Moved in from other posts"), ("moves_out", "Moved to other posts"))  # fmt: skip
BY_UNIT = (
    ("headcount", "Headcount"),
    ("fte", "FTE"),
    ("starters", "Starters"),
    ("leavers", "Leavers"),
    ("turnover", "Turnover"),
)
USUAL_AGE = 65


def section_of(table: Shown, on: date, before: date | None = None) -> Section:
    """A table under its own name, as a figure's page lists it; of what compares two snapshots, with the day of the earlier one, `before`."""
    if is_profile(table):
        return composition(table, on, before)
    chart = None
    if table.is_collected and table.rows and ALL in table.columns and ALL not in table.rows:
        chart = bars(table, f"{table.name}, by {table.cut_words.lower()}", counted_on(table, on, before))
    return replace(asked(table.cut or "whole", table.cut_words, table, on, chart, before), why=table.why)


# ---- The few questions


def sections_of(
    tables: Tables, on: date, along_time: Iterable[Section] = (), before: date | None = None
) -> list[Section]:
    """The questions that a release answers, each only where it can be asked of these tables, and after them the headcount over time."""
    asks: list[Callable[[], Section | None]] = [
        lambda: ages(tables, on),
        lambda: horizon(tables, on),
        lambda: horizon_by_unit(tables, on),
        lambda: units(tables, on, before),
        lambda: profile(tables, on),
        lambda: flows(tables, on, before),
    ]
    return [*(section for ask in asks if (section := ask()) is not None), *along_time]


def headlines(tables: Tables) -> list[tuple[str, Shown, Cell]]:
    """The few numbers that a page begins with."""
    found = [tables.get((key_of(slug), "")) for slug in HEADLINES]
    return [(slug_of(one.figure), one, one.cell()) for one in found if one is not None and one.is_collected]


def ages(tables: Tables, on: date) -> Section | None:
    """Age by sex where that is there and anything of it may be read, else age alone."""
    both, alone = tables.get((key_of("headcount"), "age_sex")), tables.get((key_of("headcount"), "age"))
    if both is not None and both.is_collected and {"female", "male"} <= {one.key for one in both.columns}:
        return asked("ages", "How old are we?", both, on, _pyramid(both, on))
    if alone is None or not alone.is_collected:
        return None
    return asked("ages", "How old are we?", alone, on, bars(alone, _largest(alone), counted_on(alone, on)))


def _pyramid(table: Shown, on: date) -> Chart:
    rows = [
        (row.words, mark(table.cell(row.key, "female")), mark(table.cell(row.key, "male")))
        for row in reversed(table.rows)
        if row.key != "-"
    ]
    counted = f"{counted_on(table, on)}, by age and sex. Other answers stand in the table"
    return pyramid(title=_largest(table), counted=counted, heading="Age", left="Female", right="Male", rows=rows)


def _largest(table: Shown) -> str:
    """What one sees first: the largest of the rows that may be read. Of equals the first is as good as any, so nothing is said."""
    known = [(row, value) for row in table.rows if (value := table.cell(row.key).value) is not None and row.key != "-"]
    top = max((value for _, value in known), default=None)
    best = [row for row, value in known if value == top]
    if len(best) != 1 or len(known) < 2:
        return f"Technical staff by {table.cut_words.lower()}"
    return f"The largest group: {best[0].words}"


def horizon_table(tables: Tables) -> Shown | None:
    """The horizon at the age that most know, else at the lowest that is stated."""
    found = {
        int(cut.removeprefix("unit_")): one for (figure, cut), one in tables.items() if figure == key_of("retirement")
    }
    known = {age: one for age, one in found.items() if one.is_collected}
    return known.get(USUAL_AGE) or (known[min(known)] if known else None)


def horizon(tables: Tables, on: date) -> Section | None:
    table = horizon_table(tables)
    if table is None:
        return None
    values = [(column.words, mark(table.cell(ALL.key, column.key))) for column in _ahead(table)]
    age = table.cut.removeprefix("unit_")
    title = f"How many reach {age}, and when"
    chart = marked_bars(
        title=title, counted=counted_on(table, on), heading="Years ahead", value_heading="People", values=values
    )
    lines = tuple(Line(column.words, (table.cell(ALL.key, column.key),)) for column in table.all_columns)
    grid = Grid("Years ahead", ("People",), lines)
    return replace(asked("horizon", "How much skill may go, and when?", table, on, chart), grid=grid)


def _ahead(table: Shown) -> list[Label]:
    return [one for one in table.columns if one.key != "-"]


def horizon_by_unit(tables: Tables, on: date) -> Section | None:
    """The horizon of each unit, all to one scale: the largest units are drawn, all are in the table."""
    table = horizon_table(tables)
    if table is None or not table.rows or table.rows == (ALL,):
        return None
    labels = [(_short(column), column.words) for column in _ahead(table)]
    drawn = sorted(table.rows, key=lambda row: -(table.cell(row.key).value or 0))[:MOST_PANELS]
    panels = [Panel(row.words, [mark(table.cell(row.key, one.key)) for one in _ahead(table)]) for row in drawn]
    counted = counted_on(table, on)
    if len(drawn) < len(table.rows):
        counted += f"; the {len(drawn)} largest units are drawn"  # not a count of people: of units
    chart = small_multiples(
        title="Each unit to the same scale", counted=counted, heading="Unit", labels=labels, panels=panels
    )
    return asked("horizon-by-unit", "Where may it go first?", table, on, chart)


def _short(label: Label) -> str:
    """A label of the horizon in a few letters: "65+", "0–5 y"; in full in the table."""
    if label.key == "reached":
        return label.words.split()[0] + "+"
    if label.key == "later":
        return "later"
    words = [word for word in label.words.split() if word.isdigit()]
    return f"{words[0] if len(words) > 1 else 0}–{words[-1]} y"


def units(tables: Tables, on: date, before: date | None = None) -> Section | None:
    """Units beside each other: a few figures of each."""
    found = [(words, tables[key_of(slug), "unit"]) for slug, words in BY_UNIT if _has(tables, slug, "unit")]
    if not found:
        return None
    rows: dict[str, Label] = {row.key: row for _, table in found for row in table.rows if row != ALL}
    ordered = sorted(rows.values(), key=lambda row: row.words.casefold())
    lines = [Line(row.words, tuple(_of_unit(table, row) for _, table in found)) for row in ordered]
    lines.append(Line("All", tuple(table.cell() for _, table in found), is_total=True))
    return Section(
        id="units",
        question="How do units stand beside each other?",
        counted=_counted_beside(found, on, before),
        grid=Grid("Unit", tuple(words for words, _ in found), tuple(lines)),
        definitions=tuple(f"{words}: {table.definition}" for words, table in found),
        figures=tuple(slug_of(table.figure) for _, table in found),
    )


def _counted_beside(found: Sequence[tuple[str, Shown]], on: date, before: date | None) -> str:
    """On which day the columns are counted, and over which time those that compare two snapshots."""
    between = [words for words, table in found if since(table.figure, before)]
    told = f"Technical staff, {day_words(on)}"
    return f"{told}. {', '.join(between)}: {span_words(before, on)}" if between else told


def _of_unit(table: Shown, row: Label) -> Cell:
    """The cell of a unit; of whom nobody started or left, counts have no row."""
    counts = table.counted_as in (Kind.PEOPLE, Kind.FTE)
    return table.cells.get((row.key, ""), NOBODY if counts else MISSING)


def _has(tables: Tables, slug: str, cut: str) -> bool:
    table = tables.get((key_of(slug), cut))
    return table is not None and table.is_collected


def flows(tables: Tables, on: date, before: date | None) -> Section | None:
    """Who came and went between two snapshots."""
    found = [(words, tables[key_of(slug), ""]) for slug, words in FLOWS if _has(tables, slug, "")]
    if not found:
        return None
    span = span_words(before, on) if before else f"From the snapshot before to {day_words(on)}"
    values = [(words, mark(table.cell())) for words, table in found]
    chart = marked_bars(
        title="Starters, leavers and moves",
        counted=span,
        heading="What happened",
        value_heading="People",
        values=values,
    )
    return Section(
        id="flows",
        question="Who came, who left, who moved?",
        counted=span,
        grid=Grid("What happened", ("People",), tuple(Line(words, (table.cell(),)) for words, table in found)),
        definitions=tuple(f"{words}: {table.definition}" for words, table in found),
        figures=tuple(slug_of(table.figure) for _, table in found),
        chart=chart,
    )


def figures_in(tables: Iterable[Shown]) -> list[tuple[str, str]]:
    """The figures that something was collected for, by slug and name, in the order in which they are declared."""
    found = {one.figure for one in tables if one.is_collected}
    return [(slug_of(key), figure.name) for key, figure in BY_KEY.items() if key in found]
