"""The plan's title and the years it covers."""

from __future__ import annotations

import re

from desaga.documents.model import Document, Text

from .dates import find_dates, upper
from .document import Ledger, filled, row_text
from .model import Period, Plan
from .words import plain

_TITLE = re.compile(
    r"\b(action|implementation|delivery|improvement|strategic|work|development|people|operational) plans?\b|\bself[- ]assessment\b|\broad ?map\b|\bcommitment\b",
    re.I,
)


def title_and_period(document: Document, plan: Plan, ledger: Ledger) -> tuple[str, Period]:
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
