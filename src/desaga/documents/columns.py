"""Columns of plain text parted by spaces that line up over several lines."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from .lines import Line
from .markers import split_marker

LINES_NEEDED = 3
GUTTER = 2
WIDEST = 400
SEGMENT = re.compile(r"\S+(?: \S+)*")
RULES = re.compile(r"[-=_\s]+$")


@dataclass(frozen=True, slots=True)
class ColumnTable:
    rows: list[list[str]]
    numbers: list[int]
    end: int


def find_columns(lines: Sequence[Line], start: int) -> ColumnTable | None:
    """The table of aligned columns that begins at `start`, or None unless at least three lines agree on its gutters."""
    if len(SEGMENT.findall(lines[start].text)) < 2 or split_marker(lines[start].text.strip()):
        return None
    run, gutters = _grow(lines, start)
    several = [line for line in run if len(SEGMENT.findall(line.text)) > 1 and not RULES.match(line.text)]
    if not gutters or len(several) < LINES_NEEDED or len(several) * 2 < sum(not line.blank for line in run):
        return None
    rows = _rows([(line, _cut(line.text, gutters)) for line in run if not RULES.match(line.text) or line.blank])
    return ColumnTable([cells for _, cells in rows], [number for number, _ in rows], start + len(run))


def _grow(lines: Sequence[Line], start: int) -> tuple[list[Line], list[tuple[int, int]]]:
    """As many lines as share gutters, and those; single empty lines may stand between rows."""
    run: list[Line] = []
    free: set[int] | None = None
    gutters: list[tuple[int, int]] = []
    lone = 0
    for index in range(start, len(lines)):
        line = lines[index]
        if line.blank:
            if index + 1 >= len(lines) or lines[index + 1].blank or len(SEGMENT.findall(lines[index + 1].text)) < 2:
                break
            run.append(line)
            continue
        if "\t" in line.text or len(line.text) > WIDEST or line.page != lines[start].page:
            break
        filled = {place for found in SEGMENT.finditer(line.text) for place in range(*found.span())}
        narrowed = (set(range(WIDEST)) if free is None else free) - filled
        found_gutters = _gutters(narrowed, [*run, line])
        if not found_gutters or len(found_gutters) < len(gutters):
            break
        free, gutters = narrowed, found_gutters
        run.append(line)
        lone += len(SEGMENT.findall(line.text)) < 2
        if lone > 15 and lone > 0.75 * len(run):
            break
    while run and run[-1].blank:
        run.pop()
    return run, gutters


def _gutters(free: set[int], run: Sequence[Line]) -> list[tuple[int, int]]:
    width = max(len(line.text.rstrip()) for line in run)
    left = min(len(line.text) - len(line.text.lstrip()) for line in run if not line.blank)
    spans: list[tuple[int, int]] = []
    begin = None
    for place in range(left, width + 1):
        if place < width and place in free:
            begin = place if begin is None else begin
        elif begin is not None:
            if place - begin >= GUTTER and begin > left and place < width:
                spans.append((begin, place))
            begin = None
    return spans


def _cut(text: str, gutters: list[tuple[int, int]]) -> list[str]:
    edges = [0, *(end for _, end in gutters), len(text)]
    return [text[left:right].strip() for left, right in itertools.pairwise(edges)]


def _rows(lines: list[tuple[Line, list[str]]]) -> list[tuple[int, list[str]]]:
    """Joins wrapped lines: rows are parted by empty lines where there are any, else begin where column one has text."""
    spaced = any(line.blank for line, _ in lines)
    rows: list[tuple[int, list[str]]] = []
    fresh = True
    for line, cells in lines:
        if line.blank:
            fresh = True
        elif fresh or (cells[0] and not spaced and not _wraps(line, cells)):
            rows.append((line.number, cells))
            fresh = False
        else:
            above = rows[-1][1]
            rows[-1] = (rows[-1][0], [f"{a}\n{b}".strip("\n") for a, b in zip(above, cells, strict=True)])
    return rows


def _wraps(line: Line, cells: list[str]) -> bool:
    """A line with text in the first column alone, indented or beginning small, goes on with the line above."""
    return not any(cells[1:]) and (line.text[0] == " " or cells[0][0].islower())
