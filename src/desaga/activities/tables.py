"""What a person did as a table that they can take with them."""

from __future__ import annotations

from collections.abc import Iterable

from desaga.documents.out import Column, Table

from .models import Activity

COLUMNS = (
    Column("When", width=12), Column("Kind", width=22), Column("What", width=40), Column("Hours", width=8), Column("Where", width=22),
    Column("With whom", width=26), Column("What it did for my work", width=40), Column("What it did for those I work for", width=40),
)  # fmt: skip


def activities_as_table(title: str, activities: Iterable[Activity]) -> list[Table]:
    """One table, in the order given."""
    rows = [
        [
            one.on.isoformat(),
            one.get_kind_display(),
            one.what,
            one.hours_said,
            one.place,
            one.with_whom,
            one.practice,
            one.users,
        ]
        for one in activities
    ]
    return [Table("activities", title, COLUMNS, rows, notes=() if rows else ("Nothing yet.",))]
