"""The plan tables of a document in their order: heads carried over pages, themes between tables, tables that look back."""

from __future__ import annotations

import re

from desaga.documents.model import Grid, Row, Text

from .alignments import alignments_of_heading
from .contexts import Context
from .document import filled, row_text
from .headings import Role, is_foreign, says_plan
from .model import Notice, Plan, Theme, Unplaced
from .prose import is_titled
from .regions import narrowed
from .rows import LABELLED, THEME_LABEL, Walk, label_of, walk_table
from .settling import understand_columns
from .shapes import columns_without_heads, read_matrix, read_pillars, read_upright
from .tables import Kind, Table, carry_columns, split_into_tables
from .words import plain

_BAU_TITLE = re.compile(r"\bbusiness[ -]as[ -]usual\b|\bBAU\b", re.I)
_COMPLETED = re.compile(
    r"^(?:completed?|achieved|closed|finished) (?:actions|activit|objectives|items)|\bactions? (?:already )?(?:completed|achieved|closed)",
    re.I,
)
_NOT_NOW = re.compile(
    r"\b(risk (?:register|log)|membership|members of|terms of reference|budget|contents|attendance|meeting dates|timetable|consultation responses|survey results)\b",
    re.I,
)
_EARLIER = re.compile(
    r"\b(?:achieve\w+|progress|review|completed|done|reflection|what we did)\b.{0,40}\b(?:previous|last|past|earlier) (?:action )?(?:plan|period|cycle|strategy)\b|\b(previous|earlier|past|last|former|first|\d{4}[-–/]\d{2,4}) (?:action )?plan\b.*|\b(?:progress|reflection|review|achievements?|report)\b.*\b(?:previous|last|past|20\d\d[-–/]\d{2,4}) |\bachievements? (?:since|so far|to date|under)|\bwhat we (?:have )?(?:achieved|did)\b",
    re.I,
)


def read_tables(contexts: list[Context], walk: Walk, plan: Plan) -> None:
    before: Table | None = None
    titled = bool(re.search(r"\bplan\b", plan.title, re.I)) or any(is_titled([context.heading]) for context in contexts)
    for context in contexts:
        if _is_elsewhere(context):
            continue
        head_rows, tables, all_rows = split_into_tables(context.grid)
        if not tables and before is not None and not _starts_anew(context, before):
            carried = carry_columns(context.grid, all_rows, before, walk.parties, walk.phases)
            if carried and _plausible_carry(carried, walk):
                _theme_from_context(context, walk)
                if not context.continues:
                    kind = "header_shifted" if carried.shifted else "header_carried"
                    plan.notices.append(Notice("actions", kind, _carry_message(context.grid, carried)))
                walk_table(carried, walk)
            continue
        count = len(walk.actions)
        _use_heads(head_rows, context, walk)
        _theme_from_context(context, walk)
        over = context.texts_before[-1] if context.texts_before else None
        if (
            read_upright(context.grid, walk, over if titled else None)
            or read_matrix(context.grid, walk)
            or titled
            and read_pillars(context.grid, walk)
        ):
            _mark_earlier(context, head_rows, walk, count)
            continue
        for table in tables:
            if not understand_columns(table, walk.principles, titled=titled):
                if before is not None and before.grid is context.grid:
                    _go_on(before, table, walk)
                continue
            _heed_title(table, head_rows, context, walk)
            walk_table(table, walk)
            before = table
        _mark_earlier(context, head_rows, walk, count)


def _go_on(before: Table, table: Table, walk: Walk) -> None:
    """Rows under what only looked like new heads belong to the table above, if they read as its rows do."""
    heads = [(number, row) for number, row in enumerate(table.grid.rows) if any(row is head for head in table.heads)]
    rest = Table(before.grid, before.columns, heads + table.rows, before.kind, carried=True)
    if not any(is_foreign(cell.text) for _, row in heads for cell in row.cells) and _plausible_carry(rest, walk):
        walk_table(rest, walk)


def _mark_earlier(context: Context, head_rows: list[Row], walk: Walk, count: int) -> None:
    """Actions under a title that looks back on an earlier plan are marked; they count only if there are no others."""
    titles = [row_text(row) for row in head_rows] + [context.grid.title or "", context.heading]
    if any(_EARLIER.search(title) for title in titles):
        for raw in walk.actions[count:]:
            raw.earlier = True


def drop_earlier(walk: Walk, plan: Plan) -> None:
    earlier = [raw for raw in walk.actions if raw.earlier]
    if not earlier or len(earlier) == len(walk.actions):
        return
    walk.actions = [raw for raw in walk.actions if not raw.earlier]
    plan.unplaced += [Unplaced(raw.source, "\t".join(raw.texts.values())) for raw in earlier]
    message = f"{len(earlier)} rows look back on an earlier plan and were not read as actions."
    plan.notices.append(Notice("actions", "earlier_plan", message))


