"""What to mend in a plan, as a table that can leave Desaga."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from desaga.documents.out import Column, Table

from ..models import Plan
from ..queries.checks import checks_of

COLUMNS = (Column("What", width=34), Column("Action", width=60), Column("Why it matters", width=60))


def tables_of_checks(plan: Plan, wanted: Mapping[str, Any]) -> list[Table]:
    """One table, a row for each action that a check found, the gravest check first."""
    today = timezone.localdate()
    rows = [
        [finding.label, action, finding.why]
        for finding in checks_of(plan, today)
        for action in ([one.label for one in finding.actions] or [finding.words])
    ]
    notes = () if rows else ("Nothing was found that wants mending.",)
    return [Table("checks", f"{plan.title}: what to mend", COLUMNS, rows, f"{today.day} {today:%B %Y}", notes)]
