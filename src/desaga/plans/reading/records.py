"""Tables with one cell a line: the headings stand in the lines too, and say which columns there were.

Empty cells are lost and cells of several lines are torn, so that counting would go wrong at the first of them. Each
line is given to the column that its words fit, by the best path over the whole table (a small Viterbi search).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from desaga.documents.model import Cell, Grid, Row, Text

from .celllines import Piece, pieces_under
from .fields import is_time
from .fits import Ways, fit, is_heading
from .headings import Column, Role, column_of
from .parted import Rebuilt, has_rows, row_of
from .rows import THEME_LABEL
from .verbs import says_to_do
from .words import ends_unfinished, plain, starts_torn

_OPENERS = frozenset("the a an and or of to in for our this is are we with".split())
#: Lines looked through for headings, and lines taken into one table: what is longer is no table that came apart.
_MOST_LINES = 5000
#: The price of an empty cell, in the middle of a record as at its end.
_SKIPPED = -0.35


def tables_of_cells(texts: Sequence[Text], ways: Ways) -> Rebuilt:
    """The table under the first run of lines that are its headings; empty where there is none."""
    run = _head_run(texts)
    if run is None:
        return []
    start, end = run
    columns = [column_of(plain(text.text)) for text in texts[start:end]]
    columns = _with_unnamed(columns, texts[end:], ways)
    pieces, columns, used = pieces_under(texts, start, end, columns, ways)
    columns = _owners_by_content(columns, pieces, ways)
    if len(pieces) < 2:
        return []
    rows = _Path(pieces, columns, ways).rows()
    if not has_rows(rows):
        return []
    head = Row(tuple(Cell(c.heading, texts[start].source) for c in columns), texts[start].source, True)
    return [(Grid((head, *rows), texts[start].source), used)]


def _head_run(texts: Sequence[Text]) -> tuple[int, int] | None:
    """Where consecutive short lines are the headings of a table; two will do where they are plainly headings."""
    heads = [_head_role(text) for text in texts[:_MOST_LINES]]
    for start in range(len(heads)):
        roles: list[Role] = []
        end = start
        while end < len(heads) and (role := heads[end]) is not None and texts[end].kind == texts[start].kind:
            if role in roles and role not in {"owner", "comments"}:
                break
            roles.append(role)
            end += 1
        plainly = len(roles) == 2 and bool(re.match(r"(?i)planned|key|proposed", texts[start].text))
        if "action" in roles and (len(roles) >= 3 or plainly) and end < len(texts):
            return start, end
    return None


def _head_role(text: Text) -> Role | None:
    line = plain(text.text)
    if not line or text.kind == "item" or len(line) > 60 or re.search(r":\s*\S", line) or len(line.split()) > 6:
        return None
    if (
        line.endswith((".", ";"))
        and not re.search(r"\b(?:ref|no)\.$", line, re.I)
        or line.split()[0].casefold() in _OPENERS
    ):
        return None
    return column_of(line).role


def _with_unnamed(columns: list[Column], texts: Sequence[Text], ways: Ways) -> list[Column]:
    """Columns whose one-word headings were lost with the table, added where lines of their kind keep coming."""
    if len(columns) > 2:
        return columns
    lines = [plain(text.text) for text in texts[:60] if plain(text.text)]
    roles = {column.role for column in columns}
    wanted: list[Column] = [columns[0]]
    if "alignment" not in roles and sum(fit(line, "alignment", ways) > 0 for line in lines) >= 2:
        wanted.append(Column("alignment", "Pillar"))
    if "timeframe" not in roles and sum(is_time(line) for line in lines) >= 2:
        wanted.append(Column("timeframe", "Timescale"))
    wanted += columns[1:]
    if "owner" not in roles and sum(fit(line, "owner", ways) > 0 for line in lines) >= 2:
        wanted.append(Column("owner", "Lead"))
    return wanted


def _owners_by_content(columns: list[Column], pieces: list[Piece], ways: Ways) -> list[Column]:
    """ "Internal Area" behind the action holds parties where no other column does and parties keep coming."""
    roles = [column.role for column in columns]
    if "owner" in roles or "theme" not in roles or roles.index("theme") < roles.index("action"):
        return columns
    if sum(fit(piece.words, "owner", ways) > 0 for piece in pieces) < 2:
        return columns
    return [Column("owner", "Lead") if c.role == "theme" else c for c in columns]


def _is_imperative(words: str) -> bool:
    return says_to_do(words) and not words.split()[0].casefold().endswith("ing")


class _Path:
    """The best way to give each line a column; the state behind the last column is a heading between two records."""

    def __init__(self, pieces: list[Piece], columns: list[Column], ways: Ways) -> None:
        self.pieces = pieces
        self.ways = ways
        self.roles = [column.role for column in columns]
        self.heading = len(columns)
        self.action = self.roles.index("action")
        leading = next((i for i, role in enumerate(self.roles) if role in {"theme", "alignment"}), self.heading)
        coded = "code" in self.roles[: self.action]
        self.first = self.roles.index("code") if coded else min(leading, self.action)
        self.spaced = 2 * sum(piece.text.blank_before > 0 for piece in pieces) > len(pieces)

    def rows(self) -> list[Row]:
        return _rows_of(self.pieces, self._columns(), self.heading)

    def _columns(self) -> list[int]:
        """The column of every line on the best path."""
        states = range(self.heading + 1)
        scores = [value + self._opening(j) for j, value in enumerate(self._fits(self.pieces[0]))]
        came: list[list[int]] = []
        for before, piece in zip(self.pieces, self.pieces[1:], strict=False):
            stay = self._staying(before, piece)
            fits = self._fits(piece)
            best = [max(states, key=lambda k, j=j: scores[k] + self._step(k, j, stay)) for j in states]  # type: ignore[misc]
            scores = [scores[best[j]] + self._step(best[j], j, stay) + fits[j] for j in states]
            came.append(best)
        path = [max(states, key=lambda j: scores[j])]
        for best in reversed(came):
            path.append(best[path[-1]])
        return path[::-1]

    def _fits(self, piece: Piece) -> list[float]:
        if piece.role is not None:
            return [3.0 if role == piece.role else -20.0 for role in self.roles] + [-20.0]
        return [fit(piece.words, role, self.ways) for role in self.roles] + [self._fit_heading(piece)]

    def _fit_heading(self, piece: Piece) -> float:
        words = plain(piece.words)
        numbered = (
            re.fullmatch(r"\d{1,2}[.)]", piece.text.marker or "")
            and len(words.split()) <= 10
            and not _is_imperative(words)
        )
        if "theme" in self.roles:
            return -6.0
        if numbered or THEME_LABEL.match(words) and re.search(r"\d|:", words) and is_heading(words, self.ways):
            return 2.5
        return 2.5 if "alignment" not in self.roles and is_heading(words, self.ways) else -6.0

    def _opening(self, j: int) -> float:
        """The price of beginning a record at column j."""
        if j == self.heading:
            return 0.0
        if j == self.first:
            return -0.3
        if j <= self.action:
            return -1.0 - (2.0 if "code" in self.roles[:j] else 0.0)
        return -5.0

    def _staying(self, before: Piece, piece: Piece) -> float:
        """The price of two lines in one cell: none where the text runs on, or stands close while others stand apart."""
        if self.spaced and piece.text.blank_before == 0:
            return 1.5
        return -0.2 if starts_torn(piece.words) or ends_unfinished(before.words) else -0.6

    def _step(self, k: int, j: int, stay: float) -> float:
        """The price of a line in column j after a line in column k."""
        if j == self.heading or k == self.heading:
            return self._opening(j)
        if j == k:
            return stay
        if j > k:
            return _SKIPPED * (j - k - 1)
        return self._opening(j) + _SKIPPED * (self.heading - 1 - k)


def _rows_of(pieces: list[Piece], path: list[int], width: int) -> list[Row]:
    """The rows that the path spells: a new one wherever it goes back to an earlier column."""
    rows: list[Row] = []
    cells: list[str] = []
    last = width
    where = pieces[0].text
    for piece, column in zip(pieces, path, strict=True):
        if cells and (column == width or column < last):
            rows.append(row_of(cells, where))
            cells = []
        if column == width:
            rows.append(row_of([piece.words] + [""] * (width - 1), piece.text))
        else:
            if not cells:
                cells, where = [""] * width, piece.text
            cells[column] = f"{cells[column]}\n{piece.words}".strip()
        last = column
    return [*rows, row_of(cells, where)] if cells else rows