def read_headless(contexts: list[Context], walk: Walk, plan: Plan) -> None:
    """Where no table has headings, but the document calls itself a plan and the columns are plain."""
    for context in contexts:
        table = columns_without_heads(narrowed(context.grid))
        if table is not None:
            walk_table(table, walk)
            message = "The table has no headings; its columns were told apart by what their cells say."
            plan.notices.append(Notice("actions", "columns_guessed", message))


def _is_elsewhere(context: Context) -> bool:
    name = context.grid.title or context.heading
    return bool(_NOT_NOW.search(name))


def _starts_anew(context: Context, before: Table) -> bool:
    """Whether a table without known heads is another table, not the last one carried on."""
    first = next((row for row in context.grid.rows if filled(row)), None)
    new_sheet = context.grid.source.sheet != before.grid.source.sheet
    heads = (
        first is not None
        and len(filled(first)) >= 3
        and all(len(cell.text.split()) <= 3 for cell in first.cells)
        and any(is_foreign(cell.text) for cell in first.cells)
    )
    if (
        new_sheet
        and first is not None
        and (heads or all(len(cell.text.split()) <= 3 and not cell.text.endswith(".") for cell in first.cells))
    ):
        return True
    return heads or any(text.kind == "heading" and not says_plan(text.text) for text in context.texts_before)


def _plausible_carry(table: Table, walk: Walk) -> bool:
    """Whether the rows have owners, times or the like where the heads say so, and do not just look like any table."""
    roles: tuple[Role, ...] = ("owner", "timeframe", "start", "end", "status", "rag", "alignment")
    telling = [role for role in roles if table.index_of(role) is not None]
    full = [row for _, row in table.rows if table.texts(row, "action") and (not telling or table.texts(row, *telling))]
    return len(full) >= max(1, 0.3 * len(table.rows))


def _carry_message(grid: Grid, table: Table) -> str:
    place = f"on page {grid.source.page}" if grid.source.page else f"at row {grid.source.row or 1}"
    if table.shifted:
        return f"The table {place} has no heading and fewer columns; its cells were placed by what they say."
    return f"The table {place} has no heading; the headings of the table before it were used."


def _use_heads(rows: list[Row], context: Context, walk: Walk) -> None:
    """Rows over the first heading row: a title, or the heading of a theme."""
    for row in rows:
        text = row_text(row)
        if (
            len(filled(row)) == 1
            and not says_plan(text)
            and len(text.split()) <= 12
            and row is rows[-1]
            and len(rows) > 1
        ):
            walk.enter_theme(Theme(None, text))
            walk.ledger.use(row)


def _heed_title(table: Table, head_rows: list[Row], context: Context, walk: Walk) -> None:
    """Say "Business as usual" or "Completed actions" over a table of all its rows; either ends the theme before."""
    title = row_text(head_rows[-1]) if head_rows else context.grid.title or context.heading
    if _BAU_TITLE.search(title):
        table.kind = Kind.BUSINESS_AS_USUAL
    table.all_complete = table.all_complete or bool(_COMPLETED.search(title))
    if table.kind is Kind.BUSINESS_AS_USUAL or table.all_complete:
        walk.enter_theme(None)


def _theme_from_context(context: Context, walk: Walk) -> None:
    """A heading between two tables ("Pillar 1: Visibility") is the theme of the table under it."""
    sheet = re.sub(r"^\d{1,2}[.)]?\s+", "", plain(context.grid.source.sheet or ""))
    if sheet and (alignments_of_heading(sheet, walk.principles) or THEME_LABEL.match(sheet)):
        label, title = label_of(sheet)
        walk.enter_theme(Theme(label, title), heading=sheet)
    for text in reversed(context.texts_before[-8:]):
        line = plain(text.text)
        labelled = (
            bool(THEME_LABEL.match(line)) or bool(walk.principles.prefix_codes(line)) or bool(LABELLED.match(line))
        )
        if labelled or len(line.split()) <= 20 and alignments_of_heading(line, walk.principles):
            label, title = label_of(line)
            walk.enter_theme(Theme(label, title), heading=line)
            walk.ledger.use(text)
            return
    last = context.texts_before[-1] if context.texts_before else None
    if last is not None and _stands_right_above(last, context.grid):
        walk.enter_theme(Theme(*label_of(plain(last.text))), heading=plain(last.text))
        walk.ledger.use(last)


def _stands_right_above(text: Text, grid: Grid) -> bool:
    """Whether a short line is on the very line above a table of plain text: the theme of its rows."""
    line = plain(text.text)
    row, below = text.source.row, next((row.source.row for row in grid.rows if not row.header), None)
    near = row is not None and below is not None and below - row == 1 and text.source.page == grid.source.page
    return (
        near
        and len(line.split()) <= 8
        and not line.endswith((".", ":", ",", ";"))
        and not says_plan(line)
        and not text.running
    )
