"""Tables drawn with vertical bars: Markdown's pipe tables, bars without a separator row, and boxes of + and -."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from .lines import Line

SEPARATOR = re.compile(r"\s*\|?\s*:?-+:?\s*(?:[|+]\s*:?-+:?\s*)*\|?\s*$")
BORDER_SIGNS = frozenset("-=+|: \t")
BARE_ROWS_NEEDED = 3


@dataclass(frozen=True, slots=True)
class PipeTable:
    rows: list[list[str]]
    numbers: list[int]
    header: bool
    end: int


def find_pipe_table(lines: Sequence[Line], start: int) -> PipeTable | None:
    """The table that begins at `start`, or None where bars are only punctuation."""
    first = lines[start].text
    second = lines[start + 1].text if start + 1 < len(lines) else ""
    if not _may_belong(second):
        return None
    if _is_border(first) and "+" in first:
        return None if _is_border(second) else _boxed(lines, start)
    if SEPARATOR.match(second) and "|" in first and ("|" in second or _framed(first)):
        end = start + 2
        while end < len(lines) and "|" in lines[end].text:
            end += 1
        return _table([lines[start], *lines[start + 2 : end]], header=True, end=end)
    end = start
    while end < len(lines) and (_framed(lines[end].text) or _is_border(lines[end].text)):
        end += 1
    if end - start >= 2:
        return _table([line for line in lines[start:end] if not _is_border(line.text)], header=False, end=end)
    return _bare(lines, start)


def split_bars(text: str) -> list[str]:
    """The cells of one line: bars escaped with a backslash or inside code stay text; outer bars are dropped."""
    parts = re.split(r"(?<!\\)\|", re.sub(r"`[^`]*`", lambda code: code[0].replace("|", "\\|"), text.strip()))
    if parts and not parts[0].strip() and text.strip().startswith("|"):
        parts = parts[1:]
    if parts and not parts[-1].strip() and text.strip().endswith("|") and not text.strip().endswith("\\|"):
        parts = parts[:-1]
    return [re.sub(r"\s*<br\s*/?>\s*", "\n", part.replace("\\|", "|")).strip() for part in parts]


def _may_belong(text: str) -> bool:
    return "|" in text or _is_border(text) or ("-" in text and bool(SEPARATOR.match(text)))


def _is_border(text: str) -> bool:
    """Only signs that draw, corners or bars at both ends."""
    stripped = text.strip()
    if len(stripped) < 3 or stripped[0] not in "+|" or stripped[-1] not in "+|":
        return False
    return ("-" in stripped or "=" in stripped) and BORDER_SIGNS.issuperset(stripped)


def _framed(text: str) -> bool:
    stripped = text.strip()
    return len(stripped) > 2 and stripped.startswith("|") and stripped.endswith("|")


def _table(rows: Sequence[Line], *, header: bool, end: int) -> PipeTable | None:
    kept = [line for line in rows if "|" in line.text]
    if not kept or len(kept) != len(rows):
        return None
    return PipeTable([split_bars(line.text) for line in kept], [line.number for line in kept], header, end)


def _bare(lines: Sequence[Line], start: int) -> PipeTable | None:
    """Bars without a frame: several lines with the same number of them, at least two."""
    count = lines[start].text.count("|")
    end = start
    while end < len(lines) and lines[end].text.count("|") == count and count >= 2:
        end += 1
    return _table(lines[start:end], header=False, end=end) if end - start >= BARE_ROWS_NEEDED else None


def _boxed(lines: Sequence[Line], start: int) -> PipeTable | None:
    """Lines between two borders are one row; a border of equals signs closes the header."""
    end = start
    while end < len(lines) and _may_belong(lines[end].text):
        end += 1
    run = lines[start:end]
    rows: list[list[str]] = []
    numbers: list[int] = []
    header, fresh = False, True
    for line in run:
        if _is_border(line.text):
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
    if len(rows) == 1:
        plain = [line for line in run if not _is_border(line.text)]
        rows, numbers = [split_bars(line.text) for line in plain], [line.number for line in plain]
    return PipeTable(rows, numbers, header, end) if rows else None
