"""What a plan does as a matter of course, as a table that can leave Desaga."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from desaga.documents.out import Column, Table

from ..dates import said
from ..models import Plan
from ..queries.usual import actions_as_usual
from ..rechecking import a_year_after

COLUMNS = (
    Column("Code", "code", 10), Column("What is done", width=50), Column("Theme", width=26), Column("Who carries it", width=24),
    Column("Since", "date", 18), Column("Why", width=44), Column("Look again by", "date", 18),
)  # fmt: skip


def tables_of_usual(plan: Plan, wanted: Mapping[str, Any]) -> list[Table]:
    """One table, what was moved last first."""
    today = timezone.localdate()
    rows = [
        [
            action.code,
            action.title,
            action.theme.name if action.theme else "",
            ", ".join(owner.short for owner in action.owners.all()),
            said(action.usual_since.isoformat()) if action.usual_since else "",
            action.usual_reason,
            "" if action.went_on else said(a_year_after(action.looked_at).isoformat()),  # type: ignore[attr-defined]
        ]
        for action in actions_as_usual(plan)
    ]
    notes = () if rows else ("Nothing is business as usual yet.",)
    return [Table("usual", f"{plan.title}: business as usual", COLUMNS, rows, f"{today.day} {today:%B %Y}", notes)]
