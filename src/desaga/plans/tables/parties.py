"""Who carries what of a plan, as a table that can leave Desaga."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from desaga.documents.out import Column, Table

from ..models import Plan
from ..queries.parties import loads_of

NUMBERS = (
    ("Leads", "leads"), ("Helps", "helps"), ("Oversees", "oversees"), ("To do", "going"), ("Overdue", "overdue"),
    ("Due within 3 months", "soon"), ("Complete or stopped", "settled"), ("As usual", "usual"),
)  # fmt: skip
COLUMNS = (
    Column("Who", width=40), Column("Code", "code", 10), Column("Kind", width=18),
    *(Column(heading, "number", 11) for heading, _ in NUMBERS),
)  # fmt: skip


def tables_of_parties(plan: Plan, wanted: Mapping[str, Any]) -> list[Table]:
    """One table: first who is only words, then the parties, who has most to do first."""
    today = timezone.localdate()
    rows = [
        [
            one.name,
            one.party.code if one.party else "",
            one.party.get_kind_display() if one.party else "Only words",
            *(getattr(one, name) for _, name in NUMBERS),
        ]
        for one in loads_of(plan, today)
    ]
    told = (
        f"{today.day} {today:%B %Y}; leads, helps, oversees and to do leave out what is complete, stopped or as usual"
    )
    return [
        Table("parties", f"{plan.title}: who carries what", COLUMNS, rows, told, () if rows else ("Nobody is named.",))
    ]
