"""The log of a round as a table that can leave Desaga."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from desaga.documents.out import Column, Table

from .models import RequestEvent, Round

COLUMNS = (
    Column("When", width=20), Column("Who", width=28), Column("Address", width=32), Column("What happened", width=28),
    Column("More", width=50), Column("By", width=24), Column("Link", width=36),
)  # fmt: skip


def log_of(round_: Round, events: Iterable[RequestEvent]) -> list[Table]:
    """One table, the first event first."""
    rows = [
        [
            f"{timezone.localtime(event.at):%d.%m.%Y %H:%M}",
            event.request.name,
            event.request.email,
            str(event),
            event.note,
            event.by.get_full_name() if event.by else "",
            str(event.key) if event.key else "",
        ]
        for event in events
    ]
    notes = () if rows else ("Nothing happened yet.",)
    return [Table("log", f"{round_}: what happened", COLUMNS, rows, str(round_.plan.title), notes)]
