"""The whole reading: first what the document says about itself (glossary, phases, frameworks), then its actions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from desaga.documents.model import Cell, Document, Grid, Row, Text

from .alignments import Principles, alignments_of_heading, shipped_as
from .checks import check_plan
from .coverage import keep_every_word
from .dates import find_dates, upper
from .document import Ledger, filled, row_text
from .glossary import continue_glossary, read_glossary_grid, read_glossary_list, read_phase_grid
from .headings import Role, is_foreign, looks_like_heads, says_plan
from .identity import set_ids
from .interpret import Interpreter
from .lines import Ways, tables_of_lines
from .model import Notice, Period, Plan, Theme, Unplaced
from .owners import Parties
from .prose import is_titled, read_prose
from .regions import narrowed, regions
from .rows import LABELLED, THEME_LABEL, Walk, label_of, walk_table
from .settling import understand_columns
from .shapes import columns_without_heads, read_matrix, read_pillars, read_upright
from .sheets import read_framework_grid
from .spelt import read_spelt_out
from .tables import Kind, Table, carry_columns, split_into_tables
from .words import key, plain
from .years import impossible_days, years_told

_TITLE = re.compile(
    r"\b(action|implementation|delivery|improvement|strategic|work|development|people|operational) plans?\b|\bself[- ]assessment\b|\broad ?map\b|\bcommitment\b",
    re.I,
)
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


@dataclass(slots=True)
class _Context:
    """A block still to be read, with the headings that stand over it."""

    grid: Grid
    heading: str = ""
    texts_before: list[Text] = field(default_factory=list)
    tail: list[Text] = field(default_factory=list)
    continues: bool = False
    """Whether it stands under another table of the same grid, parted from it by empty rows."""


def assemble(document: Document) -> Plan:
    """Understand a read document as a plan in the interchange format."""
    plan = Plan()
    ledger = Ledger(document)
    _, contexts = _contexts(document)
    contexts = _read_keys(document, plan, contexts, ledger)
    parties = Parties(plan.glossary)
    principles = Principles(plan.frameworks)
    plan.title, plan.period = _title_and_period(document, plan, ledger)
    flowing = document.format in {"txt", "pdf"}
    walk = Walk(parties, principles, plan.phases, ledger, flowing)
    _read_tables(contexts, walk, plan)
    _drop_earlier(walk, plan)
    if not walk.actions and is_titled([document.title or "", plan.title]) or says_plan(plan.title) and not walk.actions:
        _read_headless(contexts, walk, plan)
    if not walk.actions:
        _read_lines(document, walk, plan)
    if not walk.actions:
        _read_lists(document, walk, plan)
    phases = plan.phases or years_told(block.text for block in document.blocks if isinstance(block, Text))
    interpreter = Interpreter(parties, phases, principles, plan.period, wrapped=document.format == "pdf")
    for raw in walk.actions:
        action, leftover = interpreter.action(raw)
        plan.actions.append(action)
        plan.unplaced += [Unplaced(raw.source, text) for text in leftover]
    plan.themes = walk.themes
    _mend_themes(plan, principles)
    _finish(document, plan, ledger)
    return plan


def _contexts(document: Document) -> tuple[list[Text], list[_Context]]:
    """Every grid with the headings and texts that stand before and after it."""
    contexts: list[_Context] = []
    texts: list[Text] = []
    since: list[Text] = []
    heading = ""
    for block in document.blocks:
        if isinstance(block, Text):
            texts.append(block)
            since.append(block)
            if block.kind == "heading" or _short_line(block):
                heading = plain(block.text)
            if contexts:
                contexts[-1].tail.append(block)
        else:
            for number, part in enumerate(regions(_with_loose_heads(block, since))):
                contexts.append(_Context(part, heading if number == 0 else "", since, continues=number > 0))
                since = []
            heading = ""
    return texts, contexts


def _with_loose_heads(grid: Grid, since: list[Text]) -> Grid:
    """The grid under its heads, where a theme's line has parted them from its rows ("Action | Lead | When")."""
    width = len(grid.rows[0].cells)
    for text in since[-3:]:
        heads = [part.strip() for part in re.split(r"\||\t", text.text)]
        if len(heads) == width >= 3 and looks_like_heads(heads):
            row = Row(tuple(Cell(head, text.source) for head in heads), text.source, header=True)
            return replace(grid, rows=(row, *(_one_lower(r) for r in grid.rows)))
    return grid


def _one_lower(row: Row) -> Row:
    """The row when another has been put above it: cells of merged areas point one row lower."""
    cells = tuple(replace(c, anchor=(c.anchor[0] + 1, c.anchor[1])) if c.anchor else c for c in row.cells)
    return replace(row, cells=cells)


