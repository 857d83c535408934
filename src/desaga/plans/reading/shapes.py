"""Tables of other shapes: labels down the left side, pillars against years, rows that have lost their headings."""

from __future__ import annotations

import re

from desaga.documents.model import Cell, Grid, Row, Text

from .alignments import alignments_of_heading
from .document import filled, row_source
from .fields import is_time, read_fields
from .headings import Column, Role, column_of, period_in
from .model import Theme
from .owners import names_party
from .rows import THEME_LABEL, RawAction, Walk, label_of
from .tables import Table, share_dated
from .values import is_code, read_rag, read_status, split_code
from .words import plain, strip_bullet

_ITEM = re.compile(r"\n+|(?:^|\s)[•●▪◦‣]\s+|;\s+(?=[A-Z][a-z]+ \w+ \w+)")


def upright_rows(grid: Grid, *, titled: bool = False) -> list[tuple[Role, int, Row]] | None:
    """The rows of a table whose first column holds the headings, as (role, column of the value, row); else None.

    `titled`: a line above the table says what the action is, so that no row need say it.
    """
    rows = [row for row in grid.rows if filled(row)]
    found: list[tuple[Role, int, Row]] = []
    for row in rows:
        cells = filled(row)
        role = column_of(row.cells[cells[0]].text).role if len(row.cells[cells[0]].text.split()) <= 8 else None
        if role is not None and (len(cells) == 2 or len(cells) == 1 and cells[0] == 0):
            found.append((role, cells[1] if len(cells) == 2 else -1, row))
    roles = {role for role, _, _ in found}
    if (
        len(found) < 0.7 * len(rows)
        or "action" not in roles
        and not (titled and roles & {"owner", "timeframe", "end"})
        or not roles & {"owner", "timeframe", "end", "success", "how", "status"}
        or len(roles) < 3
    ):
        return None
    return found


def read_upright(grid: Grid, walk: Walk, title: Text | None = None) -> bool:
    """Read a table in which each action is a column of labelled lines. False where it is no such table.

    `title` is the line above the table, which is the action's own title where no row gives one.
    """
    lines = upright_rows(grid, titled=title is not None and 2 <= len(title.text.split()) <= 40)
    if lines is None:
        return False
    raw: RawAction | None = None
    pending: list[tuple[Role, str]] = []
    if title is not None and all(role != "action" for role, _, _ in lines):
        pending.append(("action", plain(title.text)))
        walk.ledger.use(title)
        raw = RawAction(row_source(lines[0][2], grid), frozenset(r for r, _, _ in lines))
        return _one_upright(raw, pending, lines, walk)
    opener = lines[0][0] if lines[0][0] in {"code", "theme", "alignment", "action"} else "action"
    for role, index, row in lines:
        text = row.cells[index].text.strip() if index >= 0 else ""
        walk.ledger.use(row)
        if role == opener and (raw is not None or pending):
            _close(raw, pending, walk)
            raw = None
        if role == "theme" and text:
            walk.enter_theme(Theme(*label_of(plain(text))), heading=plain(text))
            continue
        if raw is None:
            raw = RawAction(row_source(row, grid), frozenset(r for r, _, _ in lines))
        if text:
            pending.append((role, text))
    _close(raw, pending, walk)
    return True


def _one_upright(
    raw: RawAction, pending: list[tuple[Role, str]], lines: list[tuple[Role, int, Row]], walk: Walk
) -> bool:
    """The action whose title stands above its labelled lines."""
    for role, index, row in lines:
        text = row.cells[index].text.strip() if index >= 0 else ""
        walk.ledger.use(row)
        if role == "theme" and text:
            walk.enter_theme(Theme(*label_of(plain(text))), heading=plain(text))
        elif text:
            pending.append((role, text))
    _close(raw, pending, walk)
    return True


def _close(raw: RawAction | None, pending: list[tuple[Role, str]], walk: Walk) -> None:
    """Finish the action with the texts that stood under it, if there are any."""
    if raw is None or not pending:
        pending.clear()
        return
    for role, text in pending:
        raw.texts[role] = f"{raw.texts[role]}\n{text}" if raw.texts.get(role) else text
    pending.clear()
    raw.code, raw.texts["action"] = _code_of(raw)
    raw.theme, raw.inherited = walk.theme, list(walk.inherited)
    if raw.texts.get("action") or raw.texts.get("how"):
        walk.actions.append(raw)


def _code_of(raw: RawAction) -> tuple[str | None, str]:
    code, words = split_code(raw.texts.get("action", ""))
    own = raw.texts.pop("code", None)
    return (plain(own) if own else code), words


