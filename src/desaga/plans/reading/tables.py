"""Which tables of a document are action plans, what their columns mean, and what each of their rows is."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum

from desaga.documents.model import Cell, Grid, Row

from .alignments import Principles, read_alignments
from .document import filled
from .headings import Column, Role, column_of, is_foreign, looks_like_heads
from .model import Phase
from .owners import Parties, kind_of, names_party
from .timeframes import read_timeframe
from .values import is_code, read_rag, read_status
from .words import key, plain

_OBJECTIVE = re.compile(
    r"^(?:\w+ )?(?:objectives?|goals?|aims?|priorit(?:y|ies)|recommendations?|commitments?|pledges?|outcomes?|challenges?|what you said)\b",
    re.I,
)
_DOING = re.compile(
    r"\bactions?\b|\bactivit|\bsteps?\b|\btasks?\b|\binitiatives?\b|^what (?:will|we)|\bwe will\b", re.I
)
_VAGUE = re.compile(r"^(?:descriptions?|(?:further |more )?details?|process|evidence|impact)$", re.I)
_NEEDED: frozenset[Role] = frozenset(
    {
        "owner",
        "support",
        "oversight",
        "timeframe",
        "start",
        "end",
        "status",
        "rag",
        "success",
        "how",
        "update",
        "alignment",
        "comments",
        "bau",
        "theme",
    }
)


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


def understand_columns(table: Table, principles: Principles) -> bool:
    """Settle what each column of the table is. False where the table is no action plan."""
    foreign = sum(is_foreign(column.heading) for column in table.columns)
    _settle_codes(table)
    _settle_theme(table, principles)
    _settle_duplicates(table)
    _settle_dated_status(table)
    _settle_action(table)
    _settle_owner(table)
    _settle_unnamed(table, principles)
    roles = {column.role for column in table.columns}
    if "bau" in roles:
        table.kind = Kind.BUSINESS_AS_USUAL
    filled_heads = sum(bool(column.heading) for column in table.columns)
    if _is_key(table) or _is_risks(table):
        return False
    return "action" in roles and bool(roles & _NEEDED) and foreign <= filled_heads / 4


def _is_risks(table: Table) -> bool:
    """A register of risks: what may happen comes first, and nothing has a time."""
    heads = [column.heading for column in table.columns if column.heading]
    dated = any(column.role in {"timeframe", "start", "end"} for column in table.columns)
    return any(re.match(r"(?i)risks?\b|hazards?\b", head) for head in heads[:2]) and not dated


def _is_key(table: Table) -> bool:
    """A table that explains the colours or states themselves, one on each row."""
    for index, column in enumerate(table.columns):
        values = _column(table, index)
        if (
            column.role in {"status", "rag"}
            and index == 0
            and len(values) == len(set(values)) <= 6
            and len(values) >= len(table.rows)
        ):
            return all(len(v.split()) <= 3 for v in values) and table.index_of("owner") is None
    return False


def _set(table: Table, index: int, role: Role | None) -> None:
    table.columns[index] = replace(table.columns[index], role=role)


def _column(table: Table, index: int) -> list[str]:
    return [
        plain(row.cells[index].text)
        for _, row in table.rows
        if index < len(row.cells) and row.cells[index].text.strip()
    ]


def _settle_codes(table: Table) -> None:
    """A column of labels is the code column whatever it is headed ("Alignment" over "N8-1a")."""
    for index, column in enumerate(table.columns[:3]):
        if column.role not in {"alignment", "theme", "code", "action", None}:
            continue
        values = _column(table, index)
        labels = [v for v in values if is_code(v)]
        if (
            len(labels) >= max(1, 0.55 * len(values))
            and len(set(labels)) >= 0.8 * len(labels)
            and column.role != "code"
        ):
            if column.role == "action" and not any(
                c.role == "action" for i, c in enumerate(table.columns) if i != index
            ):
                continue
            if not any(c.role == "code" for c in table.columns):
                _set(table, index, "code")
        elif column.role == "code" and values and not labels and max(len(v) for v in values) > 25:
            _set(table, index, "theme" if not any(c.role == "theme" for c in table.columns) else None)


def _settle_theme(table: Table, principles: Principles) -> None:
    """A leading column that names one pillar for several rows together is the theme, whatever it is headed."""
    themed = table.index_of("theme")
    if themed is not None:
        several = [
            v
            for _, row in table.rows
            if len(read_alignments(v := table.cell_text(row, themed), principles)[0]) > 1
            and not read_alignments(v, principles)[1]
        ]
        if several and table.index_of("alignment") is None:
            _set(table, themed, "alignment")
        return
    actions = [i for i, c in enumerate(table.columns) if c.role in {"action", "how"}]
    for index, column in enumerate(table.columns[: actions[0] if actions else 2]):
        if column.role != "alignment" or not re.match(
            r"(?:tc |technician commitment )?(?:pillars?|themes?|key areas?|areas?|strands?|pledges?|commitments?|principles?)\b",
            column.heading,
            re.I,
        ):
            continue
        values = [plain(text) for _, row in table.rows if (text := table.cell_text(row, index))]
        runs = [v for n, v in enumerate(values) if n == 0 or v != values[n - 1]]
        single = all(len(read_alignments(v, principles)[0]) <= 1 for v in values)
        if (
            values
            and single
            and len(set(runs)) == len(runs)
            and (len(runs) < len(values) or len(values) < len(table.rows))
        ):
            _set(table, index, "theme")
            return


def _settle_dated_status(table: Table) -> None:
    """Read "Completed" over dates as when, not whether."""
    for index, column in enumerate(table.columns):
        if (
            column.role == "status"
            and table.index_of("timeframe") is None
            and share_dated(_column(table, index), ()) > 0.6
            and not any(read_status(v) for v in _column(table, index))
        ):
            _set(table, index, "timeframe")
            table.all_complete = table.all_complete or bool(re.match(r"(?i)complete|done|achieved", column.heading))


def _settle_duplicates(table: Table) -> None:
    """Where two columns have one meaning that only one can have, the second takes its next best."""
    seen: set[Role] = set()
    for index, column in enumerate(table.columns):
        role = column.role
        if role in {"code", "theme"} and role in seen:
            _set(table, index, "alignment" if role == "theme" else None)
        elif role:
            seen.add(role)


def _settle_action(table: Table) -> None:
    actions = [i for i, c in enumerate(table.columns) if c.role == "action"]
    if not actions:
        for role in ("how", "bau", "success"):
            candidates = [i for i, c in enumerate(table.columns) if c.role == role and not _VAGUE.match(c.heading)]
            if candidates and (role != "success" or table.index_of("owner") is not None):
                _set(table, candidates[0], "action")
                return
        return
    if len(actions) > 1:
        best = max(actions, key=lambda i: (_doing_score(table.columns[i].heading), -i))
        for index in actions:
            if index == best:
                continue
            heading = table.columns[index].heading
            themed = index < best and _OBJECTIVE.search(heading) and not any(c.role == "theme" for c in table.columns)
            _set(
                table,
                index,
                "theme"
                if themed
                else "success"
                if re.search(r"deliverable|measure", heading, re.I)
                else "how"
                if index > best
                else "context",
            )
        actions = [best]
    _split_objectives(table, actions[0])


def _doing_score(heading: str) -> int:
    if _OBJECTIVE.search(heading):
        return 1
    if re.search(r"\bactions?\b", heading, re.I):
        return 4
    return 3 if _DOING.search(heading) else 2


def _split_objectives(table: Table, action: int) -> None:
    """Take rows of "How" under one "Objective", each with its own owner or date, as the actions."""
    how = table.index_of("how")
    if how is None or not _OBJECTIVE.search(table.columns[action].heading) or table.index_of("theme") is not None:
        return
    own: list[Role] = ["owner", "timeframe", "end", "status", "rag"]
    blank = [
        row
        for _, row in table.rows
        if not table.cell_text(row, action) and table.cell_text(row, how) and table.texts(row, *own)
    ]
    if len(blank) >= max(1, 0.25 * len(table.rows)):
        _set(table, action, "theme")
        _set(table, how, "action")


def _settle_owner(table: Table) -> None:
    """Where nobody else is named, whoever is accountable, supports or oversees is the owner."""
    if table.index_of("owner") is not None:
        return
    for role in ("oversight", "support"):
        index = table.index_of(role)
        if index is not None and (role == "support" or re.match(r"(?i)accountab", table.columns[index].heading)):
            _set(table, index, "owner")
            return
    area = table.index_of("theme")
    values = _column(table, area) if area is not None else []
    if (
        area is not None
        and values
        and sum(names_party(v) and kind_of(v) != "text" for v in values) >= 0.7 * len(values)
    ):
        _set(table, area, "owner")


def _settle_unnamed(table: Table, principles: Principles) -> None:
    """Columns whose heading says nothing known: told by what they hold, where that is plain."""
    for index, column in enumerate(table.columns):
        if column.role is not None:
            continue
        values = _column(table, index)
        if not values:
            continue
        sample = values[:20]
        aligned = sum(bool(read_alignments(v, principles)[0]) and not read_alignments(v, principles)[1] for v in sample)
        if aligned > 0.6 * len(sample) and table.index_of("alignment") is None:
            _set(table, index, "alignment")
        elif all(read_rag(v)[0] for v in sample) and table.index_of("rag") is None:
            _set(table, index, "rag")
        elif not column.heading and all(read_status(v) for v in sample) and table.index_of("status") is None:
            _set(table, index, "status")
        elif not column.heading and share_dated(sample, ()) > 0.7 and table.index_of("timeframe") is None:
            _set(table, index, "timeframe")


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
