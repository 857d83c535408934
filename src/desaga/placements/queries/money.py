"""Sums of claims, and who is to be paid."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet, Sum
from django.utils import timezone

from desaga.accounts.models import User
from desaga.organisations.models import Organisation, RoleAssignment
from desaga.organisations.ownership import current_on
from desaga.organisations.states import Role

from ..models import Answer, Award, Budget, Claim, ClaimLine, Payment, PaymentTakenBack, Repayment, Scheme
from .applications import applications_not_hidden
from .awards import WITH, awards_for, claims_for


def has_other_keeper(user: Any) -> bool:
    """Whether somebody else is here today to keep the money, and has an account for it."""
    keepers = RoleAssignment.objects.filter(current_on(), role=Role.FINANCE).exclude(person=user.person_id)
    return User.objects.filter(person__in=keepers.values("person"), is_active=True).exclude(pk=user.pk).exists()


def sent_between(rows: QuerySet[Claim], since: date | None, until: date | None) -> QuerySet[Claim]:
    """Claims by the day on which they were sent; both days count."""
    if since:
        rows = rows.filter(sent_at__date__gte=since)
    return rows.filter(sent_at__date__lte=until) if until else rows


def in_order(rows: QuerySet[Claim]) -> QuerySet[Claim]:
    """As the finance file has them: with who decided, by the day on which they did."""
    return rows.select_related("decided_by__person").order_by("decided_at", "sent_at", "pk")


@dataclass(frozen=True)
class Movement:
    """Money that went, or came back: negative then."""

    on: date
    what: str
    claim: Claim | None
    award: Award
    amount: Decimal
    reference: str
    by: Any
    because: str = ""


def movements(
    user: Any, organisation: Organisation, scheme: Scheme, since: date | None, until: date | None
) -> list[Movement]:
    """Payments, payments that did not hold, and what came back of advances, in the order of their days: together what was spent."""
    claims = claims_for(user, organisation).filter(award__application__scheme=scheme)
    of_claim = [f"claim__award__{path}" for path in WITH]
    paid = Payment.objects.filter(claim__in=claims).select_related("by__person", *of_claim)
    undone = PaymentTakenBack.objects.filter(payment__claim__in=claims).select_related(
        "by__person", *(f"payment__{path}" for path in of_claim)
    )
    rows = [_payment(one) for one in paid] + [_taken_back(one) for one in undone]
    rows += [_repayment(one) for one in _repayments(user, organisation, scheme)]
    kept = [one for one in rows if (since is None or one.on >= since) and (until is None or one.on <= until)]
    return sorted(kept, key=lambda one: (one.on, one.award.pk))


def _payment(one: Payment) -> Movement:
    return Movement(one.paid_on, "Paid", one.claim, one.claim.award, one.amount, one.reference, one.by)


def _taken_back(one: PaymentTakenBack) -> Movement:
    paid, day = one.payment, timezone.localdate(one.at)
    return Movement(
        day, "Payment did not hold", paid.claim, paid.claim.award, -paid.amount, paid.reference, one.by, one.because
    )


def _repayment(one: Repayment) -> Movement:
    return Movement(one.paid_on, "Part of an advance came back", None, one.award, -one.amount, one.reference, one.by)


def _repayments(user: Any, organisation: Organisation, scheme: Scheme) -> QuerySet[Repayment]:
    """As `claims_for`: of no application that is hidden."""
    rows = Repayment.objects.filter(award__application__scheme=scheme)
    if user.has_perm("placements.run_schemes", organisation):
        rows = rows.filter(award__in=awards_for(user, organisation))
    else:
        rows = rows.filter(award__application__in=applications_not_hidden(user))
    return rows.select_related("by__person", *(f"award__{path}" for path in WITH))


def years_of(scheme: Scheme) -> list[Budget]:
    return list(Budget.objects.filter(scheme=scheme))


def year_of(budgets: Sequence[Budget], award: Award) -> str:
    """Out of which year's money an award is paid: by the day on which its panel met."""
    round_ = award.application.round
    if round_ is None:
        return ""
    return next((one.name for one in budgets if one.starts_on <= round_.meets_on <= one.ends_on), "")


def kinds_of(claim_ids: Collection[int]) -> dict[int, list[tuple[str, str]]]:
    """The kinds of cost of each and their currencies."""
    found: dict[int, list[tuple[str, str]]] = {}
    for claim, kind, currency in (
        ClaimLine.objects.filter(claim__in=list(claim_ids)).order_by("pk").values_list("claim", "kind", "currency")
    ):
        found.setdefault(claim, []).append((kind, currency))
    return found


def totals_of(claim_ids: Collection[int]) -> dict[int, Decimal]:
    """What each claims."""
    rows = ClaimLine.objects.filter(claim__in=list(claim_ids)).order_by().values("claim").annotate(sum=Sum("pounds"))
    return {row["claim"]: row["sum"] for row in rows}


def cuts_of(claim_ids: Collection[int]) -> dict[int, list[str]]:
    """The costs of which each was approved less, with why."""
    found: dict[int, list[str]] = {}
    for one in ClaimLine.objects.filter(claim__in=list(claim_ids)).exclude(allowed=None).order_by("pk"):
        found.setdefault(one.claim_id, []).append(f"{one.what}: {one.allowed} of {one.pounds}, {one.because}")
    return found


def payees_of(application_ids: Collection[int]) -> dict[int, str]:
    """Whom each applicant wants paid: "person" or "employer"."""
    rows = Answer.objects.filter(application__in=list(application_ids), key="payee")
    return {pk: str(value) for pk, value in rows.values_list("application", "value")}
