"""Reads of awards: for whoever was awarded, for those who run the scheme, and for whoever holds a link."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone

from desaga.accounts.keys import hash_of
from desaga.organisations.models import Organisation
from desaga.tenancy.context import within

from ..approving import SAID_YES
from ..awarding import ClaimState, Letter, Party
from ..models import (
    Agreement,
    Application,
    Asking,
    Award,
    AwardChange,
    AwardLetter,
    Budget,
    Claim,
    ClaimLine,
    Receipt,
    ReservePlace,
    Round,
    Scheme,
    Signature,
)
from ..states import ApplicationState
from .applications import applications_for, typed
from .schemes import money_of

WITH = ("application__scheme", "application__version", "application__organisation", "application__round")


# ---- Money there is


def budget_of(round_: Round | None) -> Budget | None:
    """The money of which a panel awards: by the day on which it meets."""
    if round_ is None:
        return None
    day = round_.meets_on
    return Budget.objects.filter(scheme=round_.scheme_id, starts_on__lte=day, ends_on__gte=day).first()


def left_for(round_: Round | None) -> Decimal | None:
    """What a panel may still award; None where nobody has said how much there is."""
    budget = budget_of(round_)
    return money_of(budget)["left"] if budget else None


def reserve_list(round_: Round) -> QuerySet[ReservePlace]:
    """Those who wait for money, in order."""
    waiting = ReservePlace.objects.filter(round=round_, application__state=ApplicationState.RESERVE)
    return waiting.select_related("application__scheme", "application__version", "application__organisation")


def next_reserve(round_: Round) -> ReservePlace | None:
    """The first on the reserve list whose sum fits into the money there is; None where none does, or nobody said how much there is."""
    left = left_for(round_)
    if left is None:
        return None
    whole = F("application__asked") + F("application__asked_apart")
    return reserve_list(round_).annotate(whole=whole).filter(whole__lte=left, application__asked__gt=0).first()


# ---- Which awards


def awards_for(user: Any, organisation: Organisation) -> QuerySet[Award]:
    """What somebody who works for the scheme may read of awards: of the applications that they may read."""
    return Award.objects.filter(application__in=applications_for(user, organisation)).select_related(*WITH)


def awards_of_scheme(user: Any, organisation: Organisation, scheme: Scheme) -> QuerySet[Award]:
    rows = awards_for(user, organisation).filter(application__scheme=scheme)
    return rows.select_related(*WITH, "report").order_by("-offered_at", "-pk")


def award_or_404(user: Any, organisation: Organisation, scheme: Scheme, reference: str) -> Award:
    return get_object_or_404(awards_of_scheme(user, organisation, scheme), application__reference=reference)


def award_of(application: Application) -> Award | None:
    return Award.objects.filter(application=application).select_related(*WITH).first()


def own_award_or_404(user: Any, scheme_slug: str, reference: str) -> Award:
    """The award of whoever asks, in the organisation in scope; 404 for everybody else's."""
    rows = Award.objects.exclude(application__applicant=None).filter(application__applicant=user.person_id)
    return get_object_or_404(
        rows.select_related(*WITH), application__scheme__slug=scheme_slug, application__reference=reference
    )


# ---- Agreements


def parties_named(application: Application) -> dict[str, dict[str, str]]:
    """Who signs for home and host: those who approved, and who said that there is a place; else whom the applicant named."""
    said_yes = Asking.objects.filter(application=application, state__in=SAID_YES)
    answers = typed(application) | {f"ask_{one.key}"[:40]: {"name": one.name, "email": one.email} for one in said_yes}
    found: dict[str, dict[str, str]] = {}
    for approver in application.definition.approvers:
        party = Party.HOST if approver.asks == "place" else Party.HOME
        told = answers.get(f"ask_{approver.key}"[:40])
        if isinstance(told, dict) and party not in found:
            found[party] = {name: str(told.get(name, "")) for name in ("name", "email")}
    return found


def agreements_of(award: Award) -> QuerySet[Agreement]:
    return Agreement.objects.filter(award=award).prefetch_related("signatures")


def agreement_waiting(award: Award) -> Agreement | None:
    """What is still to be signed."""
    return agreements_of(award).filter(signed_at=None, replaced_at=None).first()


def agreement_holding(award: Award) -> Agreement | None:
    """What was signed by all and holds."""
    return agreements_of(award).filter(signed_at__isnull=False, replaced_at=None).first()


def change_asked(award: Award) -> AwardChange | None:
    return AwardChange.objects.filter(award=award, state="asked").first()


def letter_opened(organisation: Organisation, key: str, *kinds: Letter) -> AwardLetter | None:
    """The letter whose link was opened, if its key is one of ours and of these kinds; ended ones too, for they say why they are over."""
    with within(organisation):
        rows = AwardLetter.objects.filter(key_hash=hash_of(key), kind__in=kinds, expires_at__gt=timezone.now())
        return rows.select_related(*(f"award__{name}" for name in WITH)).first()


def signature_of(letter: AwardLetter) -> Signature | None:
    """The signature that a link asks for."""
    if not letter.about.isdigit():
        return None
    rows = Signature.objects.filter(pk=int(letter.about), agreement__award=letter.award_id)
    return rows.select_related("agreement").first()


def signature_or_404(award: Award, pk: int) -> Signature:
    """One of an award, of whichever agreement."""
    signature: Signature = get_object_or_404(
        Signature.objects.select_related("agreement"), agreement__award=award, pk=pk
    )
    signature.agreement.award = award
    return signature


def change_or_404(award: Award, pk: int) -> AwardChange:
    change: AwardChange = get_object_or_404(AwardChange, award=award, pk=pk)
    change.award = award
    return change


# ---- Claims


def claims_of(award: Award) -> list[Claim]:
    """All of an award with their lines, in order."""
    lines = Prefetch("lines", queryset=ClaimLine.objects.select_related("receipt"))
    return list(Claim.objects.filter(award=award).select_related("payment").prefetch_related(lines))


def claim_or_404(award: Award, number: int) -> Claim:
    lines = Prefetch("lines", queryset=ClaimLine.objects.select_related("receipt"))
    claim: Claim = get_object_or_404(
        Claim.objects.select_related("payment").prefetch_related(lines), award=award, number=number
    )
    claim.award = award
    return claim


def claims_in(scheme: Scheme, *states: str) -> QuerySet[Claim]:
    """The claims of a scheme, for those who keep its money; never one that is still written."""
    known = [state for state in ClaimState if state not in (ClaimState.WRITTEN, ClaimState.WITHDRAWN)]
    rows = Claim.objects.filter(award__application__scheme=scheme, state__in=states or known)
    return rows.select_related(*(f"award__{name}" for name in WITH), "payment").order_by("-sent_at", "-pk")


def claim_at_or_404(scheme: Scheme, reference: str, number: int) -> Claim:
    """A claim that was sent, for those who keep the money."""
    claim: Claim = get_object_or_404(
        claims_in(scheme).prefetch_related(Prefetch("lines", queryset=ClaimLine.objects.select_related("receipt"))),
        award__application__reference=reference,
        number=number,
    )
    return claim


def line_or_404(claim: Claim, pk: int) -> ClaimLine:
    line: ClaimLine = get_object_or_404(ClaimLine, claim=claim, pk=pk)
    line.claim = claim
    return line


def receipt_or_404(claim: Claim, pk: int) -> Receipt:
    return get_object_or_404(Receipt.objects.select_related("content"), line__claim=claim, pk=pk)
