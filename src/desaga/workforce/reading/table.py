"""The file as a table: the sheet, its headings and its columns of text, told from titles above, totals below and empty columns beside.

Text files are read here; workbooks by a child process with limits (`read_workbook`), since nobody vouches for what is in them.
"""

from __future__ import annotations

import base64
import csv
import io
import itertools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from desaga.documents.delimited import sniff_delimiter
from desaga.documents.encoding import decode, looks_binary
from desaga.documents.limits import MEGABYTE, Limits
from desaga.documents.model import UnreadableDocument

from .fields import FIELDS
from .quotes import swallowing_record, swallowing_row
from .totals import rows_of_totals, words_of_totals
from .values import Bad, day, folded

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
LOOKED_AT = 30
NO_SCORE = (0, 0)
MOST_ROWS, MOST_COLUMNS = 250_000, 200
SNIFFED = 200_000
SWALLOWS = (
    "In row {row} a quotation mark opens, and does not close where its value ends: what stands behind it would be lost. "
    "Take the mark away, or save the extract as .xlsx, and choose it again."
)
NO_HEADINGS = (
    "Row {row} has no headings: it looks like somebody. Put a row above it that says what each column is, such as Staff number, Job title and FTE, "
    "and choose the file again."
)
#: How what HR systems save as .xls for Excel to open, and is none, begins.
WEB = ("<", "MIME-Version:")
OLE, ZIP = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04"
#: How papers and pictures begin, whose text would read as one long column.
PAPERS = (b"%PDF", b"{\\rtf", b"\x89PNG", b"\xff\xd8\xff", b"\x1f\x8b")
KNOWN_HEADS = {name for one in FIELDS for name in (*one.names, *one.loose, folded(one.label))}
#: A workbook of 100,000 rows takes some 15 seconds and 400 MB to open, beside what reads the answer.
WORKBOOK_LIMITS = Limits(
    file_bytes=25 * MEGABYTE,
    memory_bytes=2_048 * MEGABYTE,
    cpu_seconds=120,
    wall_seconds=180.0,
    result_bytes=160 * MEGABYTE,
)


class NoTable(Exception):
    """The file holds no table that could be an extract; the words are for whoever handed it in."""


@dataclass(slots=True)
class Table:
    """One sheet as columns of text. `rows` are the numbers of the rows in the file, as a person counts them; `left_out` those that seem totals,
    `repeated` those that say the headings again."""

    heads: list[str]
    columns: list[list[str]]
    rows: list[int]
    sheet: str = ""
    sheets: list[str] = field(default_factory=list)
    head_row: int = 1
    left_out: list[int] = field(default_factory=list)
    repeated: list[int] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def as_data(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.__slots__}

    @classmethod
    def of_data(cls, data: Mapping[str, Any]) -> Table:
        return cls(**data)


def read_table(content: bytes, name: str, *, sheet: str = "", head_row: int = 0) -> Table:
    """The table of a file. `sheet` and `head_row` (from 1) say where somebody says that it is; else the likeliest is taken.

    Raises `NoTable`, with a sentence.
    """
    if not content.strip(b"\x00 \r\n\t"):
        raise NoTable("There is nothing in the file. Check that it was saved, and choose it again.")
    if content.startswith((OLE, ZIP)):
        sheets = _of_workbook(content, name)
        notices: list[str] = []
    else:
        sheets, notices = _of_text(content)
    named = [(one, rows) for one, rows in sheets if not sheet or one == sheet]
    if not any(rows for _, rows in named):
        raise NoTable("No sheet of the file has a row in it. Choose another file.")
    title, rows = max(named, key=lambda pair: _likeness(pair[1]))
    table = table_of(rows, head_row=head_row)
    table.sheet, table.sheets = title, [one for one, _ in sheets]
    table.notices = notices + table.notices
    if len(table.sheets) > 1 and not sheet:
        table.notices.append(
            # not a count of people: of sheets
            f"The file has {len(table.sheets)} sheets; “{title}” looks most like an extract."
        )
    return table


Rows = Sequence[Sequence[str]]


def _of_text(content: bytes) -> tuple[list[tuple[str, Rows]], list[str]]:
    text, guessed = decode(content)
    if content.lstrip().startswith(PAPERS) or looks_binary(text):
        raise NoTable(
            "This is no table of text and no workbook. Save the extract as .xlsx or .csv, and choose it again."
        )
    if text.lstrip("\ufeff \t\r\n").startswith(WEB):
        raise NoTable(
            "This is a web page or XML, whatever its name says. Open it in Excel, save it as .xlsx, and choose it again."
        )
    notices = [f"The letters were taken for {guessed}. Look whether names read well."] if guessed else []
    declared = text[:6] if text.lower().startswith("sep=") else ""
    delimiter = declared[4] if declared else sniff_delimiter(text[:SNIFFED])
    csv.field_size_limit(1_000_000)
    text = text.replace("\x00", "") if "\x00" in text else text
    body = text[_first_end(text) :] if declared else text
    rows = _rows_of_text(body, delimiter, 2 if declared else 1)
    if declared:
        rows.insert(0, [])
    return [("", rows)], notices


