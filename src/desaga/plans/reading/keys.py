"""What the document says about itself: its glossary, its phases, the frameworks it spells out."""

from __future__ import annotations

from desaga.documents.model import Document, Grid, Text

from .contexts import Context
from .document import Ledger, filled, row_text
from .glossary import continue_glossary, read_glossary_grid, read_glossary_list, read_phase_grid
from .model import Plan
from .regions import narrowed
from .sheets import read_framework_grid
from .spelt import read_spelt_out
from .tables import split_into_tables


def read_keys(document: Document, plan: Plan, contexts: list[Context], ledger: Ledger) -> list[Context]:
    """Read glossaries, phases and frameworks; give back the grids that are none of these."""
    texts: list[Text] = [block for block in document.blocks if isinstance(block, Text)]
    rows, plan.phases = read_glossary_list(texts, ledger)
    rows += read_spelt_out(texts, ledger)
    rest: list[Context] = []
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


def _titled(context: Context, grid: Grid) -> Grid:
    return grid if grid.title else Grid(grid.rows, grid.source, context.heading or None, grid.ruled)


def _has_plan_heads(grid: Grid) -> bool:
    _, tables, _ = split_into_tables(grid)
    roles = [{c.role for c in table.columns} for table in tables]
    return any("action" in r and r & {"owner", "timeframe", "end", "status", "rag", "bau"} for r in roles)


def _running_text(tail: list[Text]) -> list[str]:
    return [text.text for text in tail if text.kind == "paragraph" and len(text.text) > 60]
