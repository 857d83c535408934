"""Evidence as a table that can leave Desaga. Files stay: the table says where each is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import timezone

from desaga.documents.out import Column, Table

from .queries import Shown, Summary

#: More than that nobody reads in one table; filters make it less, and the table says that it was cut.
MOST_ROWS = 2000
COLUMNS = (
    Column("Evidence", width=34), Column("Kind", width=12), Column("What it shows", width=44), Column("Where", width=36),
    Column("Serves", width=40), Column("Technicians’ own words", width=12), Column("State", width=18), Column("Why not", width=24),
    Column("Given by", width=24), Column("Given", "date", 14), Column("Runs out", "date", 14),
)  # fmt: skip


def table_of(rows: Sequence[Shown], summary: Summary, today: date) -> Table:
    """One table, the newest first; what it says of all is the page's summary."""
    cells = [_cells(row) for row in rows]
    notes = [] if rows else ["No evidence fits."]
    notes += [f"The first {MOST_ROWS} of {summary.pieces} pieces."] if summary.pieces > len(rows) else []
    told = f"{summary.words[:-1]}, on {today.day} {today:%B %Y}"
    return Table("evidence", "Evidence", COLUMNS, cells, told, tuple(notes))


def _cells(row: Shown) -> list[str]:
    one = row.evidence
    where = one.file_name or one.link or (row.record.words if row.record else "a record that is gone")
    return [
        one.title,
        one.get_kind_display(),
        one.shows,
        where,
        "; ".join(use.words for use in row.uses),
        "yes" if one.is_technician_voice else "",
        one.state_words,
        one.reason,
        one.given_by,
        _day(timezone.localdate(one.given_at)),
        _day(one.expires_on) if one.expires_on else "",
    ]


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