def read_matrix(grid: Grid, walk: Walk) -> bool:
    """Read pillars down and years across with actions in the cells. False where the table is no such thing."""
    rows = [(i, row) for i, row in enumerate(grid.rows) if filled(row)]
    if len(rows) < 2:
        return False
    start = next(
        (n for n, (_, row) in enumerate(rows[:3]) if sum(_is_period(cell.text) for cell in row.cells[1:]) >= 2), None
    )
    if start is None:
        return False
    heads = rows[start][1]
    periods = {i: plain(cell.text) for i, cell in enumerate(heads.cells) if i and _is_period(cell.text)}
    if len(periods) < len(filled(heads)) - 1 - (not heads.cells[0].text):
        return False
    body = [row for _, row in rows[start + 1 :]]
    themed = [
        row
        for row in body
        if alignments_of_heading(row.cells[0].text, walk.principles) or THEME_LABEL.match(plain(row.cells[0].text))
    ]
    if len(themed) < 0.6 * len(body) or not body:
        return False
    for row in body:
        label, title = label_of(plain(row.cells[0].text))
        walk.enter_theme(Theme(label, title), heading=plain(row.cells[0].text))
        for index, period in periods.items():
            if index < len(row.cells):
                _take_matrix_cell(row.cells[index], period, row, grid, walk)
        walk.ledger.use(row)
    return True


def read_pillars(grid: Grid, walk: Walk) -> bool:
    """Read a poster: pillars across the top, actions in the cells under them. False where it is no such thing."""
    rows = [row for row in grid.rows if filled(row)]
    if (
        len(rows) < 2
        or len(filled(rows[0])) < 3
        or any(walk.principles.exact(rows[0].cells[i].text) is None for i in filled(rows[0]))
    ):
        return False
    for index in filled(rows[0]):
        heading = plain(rows[0].cells[index].text)
        walk.enter_theme(Theme(*label_of(heading)), heading=heading)
        for row in rows[1:]:
            _take_matrix_cell(row.cells[index], "", row, grid, walk)
    walk.ledger.use(*rows)
    return True


def _is_period(text: str) -> bool:
    flat = plain(text)
    return (
        bool(flat)
        and len(flat.split()) <= 8
        and (
            is_time(flat)
            or period_in(flat) is not None
            or bool(re.match(r"(?i)(?:year|phase) (?:\d|one|two|three)\b", flat))
        )
    )


def _take_matrix_cell(cell: Cell, period: str, row: Row, grid: Grid, walk: Walk) -> None:
    for piece in _ITEM.split(cell.text):
        words = strip_bullet(piece).strip()
        if len(words.split()) < 2:
            continue
        fields = read_fields(words)
        code, title = split_code(fields.words)
        raw = RawAction(
            row_source(row, grid), frozenset(fields.texts), theme=walk.theme, inherited=list(walk.inherited), code=code
        )
        raw.texts = {**fields.texts, "action": title}
        if period:
            raw.texts.setdefault("timeframe", period)
        walk.actions.append(raw)


def columns_without_heads(grid: Grid) -> Table | None:
    """A table that has lost its headings, its columns told by what they hold; None unless that is quite plain."""
    rows = [(i, row) for i, row in enumerate(grid.rows) if len(filled(row)) >= 2]
    if len(rows) < 3:
        return None
    width = len(grid.rows[0].cells)
    values = [[plain(row.cells[i].text) for _, row in rows if row.cells[i].text.strip()] for i in range(width)]
    roles: list[Role | None] = [_kind(v) if v else None for v in values]
    texts = [i for i, role in enumerate(roles) if role == "how"]
    if roles.count("timeframe") != 1 or roles.count("owner") != 1 or not texts:
        return None
    roles[texts[0]] = "action"
    for index in texts[1:]:
        roles[index] = "comments" if index == width - 1 and roles[-1] == "how" else "how"
    table = Table(grid, [Column(role, "") for role in roles], rows)
    return table


def _kind(values: list[str]) -> Role | None:
    words = sum(len(v.split()) for v in values) / len(values)
    if all(is_code(v) for v in values) and len(set(values)) == len(values):
        return "code"
    if share_dated(values, ()) >= 0.75:
        return "timeframe"
    if all(len(v.split()) <= 4 and (read_status(v) or read_rag(v)[0]) for v in values):
        return "status"
    if words >= 3.5 and sum(len(v.split()) >= 3 for v in values) >= 0.8 * len(values):
        return "how" if sum(names_party(v) for v in values) < 0.5 * len(values) else "owner"
    if sum(names_party(v) for v in values) >= 0.7 * len(values):
        return "owner"
    return None
