"""The finance file: each claim that was sent on a row, as it stands."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from desaga.documents.out import Column, Table

from .awarding import ClaimKind
from .models import Claim
from .queries.money import cuts_of, payees_of, totals_of

COLUMNS = (
    Column("Claim"), Column("Kind"), Column("State"), Column("Applicant"), Column("Employer"), Column("Pay to"),
    Column("Claimed", "number"), Column("Approved", "number"), Column("Settled by advance", "number"),
    Column("To pay", "number"), Column("Sent on", "date"), Column("Decided on", "date"), Column("Paid on", "date"),
    Column("Reference"), Column("Less of"),
)  # fmt: skip


def claims_table(rows: Iterable[Claim], title: str) -> Table:
    """Amounts are numbers, so that they add up in a spreadsheet; everything that people wrote is text."""
    claims = list(rows)
    totals = totals_of([one.pk for one in claims])
    less = cuts_of([one.pk for one in claims])
    payees = payees_of([one.award.application_id for one in claims])
    return Table("claims", title, COLUMNS, [_row(one, totals.get(one.pk, Decimal(0)), payees, less) for one in claims])


def _row(claim: Claim, total: Decimal, payees: dict[int, str], less: dict[int, list[str]]) -> list[str | float | None]:
    application = claim.award.application
    payment = claim.payment
    payee = application.name if payees.get(application.pk) == "person" else application.employer
    return [
        str(claim), ClaimKind(claim.kind).label, claim.get_state_display(), application.name, application.employer, payee,
        float(total), _number(claim.allowed), float(claim.settles), float(claim.due),
        _day(claim.sent_at), _day(claim.decided_at), str(payment.paid_on) if payment else "",
        payment.reference if payment else "", "; ".join(less.get(claim.pk, [])),
    ]  # fmt: skip


def _number(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)


def _day(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d}" if at else ""
