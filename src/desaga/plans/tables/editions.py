"""Two editions of a framework beside each other, as a table: what was a gap, and what is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from desaga.documents.out import Column, Table

from ..covering import compared_sentence, standing_of
from ..models import Plan
from ..queries.coverage import editions_wanted, frameworks_for
from ..queries.editions import editions_compared


def tables_of_editions(plan: Plan, wanted: Mapping[str, Any]) -> list[Table]:
    """One table, a row for each principle; none where no framework has two editions."""
    pair = editions_wanted(frameworks_for(plan), wanted.get("old"), wanted.get("new"))
    if pair is None:
        return [
            Table(
                "editions",
                f"{plan.title}: editions",
                [Column("Principle", width=40)],
                [],
                "",
                ["No framework has two editions."],
            )
        ]
    old, new = pair
    found = editions_compared(plan, old, new, with_usual=wanted.get("usual") == "yes")
    today = timezone.localdate()
    columns = [Column("Principle", "code", 18), Column("What it asks", width=50), Column("Was", width=18), Column("How it changed", width=28), Column(old.name, width=26), Column(new.name, width=26)]  # fmt: skip
    rows = [
        [
            one.now.code if one.now else "",
            one.now.title if one.now else "",
            ", ".join(p.code for p in one.before),
            one.how,
            "; ".join(standing_of(p) for p in one.before),
            standing_of(one.now) if one.now else "",
        ]
        for one in found.rows
    ]
    told = f"{old.name} and {new.name}, on {today.day} {today:%B %Y}"
    return [Table("editions", f"{plan.title}: two editions", columns, rows, told, [compared_sentence(found)])]
