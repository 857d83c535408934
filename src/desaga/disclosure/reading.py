"""A CSV of counts, or a table of ours as JSON, to what it shows; every fault is said with its row and column."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .tables import BadTable, Table

TOTALS = {
    *("total", "totals", "all", "sum", "overall", "all staff", "everyone", "everybody"),
    *(f"{what} {total}" for what in ("grand", "row", "column") for total in ("total", "totals")),
}  # fmt: skip
#: What usually stands in a published file where a figure is hidden; with --audit whatever else is no number is taken for hidden too, and said.
MARKS = {"", "..", "...", "*", "**", "c", "x", "-", "–", "—", "s", "[c]", "[x]", "suppressed", "hidden", "z"}
#: In so many lines chance does not make the last add up the others; in fewer where the last row and the last column both do.
SURE, SURE_OF_BOTH = 5, 2
#: Marks that say themselves how much may be behind them: "<5", "≤ 4", "4 or fewer", "1-4", "0 to 4", "5+".
BELOW = re.compile(r"(?:<|fewer than|less than|under)\s*(\d{1,6})", re.IGNORECASE)
AT_MOST = re.compile(r"(?:≤|<=|up to)\s*(\d{1,6})|(\d{1,6}) or (?:fewer|less)", re.IGNORECASE)
ABOVE = re.compile(r"(?:>|more than|over)\s*(\d{1,6})", re.IGNORECASE)
AT_LEAST = re.compile(r"(?:≥|>=|at least)\s*(\d{1,6})|(\d{1,6})\s*(?:\+|or more)", re.IGNORECASE)
BETWEEN = re.compile(r"(\d{1,6})\s*(?:-|–|—|to)\s*(\d{1,6})", re.IGNORECASE)
DECLARED = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
LARGEST = 10**9

Seen = int | None  # None: hidden
Bounds = tuple[int, int | None]  # least and most, None: no end


@dataclass(frozen=True, slots=True)
class Grid:
    """What a file shows: labels, and figures with None where hidden.

    `bounds` is what the mark of a hidden figure itself says, by row and column; `notes` are sentences for whoever gave the
    file, on what was taken for what.
    """

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    figures: tuple[tuple[Seen, ...], ...]
    row_totals: bool
    column_totals: bool
    bounds: Mapping[tuple[int, int], Bounds] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def read_grid(text: str, *, marks: bool, totals: bool = True) -> Grid:
    """The grid of a CSV (comma, semicolon or tab) whose first row and column are labels.

    `marks`: hidden figures may stand in it, and it may be JSON as `--json` prints it. `totals`: what is called a total, or adds
    up the others in every line, is one. Refused (`BadTable`): what is no such table.
    """
    if text.lstrip("\ufeff \r\n\t").startswith("{"):
        return _grid_of_json(text, marks)
    rows, columns, words = _labelled(_lines(text))
    figures = tuple(
        tuple(
            _figure(word, f"Row {r} ({rows[r - 2]}), column {c} ({columns[c - 2]})", marks)
            for c, word in enumerate(line, 2)
        )
        for r, line in enumerate(words, 2)
    )
    hidden = {(r, c): words[r][c] for r, row in enumerate(figures) for c, seen in enumerate(row) if seen is None}
    bounds = {place: said for place, word in hidden.items() if (said := _bounds(word)) is not None}
    notes = _unusual([word for place, word in hidden.items() if place not in bounds])
    in_rows, in_columns = _adding(figures), _adding(tuple(zip(*figures, strict=True)))
    row_totals = totals and _ends_in_totals(columns, (in_rows, in_columns), notes, "column", "row")
    column_totals = totals and _ends_in_totals(rows, (in_columns, in_rows), notes, "row", "column")
    return Grid(rows, columns, figures, row_totals, column_totals, bounds, tuple(notes))


def _labelled(lines: Sequence[Sequence[str]]) -> tuple[tuple[str, ...], tuple[str, ...], list[list[str]]]:
    """The labels of rows, those of columns, and the words of the figures. Refused: lines of other lengths."""
    columns = tuple(label.strip() for label in lines[0][1:])
    if len(lines) < 2 or not columns:
        raise BadTable("The table needs a row of labels, a column of labels, and at least one count.")
    for number, line in enumerate(lines[1:], start=2):
        if len(line) != len(columns) + 1:
            raise BadTable(f"Row {number} has {len(line)} columns, the first row has {len(columns) + 1}.")
    return tuple(line[0].strip() for line in lines[1:]), columns, [[x.strip() for x in line[1:]] for line in lines[1:]]


def _unusual(words: Sequence[str]) -> list[str]:
    """A sentence on the words that were taken for hidden and seldom stand for it; none where there are none."""
    unusual = dict.fromkeys(word for word in words if word.lower() not in MARKS)
    return [f"Taken for hidden: {', '.join(f'“{word[:40]}”' for word in unusual)}."] if unusual else []


def _ends_in_totals(labels: Sequence[str], adding: tuple[int, int], notes: list[str], what: str, across: str) -> bool:
    """Whether the last row or column (`what`) is the total of the others: by its name, or since chance does not make it add them up; the latter is noted.

    `adding`: in how many lines it adds up the others, and in how many the last of the other direction does.
    """
    if _ends_in_total(labels):
        return True
    if len(labels) < 3 or not adding[0]:
        return False
    is_total = adding[0] >= SURE or min(adding) >= SURE_OF_BOTH
    says = (
        "and is taken for their total. If it is not, say --no-totals"
        if is_total
        else "and is counted as any other. If it is their total, call it Total"
    )
    notes.append(f"The last {what}, “{labels[-1]}”, is the sum of the others in every {across} {says}.")
    return is_total


def _adding(lines: Sequence[Sequence[Seen]]) -> int:
    """In how many lines with people in them, of those that show all, the last is the sum of the others; 0 where it is not in one."""
    whole = [[figure for figure in line if figure is not None] for line in lines if None not in line and any(line)]
    return len(whole) if all(sum(line[:-1]) == line[-1] for line in whole) else 0


def _grid_of_json(text: str, marks: bool) -> Grid:
    if not marks:
        raise BadTable("This is JSON, which is only read with --audit. A table to protect is a CSV.")
    try:
        data = json.loads(text.removeprefix("\ufeff"))
        rows, columns = tuple(map(str, data["rows"])), tuple(map(str, data["columns"]))
        lines = [*zip(data["cells"], data["row_totals"], strict=True), (data["column_totals"], data["total"])]
        figures = tuple(tuple(_figures_of_json([*cells, total], len(columns) + 1)) for cells, total in lines)
        if len(figures) != len(rows) + 1:
            raise ValueError
    except (ValueError, TypeError, KeyError):
        raise BadTable("This JSON is not a table as --json prints it.") from None
    return Grid((*rows, "Total"), (*columns, "Total"), figures, True, True)


def _figures_of_json(cells: Sequence[Mapping[str, object]], width: int) -> Iterator[Seen]:
    """The figures of a line of cells `{kind, value}`, None where hidden. Refused (`ValueError`): anything else."""
    if len(cells) != width:
        raise ValueError
    for cell in cells:
        value = cell["value"]
        if value is not None and (type(value) is not int or not 0 <= value <= LARGEST):
            raise ValueError
        yield value


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
            f"The total of {where} says {total}, its counts add up to {added}. "
            "Correct it, leave totals out, or say --no-totals where it is none."
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
    """The count that a word says; None where `marks` may stand and it is no number."""
    number = _number(word)
    if marks and number is None:
        return None
    if not word:
        raise BadTable(f"{where} is empty. Write 0 where there is nobody.")
    if number is None:
        raise BadTable(f"{where} is not a number: “{word[:40]}”.")
    if abs(number) > LARGEST:
        raise BadTable(f"{where} is not a count of people: “{word[:40]}”.")
    if number < 0:
        raise BadTable(f"{where} is negative: {word}. Counts are 0 or more.")
    if number != int(number):
        raise BadTable(f"{where} is not whole: {word}. Only whole counts of people can be protected.")
    return int(number)


def _number(word: str) -> float | None:
    try:
        number = float(word.replace(",", "")) if _grouped(word) else float(word)
    except ValueError:
        return None
    return None if number != number else number


def _bounds(word: str) -> Bounds | None:
    """The least and most that may be behind a mark such as "<5" or "[1-4]"; None for what is no such mark."""
    word = word.strip("()[] ")
    if found := BELOW.fullmatch(word):
        return 0, max(0, int(found[1]) - 1)
    if found := AT_MOST.fullmatch(word):
        return 0, int(found[1] or found[2])
    if found := ABOVE.fullmatch(word):
        return int(found[1]) + 1, None
    if found := AT_LEAST.fullmatch(word):
        return int(found[1] or found[2]), None
    found = BETWEEN.fullmatch(word)
    return (int(found[1]), int(found[2])) if found and int(found[1]) <= int(found[2]) else None


def _grouped(word: str) -> bool:
    """Whether commas stand where thousands are parted: 1,240."""
    first, *rest = word.split(",")
    return bool(rest) and first.isdecimal() and 0 < len(first) < 4 and all(len(x) == 3 and x.isdecimal() for x in rest)
