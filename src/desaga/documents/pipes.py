"""Tables drawn with vertical bars: Markdown's pipe tables, bars without a separator row, and boxes of + and -."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .lines import Line

SEPARATOR = re.compile(r"\s*\|?\s*:?-+:?\s*(?:[|+]\s*:?-+:?\s*)*\|?\s*$")
BORDER = re.compile(r"\s*[+|][-=+|:\s]*[-=][-=+|:\s]*[+|]\s*$")
BARE_ROWS_NEEDED = 3


@dataclass(frozen=True, slots=True)
class PipeTable:
    rows: list[list[str]]
    numbers: list[int]
    header: bool
    end: int


def find_pipe_table(lines: Sequence[Line], start: int) -> PipeTable | None:
    """The table that begins at `start`, or None where bars are only punctuation."""
    end = start
    while end < len(lines) and _may_belong(lines[end].text):
        end += 1
    run = lines[start:end]
    if len(run) < 2:
        return None
    if BORDER.match(run[0].text) and "+" in run[0].text:
        return _boxed(run, end)
    if SEPARATOR.match(run[1].text) and "|" in run[0].text and ("|" in run[1].text or _framed(run[0].text)):
        rows = [line for index, line in enumerate(run) if index != 1]
        return _table(rows, header=True, end=end)
    framed = 0
    while framed < len(run) and (_framed(run[framed].text) or BORDER.match(run[framed].text)):
        framed += 1
    if framed >= 2:
        return _table([line for line in run[:framed] if not BORDER.match(line.text)], header=False, end=start + framed)
    return _bare(run, start)


def split_bars(text: str) -> list[str]:
    """The cells of one line: bars escaped with a backslash or inside code stay text; outer bars are dropped."""
    parts = re.split(r"(?<!\\)\|", re.sub(r"`[^`]*`", lambda code: code[0].replace("|", "\\|"), text.strip()))
    if parts and not parts[0].strip() and text.strip().startswith("|"):
        parts = parts[1:]
    if parts and not parts[-1].strip() and text.strip().endswith("|") and not text.strip().endswith("\\|"):
        parts = parts[:-1]
    return [re.sub(r"\s*<br\s*/?>\s*", "\n", part.replace("\\|", "|")).strip() for part in parts]


def _may_belong(text: str) -> bool:
    return "|" in text or bool(BORDER.match(text)) or ("-" in text and bool(SEPARATOR.match(text)))


def _framed(text: str) -> bool:
    stripped = text.strip()
    return len(stripped) > 2 and stripped.startswith("|") and stripped.endswith("|")


def _table(rows: Sequence[Line], *, header: bool, end: int) -> PipeTable | None:
    kept = [line for line in rows if "|" in line.text]
    if not kept or len(kept) != len(rows):
        return None
    return PipeTable([split_bars(line.text) for line in kept], [line.number for line in kept], header, end)


def _bare(run: Sequence[Line], start: int) -> PipeTable | None:
    """Bars without a frame: several lines with the same number of them, at least two."""
    count = run[0].text.count("|")
    length = 0
    while length < len(run) and run[length].text.count("|") == count:
        length += 1
    if count < 2 or length < BARE_ROWS_NEEDED:
        return None
    return _table(run[:length], header=False, end=start + length)


def _boxed(run: Sequence[Line], end: int) -> PipeTable | None:
    """Lines between two borders are one row; a border of equals signs closes the header."""
    rows: list[list[str]] = []
    numbers: list[int] = []
    header, fresh = False, True
    for line in run:
        if BORDER.match(line.text):
            header = header or ("=" in line.text and len(rows) == 1)
            fresh = True
            continue
        cells = split_bars(line.text)
        if fresh or len(cells) != len(rows[-1]):
            rows.append(cells)
            numbers.append(line.number)
        else:
            rows[-1] = [f"{above}\n{below}".strip() for above, below in zip(rows[-1], cells, strict=True)]
        fresh = False
    borders = sum(1 for line in run if BORDER.match(line.text))
    if borders == 2 and len(rows) == 1 or not rows:
        rows = [split_bars(line.text) for line in run if not BORDER.match(line.text)]
        numbers = [line.number for line in run if not BORDER.match(line.text)]
    return PipeTable(rows, numbers, header, end) if rows else None
