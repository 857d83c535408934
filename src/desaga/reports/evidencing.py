"""Reports as evidence: what was signed off was said to whoever is reported to, and never changes."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils import timezone

from desaga.evidence.records import Told
from desaga.plans.models import Action

from . import queries
from .models import Report

MOST_REPORTS = 20


class SignedReportRecords:
    """Reports that were signed off. They are everybody's in the organisation to read, as evidence is; drafts are no evidence."""

    name = "reports.report"
    label = "Signed-off reports"

    def offered(self, near: Any) -> Sequence[tuple[int, str]]:
        """Those of an action's plan, the last signed first."""
        if not isinstance(near, Action):
            return []
        rows = queries.signed_off().filter(plan=near.plan_id)[:MOST_REPORTS]
        return [(one.pk, f"{one.title}, {_period(one)}") for one in rows]

    def told(self, ids: Collection[int]) -> Mapping[int, Told]:
        return {one.pk: _told(one) for one in queries.signed_off().filter(pk__in=list(ids))}


def _told(report: Report) -> Told:
    """Its title, its period and the day on which it was signed off; who signed stays in the report."""
    assert report.signed_off_at
    url = report.get_absolute_url()
    return Told(f"Signed-off report: {report.title}, {_period(report)}", url, timezone.localdate(report.signed_off_at))


def _period(report: Report) -> str:
    starts, ends = report.starts_on, report.ends_on
    return f"{starts.day} {starts:%B %Y} to {ends.day} {ends:%B %Y}"
