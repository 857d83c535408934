"""What people said of themselves: technical staff beside the rest of the institution, and beside shares of others with their source. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from desaga.charts.chart import Chart
from desaga.charts.colours import BLUE, GREY, SKY
from desaga.charts.grouped import Group, GroupBar, grouped_bars
from desaga.charts.marked import Mark

from ..figuring import Label
from .sections import Beside, Grid, Line, Section, Tables, asked, beside, day_words, key_of, mark, slug_of
from .tables import MISSING, Cell, CellKind, Shown

OURS, REST = "technical", "rest"
OURS_WORDS, REST_WORDS, OTHERS_WORDS = "Technical staff", "Rest of the institution", "Others"
#: The shares that stand together, by the figure's slug: each protected by itself before it came here.
SHARES = (
    ("women", "Women"),
    ("ethnic_minorities", "Ethnic minorities"),
    ("disabled", "Disabled people"),
    ("aged_50", "Aged 50 and over"),
)
NAMES = dict(SHARES)
QUESTION = "How do we differ from others?"
QUESTION_REST = "How do we differ from the rest of the institution?"
#: HESA gives no percentage of fewer: https://www.hesa.ac.uk/about/regulation/data-protection/rounding-and-suppression-anonymise-statistics
LEAST_FOR_SHARE = Decimal("22.5")


@dataclass(frozen=True, slots=True)
class Compared:
    """One share: ours, the rest's where the extract covers all staff, and those of others."""

    words: str
    table: Shown
    ours: Cell
    rest: Cell | None
    others: tuple[Beside, ...]


def profile(tables: Tables, on: date) -> Section | None:
    """The shares of the equality profile in one picture."""
    found = [one for slug, words in SHARES if (one := _compared(tables, slug, words)) is not None]
    if not found:
        return None
    has_rest = any(one.rest is not None for one in found)
    counted = f"Per cent of those who answered, {day_words(on)}"
    groups = [Group(one.words, _bars(one)) for one in found]
    chart = grouped_bars(title=_title(found), counted=counted, heading="Share", value_heading="Per cent", groups=groups)
    return Section(
        id="profile",
        question=QUESTION_REST if has_rest else QUESTION,
        counted=counted,
        grid=_grid(found, has_rest=has_rest),
        definitions=tuple(f"{one.words}: {one.table.definition}" for one in found),
        figures=tuple(slug_of(one.table.figure) for one in found),
        chart=chart,
        beside=tuple(other for one in found for other in one.others),
    )


def _compared(tables: Tables, slug: str, words: str) -> Compared | None:
    by_staff, whole = (tables.get((key_of(slug), cut)) for cut in ("staff", ""))
    if by_staff is not None and by_staff.is_collected:
        cells = by_staff.cell(OURS), by_staff.cell(REST)
        return Compared(words, by_staff, *cells, _others(by_staff, words))
    if whole is None or not whole.is_collected:
        return None
    return Compared(words, whole, whole.cell(), None, _others(whole, words))


def _others(table: Shown, words: str) -> tuple[Beside, ...]:
    return tuple(beside(one, words) for one in table.beside)


def _bars(one: Compared) -> list[GroupBar]:
    rest = [] if one.rest is None else [GroupBar(REST_WORDS, _in_per_cent(one.rest), SKY)]
    return [GroupBar(OURS_WORDS, _in_per_cent(one.ours), BLUE), *rest, *map(bar_beside, one.others)]


def bar_beside(one: Beside) -> GroupBar:
    """Others are one hue, whoever they are: their name stands at the bar."""
    return GroupBar(one.whose, Mark(f"{one.words} %", float(one.number)), GREY)


def _in_per_cent(cell: Cell) -> Mark:
    told = mark(cell)
    return told if told.number is None or "%" in told.words else replace(told, words=f"{told.words} %")


def _title(found: Sequence[Compared]) -> str:
    """What one sees first: where we and the rest are furthest apart, of what may be read of both."""
    known = [(gap, one) for one in found if (gap := _gap(one)) is not None]
    if not known:
        return "Technical staff beside others"
    top = max(known, key=lambda pair: pair[0])[1]
    ours, rest = (_in_per_cent(cell).words for cell in (top.ours, top.rest or MISSING))
    return f"{top.words}: {ours} of technical staff, {rest} of the rest"


def _gap(one: Compared) -> Decimal | None:
    """How far we and the rest are apart, where both may be read."""
    ours, rest = one.ours.value, one.rest.value if one.rest else None
    return None if ours is None or rest is None else abs(ours - rest)


def _grid(found: Sequence[Compared], *, has_rest: bool) -> Grid:
    """A row for each share; a column for us, for the rest, and for others, whose names stand under the table."""
    has_others = any(one.others for one in found)
    headings = (OURS_WORDS, *([REST_WORDS] if has_rest else []), *([OTHERS_WORDS] if has_others else []))
    return Grid("Per cent", headings, tuple(_line(one, has_rest=has_rest, has_others=has_others) for one in found))


def _line(one: Compared, *, has_rest: bool, has_others: bool) -> Line:
    rest = [one.rest or MISSING] if has_rest else []
    return Line(one.words, (one.ours, *rest, *([_of_others(one)] if has_others else [])))


def _of_others(one: Compared) -> Cell:
    """What was entered, in the order of the list under the table; what was not has no words, as a dash would say that an extract lacked it."""
    words = "; ".join(f"{other.words} %" for other in one.others)
    return Cell(CellKind.VALUE, None, words)


# ---- One characteristic in all its groups


def is_profile(table: Shown) -> bool:
    """Whether a table has technical staff and the rest as its columns."""
    return table.is_collected and {OURS, REST} <= {one.key for one in table.columns}


def composition(table: Shown, on: date, before: date | None = None) -> Section:
    """Technical staff and the rest by the groups of one characteristic, drawn as shares so that a small and a large crowd can be compared."""
    told = asked(
        table.cut or "whole",
        f"{table.cut_words}: {QUESTION_REST[0].lower()}{QUESTION_REST[1:]}",
        table,
        on,
        None,
        before,
    )
    chart = _composition(table, told)
    return told if chart is None else replace(told, chart=chart, counted=chart.counted)


def _composition(table: Shown, told: Section) -> Chart | None:
    if any((table.cell("", one).value or 0) < LEAST_FOR_SHARE for one in (OURS, REST)):
        return None
    groups = [Group(row.words, _of_group(table, row, told.beside)) for row in table.rows]
    counted = (
        f"{told.counted}: per cent of all technical staff and of all the rest, worked out from the numbers in the table"
    )
    return grouped_bars(
        title="Technical staff beside the rest", counted=counted, heading=table.cut_words, value_heading="Per cent", groups=groups
    )  # fmt: skip


def _of_group(table: Shown, row: Label, others: Sequence[Beside]) -> list[GroupBar]:
    bars = [
        GroupBar(words, _share(table.cell(row.key, column), table.cell("", column)), hue)
        for column, words, hue in ((OURS, OURS_WORDS, BLUE), (REST, REST_WORDS, SKY))
    ]
    return bars + [bar_beside(one) for one in others if one.group == row.words]


def _share(part: Cell, whole: Cell) -> Mark:
    """A share of two numbers that may both be read; what hides in the one is hidden here."""
    if part.value is None or not whole.value:
        return mark(part)
    # not a count of people: a share of two released numbers
    percent = round(part.value * 100 / whole.value)
    return Mark(f"{percent} %", percent)