def _rows_of_text(text: str, delimiter: str, first: int) -> list[list[str]]:
    """The records of a text, the first of which is row `first` of the file. Raises `NoTable` where a quotation mark swallows others."""
    try:
        reader = csv.reader(_lines(text), delimiter=delimiter, strict=True)
        rows = list(itertools.islice(reader, MOST_ROWS + LOOKED_AT))
        # Only a value of several lines can hold a row; most files have none.
        swallows = swallowing_row(rows, delimiter) if reader.line_num > len(rows) else None
    except csv.Error as error:
        swallows = swallowing_record(text, delimiter)
        if swallows is None:
            return _leniently(text, delimiter, error)
    if swallows:
        raise NoTable(SWALLOWS.format(row=swallows + first - 1))
    return rows


def _leniently(text: str, delimiter: str, error: Exception) -> list[list[str]]:
    """With marks within values, which swallow nothing."""
    try:
        return list(itertools.islice(csv.reader(_lines(text), delimiter=delimiter), MOST_ROWS + LOOKED_AT))
    except csv.Error:
        raise NoTable("The file breaks off within a quoted value. Save it as .xlsx or .csv again.") from error


def _first_end(text: str) -> int:
    """Where the first line ends, its end included."""
    found = LINE.match(text)
    return found.end() if found else 0


def _lines(text: str) -> Iterator[str]:
    """Line by line with their ends, one at a time: a `StringIO` would hold the whole file once more, at four bytes a letter."""
    return (found[0] for found in LINE.finditer(text))


def _of_workbook(content: bytes, name: str) -> list[tuple[str, Rows]]:
    from desaga.documents.sandbox import run_limited

    if len(content) > WORKBOOK_LIMITS.file_bytes:
        raise NoTable(
            "The workbook is larger than 25 MB. Leave out columns and sheets that are not needed, or save it as .csv, and choose it again."
        )
    payload = {"content": base64.b64encode(content).decode(), "name": name}
    try:
        found = run_limited("desaga.workforce.reading.table:read_workbook", payload, limits=WORKBOOK_LIMITS, name=name)
    except UnreadableDocument as error:
        raise NoTable(str(error)) from error
    return [(one["name"], one["rows"]) for one in found]


def read_workbook(payload: Mapping[str, Any]) -> list[dict[str, Any]]:
    """In the child process: every sheet of an .xlsx, .xlsm, .xls or .ods as rows of text."""
    from desaga.documents.kinds import refuse

    content, name = base64.b64decode(payload["content"]), payload["name"]
    if content.startswith(OLE) and "EncryptedPackage".encode("utf-16-le") in content:
        raise refuse("encrypted", name)
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [{"name": one, "rows": _rows_of(book, one)} for one in book.sheet_names]
    except PasswordError as error:
        raise refuse("encrypted", name) from error
    except (CalamineError, OSError, ValueError) as error:
        raise refuse("corrupt", name) from error


def _rows_of(book: Any, name: str) -> list[list[str]]:
    sheet = book.get_sheet_by_name(name)
    rows = sheet.to_python(skip_empty_area=False, nrows=MOST_ROWS + LOOKED_AT)
    return [[_text(cell) for cell in row[:MOST_COLUMNS]] for row in rows]


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float):
        # Rows or cells of a file, not a count of people.
        return str(int(cell)) if cell.is_integer() else repr(round(cell, 10))
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(" ")
    if isinstance(cell, timedelta):
        return str(cell.total_seconds() / 3600)
    return cell.isoformat() if isinstance(cell, date | time) else "" if cell is None else str(cell)


