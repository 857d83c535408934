"""A report as plain data: what the papers are made of, and what is kept for good once it is signed off.

`content_of` answers `{"version", "title", "kind", "plan", "organisation", "starts_on", "ends_on", "sections": [{"key", "title", "asks", "limit",
"text", "words", "tables", "sources", "drafted"}], "figures": [{"label", "value", "how"}]}`. What reads it reads a missing key with a default.
"""

from __future__ import annotations

from typing import Any

from desaga.reviews.freezing import digest_of

from .drafting import drafted_from
from .figures import as_data, figures_of
from .models import Report, ReportSection
from .recorded import recorded_of

VERSION = 1
__all__ = ["content_of", "digest_of"]


def content_of(report: Report, kind_name: str) -> dict[str, Any]:
    """A report as it stands now."""
    figures = figures_of(recorded_of(report.plan, report.starts_on, report.ends_on))
    return {
        "version": VERSION,
        "title": report.title,
        "kind": kind_name,
        "plan": report.plan.title,
        "organisation": report.organisation.name,
        "starts_on": report.starts_on.isoformat(),
        "ends_on": report.ends_on.isoformat(),
        "sections": [_section(one) for one in ReportSection.objects.filter(report=report)],
        "figures": as_data(figures),
    }


def _section(section: ReportSection) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": section.title,
        "asks": section.asks,
        "limit": section.limit,
        "text": section.text,
        "words": section.words,
        "tables": section.draft.get("tables", []) if section.with_tables else [],
        "sources": drafted_from(section.draft),
        "drafted": section.draft.get("paragraphs", []),
    }
