"""Sums of claims, and who is to be paid."""

from __future__ import annotations

from collections.abc import Collection
from decimal import Decimal

from django.db.models import Sum

from ..models import Answer, ClaimLine


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
