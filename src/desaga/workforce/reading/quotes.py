"""Quotation marks in a file of text that swallow what stands behind them.

RFC 4180 lets a quoted value hold separators and line ends, so that a mark that opens and never closes takes whole rows of people into
one value, and nothing looks wrong. Marks within a value (`5" pipe`, `"Lead" technician`) harm nobody and are let be.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: Below so many columns a value of several lines may look like rows by chance.
FEWEST_COLUMNS = 5
LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True, slots=True)
class _Quoted:
    """A quoted value that something is odd about: its record, from 1, whether it closes, and whether it goes over a line's end."""

    record: int
    closes: bool
    has_lines: bool


def swallowing_record(text: str, delimiter: str) -> int | None:
    """The first record, from 1, in which a mark opens that takes in cells or rows that are not its value's; None where none does."""
    odd: list[_Quoted] = []
    widths = list(_widths(text, delimiter, odd))
    usual = Counter(widths).most_common(1)[0][0] if widths else 0
    for one in odd:
        if not one.closes or one.has_lines or widths[one.record - 1] != usual:
            return one.record
    return None


def _widths(text: str, delimiter: str, odd: list[_Quoted]) -> Iterator[int]:
    """How many cells each record has; what is odd goes to `odd`. A closing mark with text behind it is followed as `csv` follows it."""
    cell = re.compile(rf'(?:"(?P<inside>[^"]*(?:""[^"]*)*)(?P<mark>"?))?(?P<rest>[^{re.escape(delimiter)}\r\n]*)')
    at, width, record = 0, 0, 1
    while at < len(text):
        found = cell.match(text, at)
        assert found  # it matches the empty text
        inside, at, width = found["inside"], found.end(), width + 1
        if inside is not None and (found["rest"] or not found["mark"]):
            has_lines = LINE_END.search(inside) is not None
            if has_lines or delimiter in inside or not found["mark"]:
                odd.append(_Quoted(record, bool(found["mark"]), has_lines))
        if text.startswith(delimiter, at):
            at += 1
            continue
        end = LINE_END.match(text, at)
        at = end.end() if end else len(text)
        yield width
        width, record = 0, record + 1


def swallowing_row(rows: Sequence[Sequence[str]], delimiter: str) -> int | None:
    """The same of rows whose marks all close: a value whose first and last line are, with the cells beside it, as wide as a row."""
    usual = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
    if usual < FEWEST_COLUMNS:
        return None
    for record, row in enumerate(rows, 1):
        for at, cell in enumerate(row):
            if "\n" not in cell and "\r" not in cell:
                continue
            lines = LINE_END.split(cell)
            first, last = at + lines[0].count(delimiter), lines[-1].count(delimiter) + len(row) - at - 1
            if first == last == usual - 1:
                return record
    return None
