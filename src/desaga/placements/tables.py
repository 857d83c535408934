"""Lists as tables that can leave Desaga."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from django.utils import timezone

from desaga.documents.out import Column, Table

from .defining import Nouns
from .models import Application, Award, Outcome
from .queries.came_of_it import answered, follow_of

#: Where a host stands, under the word that its scheme has for it.
HOST = Column("Host", width=28)
COLUMNS = (
    Column("Reference", "code", 12), Column("Title", width=40), Column("Applicant", width=24), Column("Employer", width=28), HOST,
    Column("Abroad", width=8), Column("First day", "date", 12), Column("Last day", "date", 12), Column("Asked for, £", "number", 12),
    Column("Panel", width=24), Column("State", width=22), Column("Came in", "date", 12),
)  # fmt: skip


def applications_table(rows: Iterable[Application], today: date, nouns: Nouns) -> Table:
    """One row an application, in the order of the page."""
    told = [
        [
            row.reference, row.title, row.name, row.employer, row.host, "yes" if row.is_abroad else "no", _day(row.starts_on), _day(row.ends_on),
            float(row.asked) if row.asked is not None else None, row.round.name if row.round else "", row.get_state_display(),
            _day(timezone.localdate(row.received_at)) if row.received_at else "",
        ]
        for row in rows
    ]  # fmt: skip
    notes = () if told else ("No application fits.",)
    return Table("applications", "Applications", _named(COLUMNS, nouns), told, f"{len(told)} on {_day(today)}", notes)


AWARD_COLUMNS = (
    Column("Reference", "code", 12), Column("Whose", width=24), Column("Title", width=40), Column("Employer", width=28), HOST,
    Column("State", width=22), Column("First day", "date", 12), Column("Last day", "date", 12), Column("Report due", "date", 12),
    Column("Award, £", "number", 12), Column("Approved, £", "number", 12), Column("Paid, £", "number", 12), Column("Advance open, £", "number", 12),
    Column("Offered on", "date", 12),
)  # fmt: skip


def awards_table(rows: Iterable[Award], nouns: Nouns) -> Table:
    """One row an award, in the order of the page."""
    told = [
        [
            row.application.reference, row.application.name, row.application.title, row.application.employer, row.host,
            row.application.get_state_display(), _day(row.starts_on), _day(row.ends_on), _day(_report_due(row)),
            float(row.amount), float(row.approved), float(row.paid), float(row.purse.outstanding), _day(timezone.localdate(row.offered_at)),
        ]
        for row in rows
    ]  # fmt: skip
    return Table("awards", "Awards", _named(AWARD_COLUMNS, nouns), told, "", () if told else ("No award fits.",))


OUTCOME_COLUMNS = (
    Column("Reference", "code", 12), Column("Whose", width=24), Column("Asked", width=24), Column("Asked on", "date", 12),
    Column("Answered on", "date", 12), Column("Question", width=40), Column("Answer", width=60),
)  # fmt: skip


def outcomes_table(rows: Iterable[Outcome]) -> Table:
    """One row an answer; of what was not answered, one row without."""
    told = [line for one in rows for line in _outcome_lines(one)]
    return Table("outcomes", "What came of it", OUTCOME_COLUMNS, told, "", () if told else ("Nothing was asked yet.",))


def _outcome_lines(outcome: Outcome) -> Iterator[list[str | float | None]]:
    application, follow = outcome.award.application, follow_of(outcome)
    known = [
        application.reference, application.name, follow.title if follow else outcome.key, _day(timezone.localdate(outcome.asked_at)),
        _day(timezone.localdate(outcome.answered_at)) if outcome.answered_at else "",
    ]  # fmt: skip
    answers = list(answered(outcome))
    yield from ([*known, one.question.label, one.said] for one in answers)
    if not answers:
        yield [*known, "", ""]


def _named(columns: Iterable[Column], nouns: Nouns) -> list[Column]:
    return [replace(one, heading=nouns.host_noun.capitalize()) if one is HOST else one for one in columns]


def _report_due(award: Award) -> date | None:
    """While it is still to come."""
    report = getattr(award, "report", None)
    return report.due_on if report and report.is_written else None


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""
