"""A CSV of counts to a table; every fault is said with its row and column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .tables import BadTable, Table

TOTALS = {"total", "totals", "all", "sum", "grand total"}
#: What stands in a published file where a figure is hidden.
MARKS = {"..", "...", "*", "**", "c", "x", "-", "–", "—", "s", "[c]", "[x]", "suppressed", "hidden", "z"}
#: Marks that say themselves how much may be behind them: "<5", "≤ 4", "fewer than 5".
BELOW = re.compile(r"(?:<|fewer than|less than|under)\s*(\d{1,6})", re.IGNORECASE)
AT_MOST = re.compile(r"(?:≤|<=|up to)\s*(\d{1,6})", re.IGNORECASE)
DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
LARGEST = 10**9

Seen = int | None  # None: hidden


@dataclass(frozen=True, slots=True)
class Grid:
    """What a file shows: labels, and figures with None where hidden. `most` is what the mark of a hidden figure itself says, by row and column."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    figures: tuple[tuple[Seen, ...], ...]
    row_totals: bool
    column_totals: bool
    most: Mapping[tuple[int, int], int] = field(default_factory=dict)


def read_grid(text: str, *, marks: bool) -> Grid:
    """The grid of a CSV (comma, semicolon or tab) whose first row and column are labels; `marks`: hidden figures may stand in it."""
    lines = _lines(text)
    columns = tuple(label.strip() for label in lines[0][1:])
    if len(lines) < 2 or not columns:
        raise BadTable("The table needs a row of labels, a column of labels, and at least one count.")
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(columns) + 1:
            raise BadTable(f"Row {number} has {len(line)} columns, the first row has {len(columns) + 1}.")
    rows = tuple(line[0].strip() for line in lines[1:])
    figures = tuple(
        tuple(
            _figure(word, f"Row {r} ({line[0].strip()}), column {c} ({columns[c - 2]})", marks)
            for c, word in enumerate(line[1:], 2)
        )
        for r, line in enumerate(lines[1:], 2)
    )
    most = {
        (r, c): said
        for r, line in enumerate(lines[1:])
        for c, word in enumerate(line[1:])
        if marks and (said := _most_of(word)) is not None
    }
    return Grid(rows, columns, figures, _ends_in_total(columns), _ends_in_total(rows), most)


def _ends_in_total(labels: Sequence[str]) -> bool:
    """Whether the last is the total of those before it; one that stands alone is a figure of its own, whatever it is called."""
    return len(labels) > 1 and labels[-1].lower() in TOTALS


def table_of(grid: Grid) -> Table:
    """The table of whole counts; a last row or column called Total is checked against the sums, then left to be computed."""
    _check_totals(grid)
    width = len(grid.columns) - grid.row_totals
    height = len(grid.rows) - grid.column_totals
    counts = tuple(tuple(int(x or 0) for x in row[:width]) for row in grid.figures[:height])
    return Table(grid.rows[:height], grid.columns[:width], counts)


def _check_totals(grid: Grid) -> None:
    if grid.row_totals:
        for r, row in enumerate(grid.figures):
            _check_sum(row[:-1], row[-1], f"row {r + 2} ({grid.rows[r]})")
    if grid.column_totals:
        for c, column in enumerate(zip(*grid.figures, strict=True)):
            _check_sum(column[:-1], column[-1], f"column {c + 2} ({grid.columns[c]})")


def _check_sum(parts: Sequence[Seen], total: Seen, where: str) -> None:
    added = sum(part or 0 for part in parts)
    if added != total:
        raise BadTable(
            f"The total of {where} says {total}, its counts add up to {added}. Correct it, or leave totals out."
        )


def _lines(text: str) -> list[list[str]]:
    text = text.removeprefix("\ufeff")
    # How Excel is told the separator; it is no row.
    declared = DECLARED.match(text)
    text = text[declared.end() :] if declared else text
    first = text.lstrip("\r\n").split("\n", 1)[0]
    separator = declared[1] if declared else max(",;\t", key=first.count)
    try:
        lines = list(csv.reader(io.StringIO(text), delimiter=separator, strict=True))
    except csv.Error as error:
        raise BadTable(f"The file is not a CSV that can be read: {error}.") from error
    lines = [line for line in lines if any(word.strip() for word in line)]
    if not lines:
        raise BadTable("The file is empty.")
    return lines


def _figure(word: str, where: str, marks: bool) -> Seen:
    word = word.strip()
    if marks and (word.lower() in MARKS or _most_of(word) is not None):
        return None
    if not word:
        raise BadTable(f"{where} is empty. Write 0 where there is nobody.")
    try:
        number = float(word.replace(",", "")) if _grouped(word) else float(word)
    except ValueError:
        raise BadTable(f"{where} is not a number: “{word[:40]}”.") from None
    if number != number or abs(number) > LARGEST:
        raise BadTable(f"{where} is not a count of people: “{word[:40]}”.")
    if number < 0:
        raise BadTable(f"{where} is negative: {word}. Counts are 0 or more.")
    if number != int(number):
        raise BadTable(f"{where} is not whole: {word}. Only whole counts of people can be protected.")
    return int(number)


def _most_of(word: str) -> int | None:
    """The most that may be behind a mark such as "<5"; None for what is no such mark."""
    if found := BELOW.fullmatch(word.strip()):
        return max(0, int(found[1]) - 1)
    found = AT_MOST.fullmatch(word.strip())
    return int(found[1]) if found else None


def _grouped(word: str) -> bool:
    """Whether commas stand where thousands are parted: 1,240."""
    first, *rest = word.split(",")
    return bool(rest) and first.isdigit() and 0 < len(first) < 4 and all(len(x) == 3 and x.isdigit() for x in rest)