def _short_line(text: Text) -> bool:
    return (
        text.kind == "paragraph" and len(text.text.split()) <= 12 and not text.text.rstrip().endswith((".", ",", ";"))
    )


def _read_keys(document: Document, plan: Plan, contexts: list[_Context], ledger: Ledger) -> list[_Context]:
    """Read glossaries, phases and frameworks; give back the grids that are none of these."""
    texts: list[Text] = [block for block in document.blocks if isinstance(block, Text)]
    rows, plan.phases = read_glossary_list(texts, ledger)
    rows += read_spelt_out(texts, ledger)
    rest: list[_Context] = []
    columns = 0
    for context in contexts:
        if columns and (more_rows := continue_glossary(context.grid, columns, ledger)):
            plan.glossary += more_rows
            continue
        columns = 0
        if (lines := _lines_of(narrowed(context.grid))) is not None:
            more, dated = read_glossary_list(lines, ledger)
            plan.glossary += more
            plan.phases += dated
            if more or dated:
                continue
        small = narrowed(context.grid)
        glossary = read_glossary_grid(_titled(context, small), ledger)
        if glossary is not None:
            plan.glossary += glossary
            columns = len(context.grid.rows[0].cells)
            continue
        phases = read_phase_grid(small, ledger)
        if phases:
            plan.phases += phases
            continue
        if not _has_plan_heads(context.grid):
            reading = read_framework_grid(small, ledger, heading=context.heading, tail=_running_text(context.tail))
            if reading:
                plan.frameworks.append(reading.sheet)
                plan.notices += reading.notices
                continue
        rest.append(context)
    plan.glossary += rows
    return rest


def _lines_of(grid: Grid) -> list[Text] | None:
    """The rows of a one-column table as lines, or None where it has more columns."""
    if any(len(filled(row)) > 1 for row in grid.rows):
        return None
    return [Text(row_text(row), source=row.source) for row in grid.rows if filled(row)]


def _titled(context: _Context, grid: Grid) -> Grid:
    return grid if grid.title else Grid(grid.rows, grid.source, context.heading or None, grid.ruled)


def _has_plan_heads(grid: Grid) -> bool:
    _, tables, _ = split_into_tables(grid)
    roles = [{c.role for c in table.columns} for table in tables]
    return any("action" in r and r & {"owner", "timeframe", "end", "status", "rag", "bau"} for r in roles)


def _running_text(tail: list[Text]) -> list[str]:
    return [text.text for text in tail if text.kind == "paragraph" and len(text.text) > 60]


def _title_and_period(document: Document, plan: Plan, ledger: Ledger) -> tuple[str, Period]:
    title = ""
    candidates: list[str] = [document.title] if document.title else []
    for block in document.blocks[:40]:
        if isinstance(block, Text):
            if len(block.text) < 160:
                candidates.append(plain(block.text))
        else:
            candidates += [row_text(row) for row in block.rows[:3] if len(filled(row)) == 1]
            candidates += [block.title] if block.title else []
    short = [c for c in candidates if not re.search(r"\w[.!?]\s|\w\.$", c)]  # a title is no sentence, nor several
    with_years = [c for c in short if _TITLE.search(c) and re.search(r"20\d\d", c) and len(c) < 160]
    named = [c for c in short if _TITLE.search(c) and len(c.split()) <= 16]
    title = next(iter(with_years + named + [c for c in candidates if c]), "")
    for block in document.blocks[:40]:
        if isinstance(block, Text) and plain(block.text) == title:
            ledger.use(block)
            break
    period = _period_of(title)
    if period.start is None and plan.phases:
        starts = [p.start for p in plan.phases if p.start]
        ends = [p.end for p in plan.phases if p.end]
        period = Period(min(starts, default=None), max(ends, key=upper, default=None))
    if period.start is None:
        period = next((p for c in candidates if (p := _period_of(c)).start), Period())
    return plain(title), period


def _period_of(text: str) -> Period:
    """The years that a title names ("Action Plan 2024-2027", "January 2021 to December 2023")."""
    if len(text) > 200:
        return Period()
    dates, _ = find_dates(plain(text))
    spans = [d for d in dates if d.start != d.end]
    if spans:
        return Period(spans[0].start, spans[0].end)
    if len(dates) == 2 and dates[0].start < dates[1].end:
        return Period(dates[0].start, dates[1].end)
    return Period()


def _read_tables(contexts: list[_Context], walk: Walk, plan: Plan) -> None:
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


def _mark_earlier(context: _Context, head_rows: list[Row], walk: Walk, count: int) -> None:
    """Actions under a title that looks back on an earlier plan are marked; they count only if there are no others."""
    titles = [row_text(row) for row in head_rows] + [context.grid.title or "", context.heading]
    if any(_EARLIER.search(title) for title in titles):
        for raw in walk.actions[count:]:
            raw.earlier = True


