"""The sheet as a file, .xlsx or .csv: written for colleagues, and read back cell by cell.

The heading of the last column says whose sheet it is: of which plan, whether of all its actions, and when it was taken
out. Nothing else marks the file, so that it survives being saved by whatever program.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from desaga.documents.out.separated import disarm, rearm

from ..reading.headings import column_of
from .columns import BY_HEADING, COLUMNS, LONGEST_CELL, cells_of, clean, periods_of

MARK = re.compile(r"Desaga id: plan (?P<plan>\d+), (?P<part>all|some) actions, taken out (?P<at>[\d:T-]+Z)", re.I)
UPDATE_HEAD = re.compile(r"^update: (?P<period>.+)$", re.I)
ESCAPED_LETTER = re.compile(r"_x([0-9A-Fa-f]{4})_")
MOST_ROWS, MOST_COLUMNS = 10_000, 200
WHAT_TO_DO = (
    "Change cells, add rows or columns, and bring this file back to the plan’s page in Desaga: you will be shown what changed before anything is written.",
    "Leave the column “Desaga id” as it is: by it each row is known again. A new row needs none.",
    "In a cell that lists several things, write one a line.",
    "A changed status, RAG or comment is kept as an update with its date; what was said before stays.",
    "“On the Commitment’s form” follows from status and RAG by your organisation’s rule: what is written there is not read.",
    "To add an account of a past period, add a column headed “Update: ” and the period, such as “Update: October 2026”.",
)


@dataclass(frozen=True)
class Mark:
    """Which plan a sheet was taken from, whether it held all its actions, and when (ISO, UTC)."""

    plan: int
    whole: bool
    at: str

    def __str__(self) -> str:
        return f"Desaga id: plan {self.plan}, {'all' if self.whole else 'some'} actions, taken out {self.at}"


@dataclass(frozen=True)
class Row:
    """A row that came back: whose it is ("" for a new one), where it stands, its cells, and its past periods' cells, empty ones too."""

    id: str
    number: int
    cells: Mapping[str, str]
    periods: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheet:
    """A sheet as it came back; `columns` are the keys of those that it still has."""

    mark: Mark
    columns: Sequence[str]
    rows: Sequence[Row]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self)


