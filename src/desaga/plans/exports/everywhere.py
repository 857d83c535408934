"""The actions of all plans that are at work, as a table that can leave Desaga.

Not in `tables/`: what stands there is a view of one plan.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from desaga.documents.out import Column, Table

from .. import queries
from ..states import Rag, Status

COLUMNS = (
    Column("Plan", width=30), Column("Code", "code", 10), Column("What will be done", width=50), Column("Theme", width=24),
    Column("Who carries it", width=22), Column("When", "date", 20), Column("Status", width=13), Column("RAG", width=9),
)  # fmt: skip


def tables_of_all_actions(actions: Any, titles: Mapping[int, str], today: date) -> list[Table]:
    """One table, plan by plan; `actions` as `queries.everywhere.actions_at_work` gives them, `titles` of plans by their ids."""
    listed = list(actions)
    owners = queries.owners_listed(listed)
    rows = [
        [
            titles[one.plan_id],
            one.code,
            one.title,
            " ".join(filter(None, [one.theme_code, one.theme_title])),
            ", ".join(short for short, _ in owners.get(one.pk, ())),
            one.when,
            Status(one.status).label if one.status else "",
            Rag(one.rag).label if one.rag else "",
        ]
        for one in listed
    ]
    told = f"{len(rows)} action{'' if len(rows) == 1 else 's'} on {today.day} {today:%B %Y}"
    return [Table("actions", "Actions of all plans", COLUMNS, rows, told, () if rows else ("No action fits.",))]
