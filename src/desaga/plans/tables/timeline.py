"""A plan along time, as a table that can leave Desaga."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from desaga.documents.out import Column, Table

from ..models import Plan
from ..queries.timeline import actions_in_time
from ..timing import by_quarter, heading_of, stages_said, waits_said

COLUMNS = (
    Column("Ends in", width=24), Column("Code", "code", 10), Column("What will be done", width=44), Column("Theme", width=26),
    Column("When", "date", 20), Column("Stages", width=32), Column("Waits for", width=26), Column("Who carries it", width=22),
)  # fmt: skip


def tables_of_timeline(plan: Plan, wanted: Mapping[str, Any]) -> list[Table]:
    """One table, by the quarter in which each action ends."""
    today = timezone.localdate()
    rows = [
        [
            quarter,
            action.code,
            action.title,
            heading_of(action),
            action.when,
            stages_said(action),
            waits_said(action),
            ", ".join(owner.short for owner in action.owners.all()),
        ]
        for quarter, actions in by_quarter(list(actions_in_time(plan)))
        for action in actions
    ]
    return [Table("timeline", f"{plan.title}: along time", COLUMNS, rows, f"{today.day} {today:%B %Y}")]
