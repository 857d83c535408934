"""Lines holding tabs, as pasted from a table of Word or Excel, become the rows of a grid."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .lines import Line
from .markers import split_marker

LONGEST_QUOTED = 60
LOOK_AHEAD = 12
CLOSING_QUOTE = re.compile(r'"(?:\t|$)')


@dataclass(frozen=True, slots=True)
class TabbedRun:
    rows: list[list[str]]
    numbers: list[int]
    end: int


def find_tabbed_run(lines: Sequence[Line], start: int) -> TabbedRun | None:
    """The grid that begins at `start`, or None. A run ends at a line without a tab; one empty line between rows of
    the same width does not end it. A line that only indents with tabs is a row (its first cells are empty) where the
    run holds at least one line with tabs between texts."""
    rows: list[list[str]] = []
    numbers: list[int] = []
    index = start
    while index < len(lines) and _belongs(lines, index, rows):
        numbers.append(lines[index].number)
        row, index = _read_row(lines, index)
        rows.append(row)
        index += _is_gap_inside(lines, index, len(row))
        if len(rows) == LOOK_AHEAD and not _is_grid(lines[start:index], rows):
            return None
    if not rows or not _is_grid(lines[start:index], rows):
        return None
    return TabbedRun(rows, numbers, index)


def _is_grid(lines: Sequence[Line], rows: Sequence[list[str]]) -> bool:
    """Some line has tabs between texts, and not all rows are list items."""
    return any(_is_row(line.text) for line in lines) and not all(_is_item_row(row) for row in rows)


def _is_gap_inside(lines: Sequence[Line], index: int, width: int) -> bool:
    """An empty line with a row of the same width below it."""
    if index + 1 >= len(lines) or not lines[index].blank or "\t" in lines[index].text:
        return False
    return _is_row(lines[index + 1].text) and lines[index + 1].text.count("\t") + 1 == width


def _belongs(lines: Sequence[Line], index: int, rows: list[list[str]]) -> bool:
    line = lines[index]
    if index and rows and lines[index - 1].page != line.page:
        return False
    if _is_row(line.text):
        return True
    return line.text.startswith("\t") and not line.blank


def _is_row(text: str) -> bool:
    """Tabs between or behind texts; a bullet parted from its text by the only tab is a list item instead."""
    if "\t" not in text.lstrip() or not text.strip():
        return False
    parts = split_marker(text.strip()) if text.strip().count("\t") == 1 else None
    return not (parts and not parts[0][:-1] and "\t" not in parts[1])


def _is_item_row(row: list[str]) -> bool:
    filled = [text for text in row if text]
    return len(filled) == 2 and filled == row[-2:] and split_marker(f"{filled[0]} x") is not None


def _read_row(lines: Sequence[Line], index: int) -> tuple[list[str], int]:
    """The cells of one row; a cell that a spreadsheet quoted because it holds line breaks is put together again."""
    text = lines[index].text
    end = index + 1
    if _opens_quote(text):
        joined = text
        for ahead in range(end, min(end + LONGEST_QUOTED, len(lines))):
            joined += "\n" + lines[ahead].text
            if CLOSING_QUOTE.search(lines[ahead].text) and not _opens_quote(joined):
                text, end = joined, ahead + 1
                break
    return [_unquote(cell).strip() for cell in _split_cells(text)], end


def _split_cells(text: str) -> list[str]:
    if '"' not in text or "\n" not in text:
        return text.split("\t")
    return re.findall(r'(?:^|(?<=\t))("(?:[^"]|"")*"(?=\t|$)|[^\t]*)', text)


def _opens_quote(text: str) -> bool:
    """Whether the last cell that begins with a quotation mark is still open at the end of `text`."""
    open_quote = False
    for match in re.finditer(r'(?P<start>(?:^|\t)")|(?P<pair>"")|(?P<end>"(?=\t|$))|[^"\t]+|.', text, re.DOTALL):
        if open_quote and match["end"]:
            open_quote = False
        elif match["start"] and not open_quote:
            open_quote = True
    return open_quote


def _unquote(cell: str) -> str:
    if len(cell) > 1 and cell[0] == cell[-1] == '"' and re.search(r'[\n\t]|""', cell[1:-1]):
        return cell[1:-1].replace('""', '"')
    return cell
