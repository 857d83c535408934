"""Files of delimited values: commas, semicolons, tabs or bars, whichever fits best."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from .budget import Budget
from .build import grid_from_texts
from .kinds import notice
from .model import Grid, Notice

if TYPE_CHECKING:
    from _csv import Reader

Quoting = Literal[0, 3]
DELIMITERS = ",;\t|"
SAMPLE_ROWS = 400
SAMPLE_CHARACTERS = 200_000


@dataclass(frozen=True, slots=True)
class Delimited:
    grid: Grid | None
    delimiter: str
    notices: list[Notice]


def read_delimited(text: str, budget: Budget, *, tabbed: bool = False) -> Delimited:
    """One grid of every record, short ones padded. `delimiter` tells a .csv from a .tsv.

    Quoted values may hold line breaks (RFC 4180); `sep=;` as Excel writes it is obeyed; `source.row` is the line on
    which a record begins. `tabbed` says that the file calls itself tab-separated, which decides where it holds tabs.
    """
    text = text.replace("\x00", "")
    declared = re.match(r"sep=(.)\r?\n", text)
    skipped = declared.end() if declared else 0
    body = text[skipped:]
    quoting: Quoting = csv.QUOTE_MINIMAL if _quotes_close(body) else csv.QUOTE_NONE
    delimiter = declared[1] if declared else "\t" if tabbed and "\t" in body else sniff_delimiter(body, quoting)
    rows: list[list[str]] = []
    numbers: list[int] = []
    number = 2 if declared else 1
    reader = _reader(body, delimiter, quoting)
    for record in reader:
        if len(rows) >= budget.limits.rows:
            budget.stop(f"the first {budget.limits.rows:,} rows")
        if not budget.take(len(record), sum(map(len, record))):
            break
        rows.append([_clean(cell) for cell in record])
        numbers.append(number)
        number = reader.line_num + (2 if declared else 1)
    while rows and not any(rows[-1]):
        rows.pop()
    width = _used_width(rows)
    rows = [row[:width] for row in rows]
    lengths = {len(row) for row in rows if any(row)}
    notices = [notice("ragged_rows")] if len(lengths) > 1 else []
    return Delimited(grid_from_texts(rows, lines=numbers[: len(rows)], table=1) if width else None, delimiter, notices)


def seems_delimited(text: str) -> bool:
    """Whether a file that does not call itself so holds values between commas or semicolons: most lines have three
    or more, nearly all equally many, and hardly a delimiter has a space behind it, as in prose and lists."""
    sample = text[:SAMPLE_CHARACTERS]
    quoting: Quoting = csv.QUOTE_MINIMAL if _quotes_close(sample) else csv.QUOTE_NONE
    return any(_is_delimited(sample, delimiter, quoting) for delimiter in ",;")


def _is_delimited(text: str, delimiter: str, quoting: Quoting) -> bool:
    if delimiter not in text:
        return False
    reader = _reader(text, delimiter, quoting, skip_spaces=False)
    records = [record for record in itertools.islice(reader, SAMPLE_ROWS) if any(record)]
    several = [record for record in records if len(record) > 1]
    width, count = Counter(map(len, several)).most_common(1)[0] if several else (0, 0)
    if width < 3 or count < max(3, 0.9 * len(several)) or len(several) < 0.5 * len(records):
        return False
    later = [cell for record in several for cell in record[1:] if cell.strip()]
    return sum(cell[0] == " " for cell in later) < 0.2 * len(later)


def sniff_delimiter(text: str, quoting: Quoting = csv.QUOTE_MINIMAL) -> str:
    """The delimiter under which most records have the same number of cells, more than one."""
    return max(DELIMITERS, key=lambda delimiter: _score(text, delimiter, quoting))


def _score(text: str, delimiter: str, quoting: Quoting) -> tuple[float, int]:
    if delimiter not in text:
        return 0.0, 0
    widths: list[int] = []
    for record in _reader(text, delimiter, quoting):
        if any(record):
            widths.append(len(record))
        if len(widths) >= SAMPLE_ROWS:
            break
    several = Counter(width for width in widths if width > 1)
    if not several:
        return 0.0, 0
    width, count = max(several.items(), key=lambda pair: (pair[1], pair[0]))
    return count / len(widths) * min(width, 4) ** 0.5, width


def _reader(text: str, delimiter: str, quoting: Quoting, *, skip_spaces: bool = True) -> Reader:
    csv.field_size_limit(10_000_000)
    return csv.reader(
        io.StringIO(text, newline=""),
        delimiter=delimiter,
        quoting=quoting,
        skipinitialspace=skip_spaces and delimiter in ",;|",
    )


def _quotes_close(text: str) -> bool:
    """Whether quotation marks delimit values here; a lone one would swallow the rest of the file."""
    return text.count('"') % 2 == 0


def _clean(cell: str) -> str:
    return cell.replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n").strip()


def _used_width(rows: list[list[str]]) -> int:
    return max((index + 1 for row in rows for index, cell in enumerate(row) if cell), default=0)
