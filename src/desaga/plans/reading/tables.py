"""Which tables of a document are action plans, what their columns mean, and what each of their rows is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from desaga.documents.model import Cell, Grid, Row

from .document import filled
from .headings import Column, Role, column_of, looks_like_heads
from .model import Phase
from .owners import Parties
from .timeframes import read_timeframe
from .values import is_code, read_rag, read_status
from .words import key, plain


class Kind(Enum):
    PLAN = "plan"
    BUSINESS_AS_USUAL = "business as usual"


@dataclass(slots=True)
class Table:
    """A run of rows under one heading row. `columns` may be longer or shorter than a torn row."""

    grid: Grid
    columns: list[Column]
    rows: list[tuple[int, Row]]
    kind: Kind = Kind.PLAN
    heads: list[Row] = field(default_factory=list)
    all_complete: bool = False
    """Whether the table's title says that everything in it is done."""
    carried: bool = False
    shifted: bool = False

    def index_of(self, role: Role) -> int | None:
        return next((i for i, column in enumerate(self.columns) if column.role == role), None)

    def cell_text(self, row: Row, index: int) -> str:
        """The cell's text; a cell merged downwards gives its area's text on every row, but for the action itself."""
        if index >= len(row.cells):
            return ""
        cell = row.cells[index]
        if cell.anchor is None or cell.text:
            return cell.text.strip()
        anchor = self.grid.rows[cell.anchor[0]].cells[cell.anchor[1]]
        same_column = cell.anchor[1] == index
        if not same_column or self.columns[index].role in {"action", "code"}:
            return ""
        return anchor.text.strip()

    def texts(self, row: Row, *roles: Role) -> list[tuple[Column, str]]:
        """(column, text) for every filled cell whose column has one of the roles."""
        found = []
        for index, column in enumerate(self.columns):
            if column.role in roles and (text := self.cell_text(row, index)):
                found.append((column, text))
        return found

    def text(self, row: Row, *roles: Role) -> str:
        return "\n".join(text for _, text in self.texts(row, *roles))


def split_into_tables(grid: Grid) -> tuple[list[Row], list[Table], list[tuple[int, Row]]]:
    """The grid's rows before any heads, its tables, and (where it has no heads at all) all its rows."""
    heads = _head_rows(grid)
    if not heads:
        return [], [], [(i, row) for i, row in enumerate(grid.rows) if filled(row)]
    before = [row for row in grid.rows[: heads[0][0]] if filled(row)]
    tables: list[Table] = []
    for number, (start, end, columns) in enumerate(heads):
        stop = heads[number + 1][0] if number + 1 < len(heads) else len(grid.rows)
        rows = [(i, grid.rows[i]) for i in range(end, stop) if filled(grid.rows[i])]
        tables.append(Table(grid, columns, rows, heads=list(grid.rows[start:end])))
    return before, tables, []


def _head_rows(grid: Grid) -> list[tuple[int, int, list[Column]]]:
    """(first row, row after, columns) of every heading row; two rows where a merged head stands over others."""
    found: list[tuple[int, int, list[Column]]] = []
    index = 0
    first_heads: list[str] = []
    while index < len(grid.rows):
        row = grid.rows[index]
        texts = row.texts
        columns = looks_like_heads(texts, again=bool(first_heads))
        if columns is None and first_heads and _repeats(texts, first_heads):
            columns = [column_of(text) for text in texts]
        if columns is None:
            index += 1
            continue
        height = 1
        if index + 1 < len(grid.rows) and (second := _second_head(row, grid.rows[index + 1])):
            columns, height = second, 2
        first_heads = first_heads or [plain(text) for text in texts]
        found.append((index, index + height, columns))
        index += height
    return found


def _repeats(texts: Sequence[str], heads: list[str]) -> bool:
    here = [plain(text) for text in texts]
    same = sum(bool(a) and key(a) == key(b) for a, b in zip(here, heads, strict=False))
    return same >= 2 and same >= 0.6 * sum(bool(text) for text in here)


def _second_head(upper: Row, lower: Row) -> list[Column] | None:
    """Columns of two heading rows, where merged cells of the upper one stand over parts named in the lower one."""
    spans = any(cell.span > 1 for cell in upper.cells) or any(
        cell.anchor is not None and not cell.text and cell.anchor[1] != i for i, cell in enumerate(upper.cells)
    )
    below = [plain(cell.text) for cell in lower.cells]
    if not spans or not any(below):
        return None
    columns: list[Column] = []
    parts = 0
    for index, cell in enumerate(lower.cells):
        top = _head_above(upper, index)
        text = plain(cell.text)
        if text and (len(text.split()) > 8):
            return None
        if not text:
            columns.append(column_of(top) if top else Column(None, ""))
            continue
        own, both = column_of(text), column_of(f"{text} {top}")
        parts += bool(own.role or both.period)
        parent = column_of(top) if top else Column(None, "")
        if own.role is None and parent.role:
            own = replace(parent, heading=text, period=own.period)
        if both.period and parent.role in {"comments", "status", "rag", "update"} | {None}:
            own = Column("update", f"{top} {text}".strip(), both.period)
        columns.append(own)
    return columns if parts >= 1 and sum(bool(t) for t in below) >= 1 else None