def _drop_earlier(walk: Walk, plan: Plan) -> None:
    earlier = [raw for raw in walk.actions if raw.earlier]
    if not earlier or len(earlier) == len(walk.actions):
        return
    walk.actions = [raw for raw in walk.actions if not raw.earlier]
    plan.unplaced += [Unplaced(raw.source, "\t".join(raw.texts.values())) for raw in earlier]
    message = f"{len(earlier)} rows look back on an earlier plan and were not read as actions."
    plan.notices.append(Notice("actions", "earlier_plan", message))


def _read_headless(contexts: list[_Context], walk: Walk, plan: Plan) -> None:
    """Where no table has headings, but the document calls itself a plan and the columns are plain."""
    for context in contexts:
        table = columns_without_heads(narrowed(context.grid))
        if table is not None:
            walk_table(table, walk)
            message = "The table has no headings; its columns were told apart by what their cells say."
            plan.notices.append(Notice("actions", "columns_guessed", message))


def _read_lines(document: Document, walk: Walk, plan: Plan) -> None:
    """Where the table has come apart into lines."""
    texts = [block for block in document.blocks if isinstance(block, Text) and not walk.ledger.is_used(block)]
    for grid, used in tables_of_lines(texts, Ways(walk.parties, walk.principles)):
        for table in split_into_tables(grid)[1]:
            if understand_columns(table, walk.principles):
                walk_table(table, walk)
        if walk.actions:
            walk.ledger.use(*used)
            message = "The table had come apart into lines; its cells were placed by what they say."
            plan.notices.append(Notice("actions", "columns_guessed", message))


def _read_lists(document: Document, walk: Walk, plan: Plan) -> None:
    """Where no table holds actions: headings, lists and paragraphs; the title may itself announce a list."""
    texts = [
        block
        for block in document.blocks
        if isinstance(block, Text) and (not walk.ledger.is_used(block) or plain(block.text) == plan.title)
    ]
    early = [
        document.title or "",
        plan.title,
        *(t.text for t in texts[:60] if t.kind == "heading" or len(t.text.split()) <= 12),
    ]
    read_prose(texts, walk, titled=is_titled(early))
    if walk.actions:
        message = "The plan is no table: its actions were told from headings and lists."
        plan.notices.append(Notice("actions", "prose", message))
        plan.notices += impossible_days(text.text for text in texts)


def _is_elsewhere(context: _Context) -> bool:
    name = context.grid.title or context.heading
    return bool(_NOT_NOW.search(name))


def _starts_anew(context: _Context, before: Table) -> bool:
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


def _use_heads(rows: list[Row], context: _Context, walk: Walk) -> None:
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


def _heed_title(table: Table, head_rows: list[Row], context: _Context, walk: Walk) -> None:
    """Say "Business as usual" or "Completed actions" over a table of all its rows; either ends the theme before."""
    title = row_text(head_rows[-1]) if head_rows else context.grid.title or context.heading
    if _BAU_TITLE.search(title):
        table.kind = Kind.BUSINESS_AS_USUAL
    table.all_complete = table.all_complete or bool(_COMPLETED.search(title))
    if table.kind is Kind.BUSINESS_AS_USUAL or table.all_complete:
        walk.enter_theme(None)


def _theme_from_context(context: _Context, walk: Walk) -> None:
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


def _mend_themes(plan: Plan, principles: Principles) -> None:
    """A heading torn across its row gets the wording that the document itself gives elsewhere."""
    wording = {
        (shipped.name if (shipped := shipped_as(s.name)) else s.name, p.code): p.text
        for s in plan.frameworks
        for p in s.principles
    }
    for theme in plan.themes:
        for known in principles.prefix_codes(theme.code or ""):
            text = wording.get((known.framework, known.code), "")
            pieces = [piece for piece in re.findall(r"\w+ \w+ \w+", key(theme.title)) if piece in key(text)]
            if text and pieces and key(theme.title) != key(text):
                theme.title = text.split("\n", 1)[0]
                message = f"The heading {theme.code} was torn; its wording was taken from the document's own list."
                plan.notices.append(Notice("themes", "theme_torn", message))


def _finish(document: Document, plan: Plan, ledger: Ledger) -> None:
    set_ids(plan.actions)
    check_plan(plan)
    used = {action.theme for action in plan.actions}
    plan.themes = [t for t in plan.themes if (t.code or t.title) in used]
    plan.notices += [Notice("document", "reading", notice.message) for notice in document.notices]
    first_of_each: dict[str, Unplaced] = {}
    for rest in ledger.unplaced():  # heads repeated on every page are kept once
        first_of_each.setdefault(rest.text, rest)
    plan.unplaced += first_of_each.values()
    keep_every_word(document, plan)
    if not plan.actions:
        plan.notices.insert(0, Notice("document", "no_plan", "No action plan was found in this document."))
