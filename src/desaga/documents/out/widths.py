"""How a sheet of paper is shared among the columns of a table: no word is broken that need not be, and long texts get the rest."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from .model import Table, text_of

#: How many characters of the size that we print stand beside each other on A4 across, room between the columns included.
ON_A_LINE = 158
#: The same for A4 upright.
ON_A_LINE_UPRIGHT = 106
ROOM, LONGEST_WORD, SHORTEST = 2.5, 14, 4
#: Letters of 8 points are never smaller than 5.
SMALLEST = 5 / 8


def shares_of(table: Table, on_a_line: int = ON_A_LINE) -> list[float]:
    """What each column gets of the paper's width; together 1."""
    columns = _texts_of(table)
    least = _least(table)
    left = max(on_a_line - sum(least), 0)
    wants = [
        sqrt(sum(map(len, texts)) / max(len(texts), 1)) * (0.2 if _fits(texts, width) else 1)
        for texts, width in zip(columns, least, strict=True)
    ]
    whole = sum(wants) or 1
    got = [width + left * want / whole for width, want in zip(least, wants, strict=True)]
    return [width / sum(got) for width in got]


def size_of(table: Table, on_a_line: int = ON_A_LINE) -> float:
    """How large its letters may be, 1 being as usual: smaller where it has more columns than paper has room for."""
    return max(min(on_a_line / max(sum(_least(table)), 1), 1), SMALLEST)


def _texts_of(table: Table) -> list[list[str]]:
    return [[text_of(row[at]) for row in table.rows] for at in range(len(table.columns))]


def _least(table: Table) -> list[float]:
    """The width below which a word of the column would be broken."""
    pairs = zip(table.columns, _texts_of(table), strict=True)
    return [_longest_word([column.heading, *texts]) + ROOM for column, texts in pairs]


def _longest_word(texts: Sequence[str]) -> float:
    longest = max((len(word) for text in texts for word in text.split()), default=0)
    return min(max(longest, SHORTEST), LONGEST_WORD)


def _fits(texts: Sequence[str], width: float) -> bool:
    """Whether each line stands within the width anyway."""
    return all(len(line) <= width for text in texts for line in text.split("\n"))