def _head_above(upper: Row, index: int) -> str:
    if index >= len(upper.cells):
        return ""
    cell = upper.cells[index]
    if cell.text:
        return plain(cell.text)
    for left in range(index, -1, -1):
        if upper.cells[left].text:
            return plain(upper.cells[left].text) if left + upper.cells[left].span > index else ""
    return ""


def values_of(table: Table, index: int) -> list[str]:
    """What stands in a column, row by row, without the empty cells."""
    return [
        plain(row.cells[index].text)
        for _, row in table.rows
        if index < len(row.cells) and row.cells[index].text.strip()
    ]


def share_dated(values: Sequence[str], phases: Sequence[Phase]) -> float:
    if not values:
        return 0.0
    dated = 0
    for value in values:
        frame = read_timeframe(value, phases=list(phases)).timeframe
        dated += (
            bool(frame.start or frame.end or frame.continuous)
            and len(value) < 60
            or bool(re.fullmatch(r"TB[CAD]", value))
        )
    return dated / len(values)


def carry_columns(
    grid: Grid, rows: list[tuple[int, Row]], before: Table, parties: Parties, phases: Sequence[Phase]
) -> Table | None:
    """A table without heads read under the heads of the table before it, or None where it does not fit.

    With the same number of columns they are taken over; with fewer, the run of roles that fits the cells best is
    found (a column may have been dropped: comments then stand under "Status").
    """
    width = max((len(row.cells) for _, row in rows), default=0)
    roles = before.columns
    if width == 0 or width > len(roles) + 1:
        return None
    samples = [
        [plain(row.cells[i].text) for _, row in rows if i < len(row.cells) and row.cells[i].text.strip()]
        for i in range(width)
    ]
    if width >= len(roles):
        columns = list(roles) + [Column(None, "")] * (width - len(roles))
    else:
        chosen = _best_fit(samples, roles, parties, phases)
        if chosen is None:
            return None
        columns = [roles[i] for i in chosen]
    telling: frozenset[Role] = frozenset({"owner", "timeframe", "start", "end", "status", "rag"})
    if {c.role for c in before.columns} & telling and not {c.role for c in columns} & telling:
        return None
    table = Table(grid, columns, rows, before.kind, carried=True, shifted=width < len(roles))
    fits = sum(_fit(samples[i], column.role, parties, phases) for i, column in enumerate(columns[:width]) if samples[i])
    return table if fits > 0 and any(c.role == "action" for c in columns) else None


def _best_fit(
    samples: list[list[str]], roles: list[Column], parties: Parties, phases: Sequence[Phase]
) -> list[int] | None:
    """Which of the columns the narrower table has kept, in order: the choice with the best total fit."""
    best: dict[tuple[int, int], tuple[float, list[int]]] = {(0, 0): (0.0, [])}
    for r in range(len(roles) + 1):
        for s in range(len(samples) + 1):
            here = best.get((r, s))
            if here is None:
                continue
            score, path = here
            if r < len(roles):
                skip = best.get((r + 1, s))
                if skip is None or skip[0] < score:
                    best[(r + 1, s)] = (score, path)
                if s < len(samples):
                    value = score + _fit(samples[s], roles[r].role, parties, phases)
                    taken = best.get((r + 1, s + 1))
                    if taken is None or taken[0] < value:
                        best[(r + 1, s + 1)] = (value, [*path, r])
    result = best.get((len(roles), len(samples)))
    return result[1] if result else None


def _fit(values: list[str], role: Role | None, parties: Parties, phases: Sequence[Phase]) -> float:
    """How well a column's cells suit a role, from -1 to 1."""
    if not values:
        return 0.05
    words = sum(len(v.split()) for v in values) / len(values)
    dated = share_dated(values, phases)
    short = sum(len(v) <= 14 for v in values) / len(values)
    if role in {"timeframe", "start", "end"}:
        return dated * 2 - 1
    if role == "code":
        return sum(is_code(v) for v in values) / len(values) * 2 - 1
    if role in {"owner", "support", "oversight"}:
        known = sum(bool(parties.code_of(p)) for v in values for p in re.split(r"[;,/\n]| and ", v)) / sum(
            len(re.split(r"[;,/\n]| and ", v)) for v in values
        )
        return max(known, 0.8 * short * (words < 4), 0.5 * (words < 9)) - dated - (words > 14)
    if role in {"status", "rag"}:
        return sum(bool(read_status(v) and len(v.split()) <= 4 or read_rag(v)[0]) for v in values) / len(values) * 2 - 1
    if role == "action":
        return min(1.0, words / 6) - dated
    if role in {"how", "success", "comments", "context"}:
        return min(0.8, words / 8) - dated
    return 0.1


def merged_across(row: Row) -> Cell | None:
    """The one text of a row that is merged over most of its columns, or None."""
    texts = [cell for cell in row.cells if cell.text.strip()]
    if len(texts) == 1 and texts[0].span >= max(2, 0.6 * len(row.cells)):
        return texts[0]
    if len(texts) > 1 and len({plain(cell.text) for cell in texts}) == 1 and len(texts) >= 0.6 * len(row.cells):
        return texts[0]  # some formats repeat a merged text in each of its cells
    return None