def mark_of(plan: int, *, whole: bool, now: datetime) -> Mark:
    return Mark(plan, whole, now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"))


def sheet_of(found: Mapping[str, Any]) -> Sheet:
    """A sheet from what `Sheet.as_dict` gave."""
    rows = [Row(**row) for row in found["rows"]]
    return Sheet(Mark(**found["mark"]), found["columns"], rows)


# ---- Out

#: Columns that are only shown: their headings, and what each writes of an action in the interchange format.
Beside = Mapping[str, Callable[[Mapping[str, Any]], str]]
NOTHING: Beside = {}


def table_of(
    mark: Mark, actions: Iterable[tuple[str, Mapping[str, Any]]], keys: Collection[str] = (), beside: Beside = NOTHING
) -> list[list[str]]:
    """Headings and rows, all text, of pairs of an id and an action in the interchange format.

    With the columns of these keys alone, if any are given; past periods are then left out. A column that a sheet has not changes nothing.
    Columns `beside` are to be read by people: no column of `COLUMNS` has their heading, so nothing is read back from them.
    """
    columns = [column for column in COLUMNS if not keys or column.key in keys]
    told = [
        (id_, cells_of(data), [clean(show(data)) for show in beside.values()], {} if keys else periods_of(data))
        for id_, data in actions
    ]
    periods = list(dict.fromkeys(period for *_, by in told for period in by))
    head = [*(c.heading for c in columns), *beside, *(f"Update: {period}" for period in periods), str(mark)]
    rows = [
        [*(cells[c.key] for c in columns), *shown, *(by.get(period, "") for period in periods), id_]
        for id_, cells, shown, by in told
    ]
    return [head, *rows]


def write_csv(
    mark: Mark, actions: Iterable[tuple[str, Mapping[str, Any]]], keys: Collection[str] = (), beside: Beside = NOTHING
) -> bytes:
    """The sheet as .csv in UTF-8 with a byte order mark, which spreadsheets want; no cell can act as a formula."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([disarm(cell) for cell in row] for row in table_of(mark, actions, keys, beside))
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(
    title: str,
    subtitle: str,
    mark: Mark,
    actions: Iterable[tuple[str, Mapping[str, Any]]],
    keys: Collection[str] = (),
    beside: Beside = NOTHING,
) -> bytes:
    """The sheet as a workbook: the actions, and a sheet that says how to bring it back. Text is written as text."""
    import xlsxwriter

    head, *rows = table_of(mark, actions, keys, beside)
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": title, "author": "", "comments": ""})
        _write_actions(book, title, head, rows)
        _write_about(book, title, subtitle)
    return out.getvalue()


def _write_actions(book: Any, title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    page = book.add_worksheet("Actions")
    cell = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    bold = book.add_format({"text_wrap": True, "valign": "top", "bold": True, "bg_color": "#E9EEF5", "border": 1})
    quiet = book.add_format({"valign": "top", "font_color": "#565C64", "font_size": 8})
    last = len(head) - 1
    for at in range(last):
        known = BY_HEADING.get(head[at].casefold())
        page.set_column(at, at, known.width if known else 36)
    page.set_column(last, last, 14, quiet)
    for at, text in enumerate(head):
        page.write_string(0, at, text[:LONGEST_CELL], bold)
    for number, row in enumerate(rows, 1):
        for at, text in enumerate(row):
            page.write_string(number, at, text, quiet if at == last else cell)
    page.freeze_panes(1, 1)
    page.autofilter(0, 0, max(len(rows), 1), last)
    page.set_landscape()
    page.set_paper(8)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_header(f"&L{title.replace('&', '&&')[:180]}")
    page.set_footer("&RPage &P of &N")


def _write_about(book: Any, title: str, subtitle: str) -> None:
    page = book.add_worksheet("How to bring it back")
    page.set_column(0, 0, 90)
    wrap, large = book.add_format({"text_wrap": True}), book.add_format({"bold": True, "font_size": 14})
    page.write_string(0, 0, title, large)
    page.write_string(1, 0, subtitle, wrap)
    for number, sentence in enumerate(WHAT_TO_DO, 3):
        page.write_string(number, 0, sentence, wrap)


# ---- In


def read_sheet(name: str, content: bytes) -> Sheet | None:
    """The sheet in a file that Desaga wrote; None where the file is something else."""
    if name.lower().endswith((".xlsx", ".xlsm")):
        return _first_marked(_grids_of_workbook(content))
    if name.lower().endswith((".csv", ".txt", ".tsv")):
        return _first_marked([_grid_of_csv(content)])
    return None


def _first_marked(grids: Iterable[Iterator[list[str]]]) -> Sheet | None:
    for grid in grids:
        if sheet := _sheet_in(grid):
            return sheet
    return None


def _sheet_in(grid: Iterator[list[str]]) -> Sheet | None:
    for number, cells in enumerate(grid, 1):
        marked = next(((at, found) for at, text in enumerate(cells) if (found := MARK.fullmatch(text.strip()))), None)
        if marked:
            at, found = marked
            mark = Mark(int(found["plan"]), found["part"].casefold() == "all", found["at"].upper())
            return _rows_under(mark, at, cells, enumerate(grid, number + 1))
        if number >= 20:
            break
    return None


def _rows_under(mark: Mark, id_at: int, head: list[str], lines: Iterable[tuple[int, list[str]]]) -> Sheet:
    columns: dict[int, str] = {}
    periods: dict[int, str] = {}
    for at, text in enumerate(head):
        known = BY_HEADING.get(clean(text).casefold())
        if at == id_at:
            continue
        if known and known.key not in columns.values():
            columns[at] = known.key
        elif period := period_in(text):
            periods[at] = period
    rows = []
    for number, cells in lines:
        told = {key: cells[at] if at < len(cells) else "" for at, key in columns.items()}
        past = {period: cells[at] for at, period in periods.items() if at < len(cells)}
        id_ = cells[id_at].strip() if id_at < len(cells) else ""
        if id_ or any(told.values()) or any(past.values()):
            rows.append(Row(id_, number, told, past))
    return Sheet(mark, list(columns.values()), rows)


def period_in(heading: str) -> str | None:
    """The past period that a column is for, by its heading; None where it is for none."""
    if found := UPDATE_HEAD.match(clean(heading)):
        return found["period"].strip()
    told = column_of(heading)
    return told.period if told.role == "update" else None


def _grids_of_workbook(content: bytes) -> Iterator[Iterator[list[str]]]:
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    for page in book.worksheets:
        lines = page.iter_rows(max_row=MOST_ROWS + 1, max_col=MOST_COLUMNS, values_only=True)
        yield ([_text_of(value) for value in line] for line in lines)


def _text_of(value: Any) -> str:
    """A cell's value as text: a day that a spreadsheet made of a text is written out again."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return clean(ESCAPED_LETTER.sub(lambda found: chr(int(found[1], 16)), str(value)))


def _grid_of_csv(content: bytes) -> Iterator[list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    csv.field_size_limit(1_000_000)
    first = text.split("\n", 1)[0]
    parted = max(",;\t", key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=parted)
    for number, line in enumerate(lines):
        if number > MOST_ROWS:
            return
        yield [clean(rearm(cell)) for cell in line[:MOST_COLUMNS]]
