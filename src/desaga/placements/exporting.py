"""The finance files: each claim that was sent on a row, as it stands; and each movement of money, which together are what was spent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone

from desaga.documents.out import Column, Table

from .awarding import ClaimKind
from .models import Award, Budget, Claim
from .queries.money import Movement, cuts_of, kinds_of, payees_of, totals_of, year_of

#: First those that were always there, in their order: whoever reads the file by machine counts on it.
COLUMNS = (
    Column("Claim"), Column("Kind"), Column("State"), Column("Applicant"), Column("Employer"), Column("Pay to"),
    Column("Claimed", "number"), Column("Approved", "number"), Column("Settled by advance", "number"),
    Column("To pay", "number"), Column("Sent on", "date"), Column("Decided on", "date"), Column("Paid on", "date"),
    Column("Reference"), Column("Award"), Column("E-mail"), Column("Year"), Column("Kinds of cost"), Column("Currencies"),
    Column("Approved by"), Column("Less of"),
)  # fmt: skip
MOVEMENTS = (
    Column("Day", "date"), Column("What"), Column("Amount", "number"), Column("Claim"), Column("Award"), Column("Applicant"),
    Column("E-mail"), Column("Employer"), Column("Pay to"), Column("Year"), Column("Reference"), Column("By"), Column("Why"),
)  # fmt: skip


def claims_table(rows: Iterable[Claim], title: str, budgets: Sequence[Budget] = ()) -> Table:
    """Amounts are numbers, so that they add up in a spreadsheet; everything that people wrote is text."""
    claims = list(rows)
    pks = [one.pk for one in claims]
    totals, less, kinds = totals_of(pks), cuts_of(pks), kinds_of(pks)
    payees = payees_of([one.award.application_id for one in claims])
    told = [
        [*_row(one, totals.get(one.pk, Decimal(0)), payees), *_more(one, kinds.get(one.pk, []), budgets),
         "; ".join(less.get(one.pk, []))]
        for one in claims
    ]  # fmt: skip
    return Table("claims", title, COLUMNS, told)


def _row(claim: Claim, total: Decimal, payees: dict[int, str]) -> list[str | float | None]:
    application = claim.award.application
    payment = claim.payment
    return [
        str(claim), ClaimKind(claim.kind).label, claim.get_state_display(), application.name, application.employer,
        _payee(claim.award, payees), float(total), _number(claim.allowed), float(claim.settles), float(claim.due),
        _day(claim.sent_at), _day(claim.decided_at), str(payment.paid_on) if payment else "",
        payment.reference if payment else "",
    ]  # fmt: skip


def _more(claim: Claim, kinds: Sequence[tuple[str, str]], budgets: Sequence[Budget]) -> list[str | float | None]:
    application = claim.award.application
    labels = {one.key: one.label for one in application.definition.cost_kinds}
    named = dict.fromkeys(labels.get(kind, kind) for kind, _ in kinds)
    currencies = dict.fromkeys(currency for _, currency in kinds)
    return [
        application.reference, application.email, year_of(budgets, claim.award), ", ".join(named), ", ".join(currencies),
        _name(claim.decided_by) if claim.allowed is not None else "",
    ]  # fmt: skip


def movements_table(rows: Sequence[Movement], title: str, budgets: Sequence[Budget]) -> Table:
    """What went is positive, what came back negative: the sum is what was spent."""
    payees = payees_of([one.award.application_id for one in rows])
    return Table("movements", title, MOVEMENTS, [_movement(one, payees, budgets) for one in rows])


def _movement(one: Movement, payees: dict[int, str], budgets: Sequence[Budget]) -> list[str | float | None]:
    application = one.award.application
    return [
        one.on.isoformat(), one.what, float(one.amount), str(one.claim) if one.claim else "", application.reference,
        application.name, application.email, application.employer, _payee(one.award, payees), year_of(budgets, one.award),
        one.reference, _name(one.by), one.because,
    ]  # fmt: skip


def _payee(award: Award, payees: dict[int, str]) -> str:
    application = award.application
    return application.name if payees.get(application.pk) == "person" else application.employer


def _name(user: Any) -> str:
    return str(user.person.name if user.person_id and user.person else user.email) if user else ""


def _number(amount: Decimal | None) -> float | None:
    return None if amount is None else float(amount)


def _day(at: datetime | None) -> str:
    return f"{timezone.localtime(at):%Y-%m-%d}" if at else ""
