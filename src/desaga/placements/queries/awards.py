"""Reads of awards: for whoever was awarded, for those who run the scheme, and for whoever holds a link."""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django.db.models.functions import Coalesce
from django.shortcuts import get_object_or_404
from django.utils import timezone

from desaga.accounts.keys import hash_of
from desaga.organisations.models import Organisation
from desaga.tenancy.context import within

from ..approving import SAID_YES, is_one_of
from ..awarding import ClaimState, Letter, Party
from ..changed import Line, lines_of
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
    Payment,
    Receipt,
    ReservePlace,
    Round,
    Scheme,
    Signature,
)
from ..states import ApplicationState
from .applications import applications_for, applications_not_hidden, typed
from .schemes import money_by_year, money_of

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
    """Those who wait for money, in order, whoever asks: for a page, `reserves_for`."""
    waiting = ReservePlace.objects.filter(round=round_, application__state=ApplicationState.RESERVE)
    return waiting.select_related("application__scheme", "application__version", "application__organisation")


def reserves_for(
    user: Any, organisation: Organisation, scheme: Scheme
) -> list[tuple[Round, Decimal | None, list[ReservePlace], ReservePlace | None]]:
    """Each panel with somebody on its reserve list whom one may know of: with what it may still award, and the first for whom that is enough, where one may know of them.

    Four queries, however many panels there are.
    """
    rows = ReservePlace.objects.filter(round__scheme=scheme, application__state=ApplicationState.RESERVE)
    places = list(rows.select_related("application", "round").order_by("round__meets_on", "round", "rank"))
    seen = set(rows.filter(application__in=applications_for(user, organisation)).values_list("pk", flat=True))
    money = money_by_year(scheme) if seen else []
    found = []
    for round_, every in groupby(places, key=lambda one: one.round):
        left = next(
            (sums["left"] for budget, sums in money if budget.starts_on <= round_.meets_on <= budget.ends_on), None
        )
        waiting = list(every)
        first = next(
            (one for one in waiting if left is not None and 0 < one.sum + one.application.asked_apart <= left), None
        )
        if known := [one for one in waiting if one.pk in seen]:
            found.append((round_, left, known, first if first and first.pk in seen else None))
    return found


def next_reserve(round_: Round) -> ReservePlace | None:
    """The first on the reserve list whose sum fits into the money there is; None where none does, or nobody said how much there is."""
    left = left_for(round_)
    if left is None:
        return None
    rows = reserve_list(round_).annotate(
        pounds=Coalesce("amount", "application__asked") + F("application__asked_apart")
    )
    return rows.filter(pounds__lte=left, pounds__gt=0).first()


def places_for(user: Any, organisation: Organisation, round_: Round) -> QuerySet[ReservePlace]:
    """Those of a reserve list of whose applications somebody may know."""
    return reserve_list(round_).filter(application__in=applications_for(user, organisation))


def next_place_for(user: Any, organisation: Organisation, round_: Round) -> ReservePlace | None:
    """Who is offered next, where somebody may know of it: nobody offers past whom they do not see."""
    place = next_reserve(round_)
    return places_for(user, organisation, round_).filter(pk=place.pk).first() if place else None


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


def named_by_technician(award: Award, *agreements: Agreement | None) -> set[str]:
    """The parties whose signers nobody but the technician vouches for: other addresses than of who approved, or said that there is a place."""
    rows = Asking.objects.filter(application=award.application, state__in=SAID_YES).values_list("asks", "email")
    known: dict[str, list[str]] = {Party.HOME: [], Party.HOST: []}
    for asks, email in rows:
        known[Party.HOST if asks == "place" else Party.HOME].append(email)
    signers = [one for agreement in agreements if agreement for one in agreement.signatures.all()]
    return {one.party for one in signers if one.party in known and not is_one_of(one.email, known[one.party])}


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


def changes_told(award: Award) -> list[tuple[AwardChange, list[Line]]]:
    """What was asked to be another, the latest first, each with what was and what is; not what calls the award off."""
    rows = AwardChange.objects.filter(award=award, calls_off=False).order_by("-asked_at", "-pk")
    return [(one, lines_of(one, award.application.definition.nouns)) for one in rows]


def letter_opened(organisation: Organisation, key: str, *kinds: Letter) -> AwardLetter | None:
    """The letter whose link was opened, if its key is one of ours and of these kinds; ended ones too, for they say why they are over."""
    with within(organisation):
        rows = AwardLetter.objects.filter(key_hash=hash_of(key), kind__in=kinds, expires_at__gt=timezone.now())
        return rows.select_related(*(f"award__{name}" for name in WITH)).first()


def letters_lost_of(award: Award) -> QuerySet[AwardLetter]:
    """Those that did not arrive, and that nothing took the place of yet."""
    return AwardLetter.objects.filter(award=award, ended_at=None).exclude(lost_at=None)


def letter_or_404(award: Award, pk: int) -> AwardLetter:
    letter: AwardLetter = get_object_or_404(AwardLetter, award=award, pk=pk)
    letter.award = award
    return letter


def signature_of(letter: AwardLetter) -> Signature | None:
    """The signature that a link asks for."""
    if not letter.about.isdecimal():
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


def _with_payments() -> Prefetch[Any]:
    """The payments of claims, and whether they hold."""
    return Prefetch("payments", queryset=Payment.objects.select_related("taken_back"))


def claims_of(award: Award) -> list[Claim]:
    """All of an award with their lines, in order."""
    lines = Prefetch("lines", queryset=ClaimLine.objects.select_related("receipt"))
    return list(Claim.objects.filter(award=award).prefetch_related(lines, _with_payments()))


def claim_or_404(award: Award, number: int) -> Claim:
    lines = Prefetch("lines", queryset=ClaimLine.objects.select_related("receipt"))
    claim: Claim = get_object_or_404(
        Claim.objects.prefetch_related(lines, _with_payments()), award=award, number=number
    )
    claim.award = award
    return claim


def claims_for(user: Any, organisation: Organisation) -> QuerySet[Claim]:
    """Those whose names somebody may read: who runs schemes of the awards that they may read, who keeps the money all but what is hidden from them."""
    rows = Claim.objects.all()
    if user.has_perm("placements.run_schemes", organisation):
        return rows.filter(award__in=awards_for(user, organisation))
    if user.has_perm("placements.keep_money", organisation):
        return rows.filter(award__application__in=applications_not_hidden(user))
    return rows.none()


def claims_in(user: Any, organisation: Organisation, scheme: Scheme, *states: str) -> QuerySet[Claim]:
    """The claims of a scheme, for those who keep its money; never one that is still written."""
    known = [state for state in ClaimState if state not in (ClaimState.WRITTEN, ClaimState.WITHDRAWN)]
    rows = claims_for(user, organisation).filter(award__application__scheme=scheme, state__in=states or known)
    rows = rows.select_related(*(f"award__{name}" for name in WITH)).prefetch_related(_with_payments())
    return rows.order_by("-sent_at", "-pk")


def claim_at_or_404(user: Any, organisation: Organisation, scheme: Scheme, reference: str, number: int) -> Claim:
    """A claim that was sent, for those who keep the money."""
    claim: Claim = get_object_or_404(
        claims_in(user, organisation, scheme).prefetch_related(
            Prefetch("lines", queryset=ClaimLine.objects.select_related("receipt"))
        ),
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
