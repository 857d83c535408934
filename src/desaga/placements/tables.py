"""Lists as tables that can leave Desaga."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from desaga.documents.out import Column, Table

from .models import Application

COLUMNS = (
    Column("Reference", "code", 12), Column("Title", width=40), Column("Applicant", width=24), Column("Employer", width=28), Column("Host", width=28),
    Column("Abroad", width=8), Column("First day", "date", 12), Column("Last day", "date", 12), Column("Asked for, £", "number", 12),
    Column("Panel", width=24), Column("State", width=22), Column("Came in", "date", 12),
)  # fmt: skip


def applications_table(rows: Iterable[Application], today: date) -> Table:
    """One row an application, in the order of the page."""
    told = [
        [
            row.reference, row.title, row.name, row.employer, row.host, "yes" if row.is_abroad else "no", _day(row.starts_on), _day(row.ends_on),
            float(row.asked) if row.asked is not None else None, row.round.name if row.round else "", row.get_state_display(),
            _day(row.received_at.date()) if row.received_at else "",
        ]
        for row in rows
    ]  # fmt: skip
    notes = () if told else ("No application fits.",)
    return Table("applications", "Applications", COLUMNS, told, f"{len(told)} on {_day(today)}", notes)


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
