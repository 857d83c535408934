"""Tables whose cells a sign parts on each line: bars, tabs, wide spaces, strokes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desaga.documents.model import Cell, Grid, Row, Text

from .fits import Ways, fit, is_heading
from .headings import Column, column_of, looks_like_heads
from .values import is_code

#: Each begins at a sign or right after a word, so that a long run of spaces is gone over once.
_SIGNS = (re.compile(r"\||\t+"), re.compile(r"(?<=\S)\s{2,}|\t+"), re.compile(r"(?<=\S)\s+/\s+"))
NOISE = re.compile(r"^(?:page \d+(?: of \d+)?|\d{1,3}|[-–_=|\s]+)$", re.I)

Rebuilt = list[tuple[Grid, list[Text]]]


def parted_tables(texts: Sequence[Text], ways: Ways) -> Rebuilt:
    """The table under the first line that a sign parts into headings; empty where there is none."""
    for sign in _SIGNS:
        for start, text in enumerate(texts):
            heads = _split(text.text, sign)
            if len(heads) < 3 or looks_like_heads(heads) is None:
                continue
            rows, used = _rows(texts, start, heads, sign, ways)
            if has_rows(rows[1:]):
                return [(Grid(tuple(rows), texts[start].source), used)]
    return []


def has_rows(rows: Sequence[Row]) -> bool:
    """Whether at least two rows hold more than one cell."""
    return sum(sum(bool(cell.text) for cell in row.cells) >= 2 for row in rows) >= 2


def row_of(cells: Sequence[str], text: Text) -> Row:
    return Row(tuple(Cell(cell, text.source, bold=text.bold) for cell in cells), text.source)


def _split(line: str, sign: re.Pattern[str]) -> list[str]:
    parts = [part.strip() for part in sign.split(line.strip())]
    while parts and not parts[0]:
        parts.pop(0)
    while parts and not parts[-1]:
        parts.pop()
    return parts


def _rows(
    texts: Sequence[Text], start: int, heads: list[str], sign: re.Pattern[str], ways: Ways
) -> tuple[list[Row], list[Text]]:
    columns = [column_of(head) for head in heads]
    rows = [row_of(heads, texts[start])]
    used = [texts[start]]
    for text in texts[start + 1 :]:
        line = f"{text.marker} {text.text}" if text.marker and is_code(text.marker) else text.text
        parts = _split(line, sign)
        if not parts or NOISE.match(line):
            used.append(text)
            continue
        if len(parts) == 1 and (len(parts[0].split()) > 40 or text.blank_before > 2 and not is_heading(parts[0], ways)):
            break
        if len(parts) > len(heads):
            parts = [*parts[: len(heads) - 1], " ".join(parts[len(heads) - 1 :])]
        if 1 < len(parts) < len(heads):
            parts = _spread(parts, columns, ways)
        rows.append(row_of(parts + [""] * (len(heads) - len(parts)), text))
        used.append(text)
    return rows, used


def _spread(parts: list[str], columns: list[Column], ways: Ways) -> list[str]:
    """The parts in the columns that fit them best, order kept, empty cells where none does."""
    best: dict[int, tuple[float, list[str]]] = {0: (0.0, [])}
    for column in columns:
        after: dict[int, tuple[float, list[str]]] = {}
        for taken, (score, cells) in best.items():
            _keep(after, taken, score, [*cells, ""])
            if taken < len(parts):
                _keep(after, taken + 1, score + 4 + fit(parts[taken], column.role, ways), [*cells, parts[taken]])
        best = after
    return best[max(best)][1]


def _keep(table: dict[int, tuple[float, list[str]]], at: int, score: float, cells: list[str]) -> None:
    if at not in table or table[at][0] < score:
        table[at] = (score, cells)