def table_of(rows: Rows, *, head_row: int = 0) -> Table:
    """The table in the rows of a sheet. Raises `NoTable`."""
    at = head_row - 1 if head_row else _head_of(rows)
    if at >= len(rows) - 1 or not any(map(str.strip, rows[at])):
        raise NoTable("Below the headings there is no row. Choose another sheet, or another file.")
    last = at + 1 if _go_over_two(rows, at) else at
    heads = [_one_line(cell) for cell in (_joined(rows[at], rows[last]) if last > at else rows[at])]
    if not head_row and _seem_somebody(heads):
        raise NoTable(NO_HEADINGS.format(row=at + 1))
    numbered = [(n, row) for n, row in enumerate(rows[last + 1 :], last + 2) if any(row)]
    repeated = {n for n, row in numbered if _repeats(row, heads)}
    if repeated:
        numbered = [pair for pair in numbered if pair[0] not in repeated]
    if len(numbered) > MOST_ROWS:
        # Rows or cells of a file, not a count of people.
        raise NoTable(f"The file has more than {MOST_ROWS:,} rows. Split it, or leave out the years that are over.")
    left_out = rows_of_totals(numbered, heads)
    numbered = [pair for pair in numbered if pair[0] not in left_out]
    if not numbered:
        raise NoTable("Below the headings there is no row. Choose another sheet, or another file.")
    width = min(MOST_COLUMNS, max(len(heads), max(len(row) for _, row in numbered)))
    heads += [""] * (width - len(heads))
    body = [row if len(row) == width else [*row[:width], *[""] * (width - len(row))] for _, row in numbered]
    columns = [list(map(str.strip, column)) for column in zip(*body, strict=True)]
    table = _tidied(heads, columns, [n for n, _ in numbered], at + 1, sorted(left_out))
    table.repeated = sorted(repeated)
    return table


def _seem_somebody(heads: Sequence[str]) -> bool:
    """Whether what should be headings is a row like those below: no fewer numbers and dates are in it than headings that we know. A title may be called as one."""
    values = sum(map(_is_no_heading, heads))
    return values > 0 and values >= sum(folded(head) in KNOWN_HEADS for head in heads)


def _is_no_heading(text: str) -> bool:
    """A date, or a number of three figures and more that is no year."""
    plain = text.strip()
    if plain.isdecimal():
        return len(plain) > 2 and not ("1900" <= plain <= "2100" and len(plain) == 4)
    try:
        return day(text) is not None
    except Bad:
        return False


def _one_line(cell: str) -> str:
    return " ".join(cell.split())


def _repeats(row: Sequence[str], heads: Sequence[str]) -> bool:
    """Whether a row says the headings once more, as at the top of a printed page."""
    first = next((n for n, head in enumerate(heads) if head), 0)
    if len(row) <= first or _one_line(row[first]) != heads[first]:
        return False
    said = [_one_line(cell) for cell in row]
    width = max(len(said), len(heads))
    return said + [""] * (width - len(said)) == [*heads, *[""] * (width - len(heads))]


def _tidied(heads: list[str], columns: list[list[str]], rows: list[int], head_row: int, left_out: list[int]) -> Table:
    """Without empty columns, each heading once."""
    notices, kept, used = [], [], set()
    for n, head in enumerate(heads[: len(columns)]):
        if not any(columns[n]):
            continue
        name, turn = head or f"Column {n + 1}", 2
        while name in used:
            name, turn = f"{head or f'Column {n + 1}'} ({turn})", turn + 1
        if name != head and head:
            notices.append(f"Several columns are headed “{head}”. They are told apart by a number.")
        used.add(name)
        kept.append((name, columns[n]))
    if left_out:
        notices.append(words_of_totals(left_out))
    return Table([n for n, _ in kept], [c for _, c in kept], rows, head_row=head_row, left_out=left_out,
                 notices=list(dict.fromkeys(notices)))  # fmt: skip


def _head_of(rows: Rows) -> int:
    """The index of the row of headings: the one of the first thirty with most cells that are known headings, perhaps with the row below, else most text."""
    looked = [(max(_head_score(row), _score_of_two(rows, n)), -n) for n, row in enumerate(rows[:LOOKED_AT])]
    return -max(looked)[1] if looked else 0


def _go_over_two(rows: Rows, at: int) -> bool:
    """Whether headings go on in the row below: both together say more of what is known than either."""
    return _score_of_two(rows, at) > NO_SCORE


def _score_of_two(rows: Rows, at: int) -> tuple[int, int]:
    """How like headings a row is together with the row below; nothing where that is no more than either alone."""
    if at + 1 >= len(rows):
        return NO_SCORE
    both, *alone = (_head_score(row) for row in (_joined(rows[at], rows[at + 1]), rows[at], rows[at + 1]))
    return both if both[0] > max(one[0] for one in alone) else NO_SCORE


def _joined(upper: Sequence[str], lower: Sequence[str]) -> list[str]:
    return [f"{one} {other}".strip() for one, other in itertools.zip_longest(upper, lower, fillvalue="")]


def _head_score(row: Sequence[str]) -> tuple[int, int]:
    texts = [folded(cell) for cell in row if cell.strip()]
    worded = [text for text in texts if not text.replace(" ", "").isdigit() and len(text) < 60]
    return sum(text in KNOWN_HEADS for text in texts), len(set(worded)) if len(worded) == len(texts) else 0


def _likeness(rows: Rows) -> tuple[int, int, int]:
    scores = (max(_head_score(row), _score_of_two(rows, n)) for n, row in enumerate(rows[:LOOKED_AT]))
    known, worded = max(scores, default=NO_SCORE)
    return known, min(len(rows), 2), worded
