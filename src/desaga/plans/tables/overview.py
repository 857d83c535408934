"""How a plan stands, as tables that can leave Desaga."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from desaga.documents.out import Column, Table

from .. import queries
from ..models import Plan
from ..presenting import NOTICE_WORDS
from ..queries.coverage import coverage_summary, frameworks_for
from ..queries.overview import doubts_by_kind, due_next, standing_of
from ..states import Status


def tables_of_overview(plan: Plan, wanted: Mapping[str, Any]) -> list[Table]:
    """Five tables: status by theme, what is late or due, what ends in which quarter, what is covered, what is doubtful."""
    today = timezone.localdate()
    told = f"{today.day} {today:%B %Y}"
    names, chased = [*Status, ""], queries.actions_chased(plan)
    themes = [
        [name, *(counts[status] for status in names), sum(counts.values())]
        for name, counts in queries.counts_by_theme(chased)
    ]
    heads = [
        Column("Theme", width=40),
        *(Column(s.label if s else "No status yet", "number", 11) for s in names),
        Column("All", "number", 8),
    ]
    due = [[action.code, action.title, action.when] for action in due_next(plan, today)]
    covered = [
        [row.framework.name, row.framework.version, row.answered, row.only_suggested, row.asked]
        for row in coverage_summary(plan, frameworks_for(plan))
    ]
    doubts = [[NOTICE_WORDS.get(kind, kind), number] for kind, number in doubts_by_kind(plan)]
    return [
        Table("standing", f"{plan.title}: how far we are", heads, themes, told, [standing_of(plan, today).sentence]),
        Table("due", "Late, or due within three months", [Column("Code", "code", 10), Column("What will be done", width=60), Column("When", "date", 24)], due, told),
        Table("quarters", "What ends in which quarter", [Column("Quarter", width=24), Column("Actions", "number", 10)], queries.counts_by_quarter(chased), told),
        Table("covered", "What is covered", [Column("Framework", width=36), Column("Version", width=36), Column("Answered", "number", 10), Column("Only suggested", "number", 10), Column("Of", "number", 8)], covered, told),
        Table("doubts", "What is doubtful", [Column("Doubt", width=40), Column("Actions", "number", 10)], doubts, told),
    ]  # fmt: skip
