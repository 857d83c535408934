"""Lists as tables that can leave Desaga."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from desaga.documents.out import Column, Table

from .models import Application, Award

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


AWARD_COLUMNS = (
    Column("Reference", "code", 12), Column("Whose", width=24), Column("Title", width=40), Column("Employer", width=28), Column("Host", width=28),
    Column("State", width=22), Column("First day", "date", 12), Column("Last day", "date", 12), Column("Report due", "date", 12),
    Column("Award, £", "number", 12), Column("Approved, £", "number", 12), Column("Paid, £", "number", 12), Column("Advance open, £", "number", 12),
    Column("Offered on", "date", 12),
)  # fmt: skip


def awards_table(rows: Iterable[Award]) -> Table:
    """One row an award, in the order of the page."""
    told = [
        [
            row.application.reference, row.application.name, row.application.title, row.application.employer, row.host,
            row.application.get_state_display(), _day(row.starts_on), _day(row.ends_on), _day(_report_due(row)),
            float(row.amount), float(row.approved), float(row.paid), float(row.purse.outstanding), _day(row.offered_at.date()),
        ]
        for row in rows
    ]  # fmt: skip
    return Table("awards", "Awards", AWARD_COLUMNS, told, "", () if told else ("No award fits.",))


def _report_due(award: Award) -> date | None:
    """While it is still to come."""
    report = getattr(award, "report", None)
    return report.due_on if report and report.is_written else None


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
