"""Checking and paying claims: never more than was awarded, and never twice. The award is held before its claim, as everywhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..awarding import CLAIM_WRITTEN, ClaimKind, ClaimState, Letter
from ..models import Award, Claim, ClaimLine, Payment, PaymentTakenBack, Repayment
from ..purse import Purse, TooMuchMoney
from ..queries.money import has_other_keeper
from ..states import ApplicationState
from .awards import SayWhy, refuse_over_budget
from .claims import DayToCome, OverTheAward, fits, move_claim
from .gate import NotNow, note_event
from .posting import post
from .standing import refuse_own, refuse_partial


class OverTheCap(Refused):
    """This is more than the scheme pays for that kind of cost."""


class MoreThanClaimed(Refused):
    """You cannot approve more of a cost than was claimed."""


class NothingApproved(Refused):
    """Nothing of it is approved. Give it back with the reason instead."""


class PaidAlready(Refused):
    """This claim is paid already."""


class SameHand(Refused):
    """You approved this claim: somebody else who keeps the money marks it as paid."""


class ReferenceMissing(Refused):
    """Give the reference under which your finance office paid it."""


@transaction.atomic
def return_claim(*, claim: Claim, words: str, actor: Any, now: datetime | None = None) -> Claim:
    """Give it back with the reason, to be changed and sent again. Raises `NotNow`, `YourOwn`, `NotYoursToDecide`, `SayWhy`."""
    now = now or timezone.now()
    if not words.strip():
        raise SayWhy
    award, held = _sent(claim)
    refuse_partial(award.application, actor)
    written = Claim.objects.filter(award=award, kind=held.kind, state__in=CLAIM_WRITTEN).first()
    if written is not None:
        # Another is being written meanwhile: what it has goes on with this one.
        ClaimLine.objects.filter(claim=written).update(claim=held)
        Claim.objects.filter(pk=written.pk).update(state=ClaimState.WITHDRAWN)
    held = move_claim(held, ClaimState.RETURNED, "gave back a claim", actor=actor, now=now, words=words.strip(), decided_at=now, decided_by=actor)  # fmt: skip
    post(award, Letter.CLAIM_RETURNED, now=now, about=str(held), note=words.strip())
    return held


class Cut(NamedTuple):
    """What is approved of one cost, and why it is less."""

    allowed: Decimal
    because: str = ""


@transaction.atomic
def approve_claim(
    *, claim: Claim, actor: Any, cuts: Mapping[int, Cut] | None = None, words: str = "", now: datetime | None = None
) -> Claim:
    """Approve all of it, or of some lines less, nothing too, with the reason. What an advance had paid is settled first; what is left is to be paid.

    Raises `NotNow`, `YourOwn`, `NotYoursToDecide`, `MoreThanClaimed`, `SayWhy`, `NothingApproved`, `OverTheAward`, `OverTheCap`, `NotEnoughMoney`.
    """
    now = now or timezone.now()
    award, held = _sent(claim)
    refuse_partial(award.application, actor)
    lines = _cut(held, cuts or {})
    allowed = sum((one.counted for one in lines), Decimal(0))
    if not allowed:
        raise NothingApproved
    purse = fits(held, allowed)
    _refuse_over_cap(held)
    if award.application.state == ApplicationState.CALLED_OFF:
        # Its money was free for others meanwhile.
        refuse_over_budget(purse.approved - award.approved, award.application)
    settles = award.purse.settles(allowed) if held.kind == ClaimKind.COSTS else Decimal(0)
    keep_purse(award, purse)
    due = allowed - settles
    held = move_claim(
        held, ClaimState.APPROVED if due else ClaimState.PAID, "approved a claim", actor=actor, now=now,
        allowed=allowed, settles=settles, due=due, words=words.strip(), decided_at=now, decided_by=actor,
    )  # fmt: skip
    post(award, Letter.CLAIM_APPROVED, now=now, about=str(held), note=_approved_words(held, lines))
    return held


def _cut(claim: Claim, cuts: Mapping[int, Cut]) -> list[ClaimLine]:
    """The lines, with what is approved of each. Raises `MoreThanClaimed`, `SayWhy`."""
    lines = list(ClaimLine.objects.select_for_update().filter(claim=claim))
    for line in lines:
        cut = cuts.get(line.pk)
        if cut is None or cut.allowed == line.pounds:
            continue
        if not 0 <= cut.allowed < line.pounds:
            raise MoreThanClaimed
        if not cut.because.strip():
            raise SayWhy(f"“{line.what}”: say why it is less. Whoever claimed it reads that.")
        line.allowed, line.because = cut.allowed, cut.because.strip()[:300]
        line.save(update_fields=["allowed", "because"])
    return lines


def _approved_words(claim: Claim, lines: Sequence[ClaimLine]) -> str:
    total = sum((one.pounds for one in lines), Decimal(0))
    words = f"£{claim.allowed:,.2f} of £{total:,.2f} is approved."
    if claim.settles:
        words += f" £{claim.settles:,.2f} of it was paid in advance."
    words += f" £{claim.due:,.2f} will be paid." if claim.due else " Nothing more is to be paid for it."
    less = [
        f"- {one.what}: £{one.allowed:,.2f} of £{one.pounds:,.2f}. {one.because}"
        for one in lines
        if one.allowed is not None
    ]
    return "\n\n".join(filter(None, [words, "\n".join(less), claim.words]))


def _sent(claim: Claim) -> tuple[Award, Claim]:
    """Both held: the award first, as everywhere."""
    award = locked(claim.award)
    held = locked(claim)
    held.award = award
    if held.state != ClaimState.SENT:
        raise NotNow
    return award, held


def _refuse_over_cap(claim: Claim) -> None:
    """What is approved of a capped kind of cost, over all claims of the award."""
    for kind in claim.award.application.definition.cost_kinds:
        if kind.cap is None or claim.kind != ClaimKind.COSTS:
            continue
        counted = ClaimLine.objects.filter(
            claim__award=claim.award, claim__kind=ClaimKind.COSTS, kind=kind.key,
            claim__state__in=(ClaimState.APPROVED, ClaimState.PAID),
        ) | ClaimLine.objects.filter(claim=claim, kind=kind.key)  # fmt: skip
        if (more := sum((one.counted for one in counted), Decimal(0)) - kind.cap) > 0:
            raise OverTheCap(
                f"{kind.label}: the scheme pays £{kind.cap:,.2f} at most in one award. Approve £{more:,.2f} less of it, and say why."
            )


def keep_purse(award: Award, purse: Purse) -> None:
    """Write the sums; the database refuses what cannot be."""
    award.amount, award.approved, award.paid = purse.amount, purse.approved, purse.paid
    award.advanced, award.settled = purse.advanced, purse.settled
    award.save(update_fields=["amount", "approved", "paid", "advanced", "settled"])


def refuse_same_hand(claim: Claim, actor: Any) -> None:
    """Whoever approved a claim does not pay it, where somebody else keeps the money. Raises `SameHand`."""
    if actor is not None and claim.decided_by_id == actor.pk and has_other_keeper(actor):
        raise SameHand


@transaction.atomic
def pay_claim(*, claim: Claim, paid_on: date, reference: str, actor: Any, now: datetime | None = None) -> Payment:
    """It is paid, by the finance office: on which day and under which reference. Raises `PaidAlready`, `NotNow`, `YourOwn`, `SameHand`, `ReferenceMissing`, `DayToCome`."""
    now = now or timezone.now()
    if not reference.strip():
        raise ReferenceMissing
    if paid_on > timezone.localdate(now):
        raise DayToCome
    award = locked(claim.award)
    held = locked(claim)
    refuse_own(award, actor)
    if held.state == ClaimState.PAID:
        raise PaidAlready
    if held.state != ClaimState.APPROVED:
        raise NotNow
    refuse_same_hand(held, actor)
    keep_purse(award, award.purse.with_payment(held.due))
    payment = Payment.objects.create(
        organisation_id=held.organisation_id, claim=held, amount=held.due, paid_on=paid_on, reference=reference.strip(),
        at=now, by=actor,
    )  # fmt: skip
    move_claim(held, ClaimState.PAID, "marked a claim as paid", actor=actor, now=now)
    note = f"£{held.due:,.2f} was paid on {paid_on.day} {paid_on:%B %Y}."
    post(award, Letter.CLAIM_PAID, now=now, about=str(held), note=note)
    return payment


@transaction.atomic
def take_payment_back(*, payment: Payment, because: str, actor: Any, now: datetime | None = None) -> PaymentTakenBack:
    """It did not hold: the bank sent it back, or it was marked on the wrong claim. The claim is to be paid again. Raises `NotNow`, `SayWhy`, `YourOwn`."""
    now = now or timezone.now()
    if not because.strip():
        raise SayWhy
    award = locked(payment.claim.award)
    held = locked(payment.claim)
    held.award = award
    refuse_own(award, actor)
    if held.state != ClaimState.PAID or PaymentTakenBack.objects.filter(payment=payment).exists():
        raise NotNow
    keep_purse(award, award.purse.without_payment(payment.amount))
    taken = PaymentTakenBack.objects.create(
        organisation_id=held.organisation_id, payment=payment, because=because.strip(), at=now, by=actor
    )
    move_claim(
        held, ClaimState.APPROVED, "took back the payment of a claim", actor=actor, now=now, event="payment_taken_back"
    )
    post(award, Letter.CLAIM_UNPAID, now=now, about=str(held), note=because.strip())
    return taken


@transaction.atomic
def take_repayment(
    *, award: Award, amount: Decimal, paid_on: date, reference: str, actor: Any, now: datetime | None = None
) -> Repayment:
    """What was left of an advance came back. Raises `OverTheAward`, `NotNow`, `ReferenceMissing`, `DayToCome`."""
    now = now or timezone.now()
    if not reference.strip():
        raise ReferenceMissing
    if paid_on > timezone.localdate(now):
        raise DayToCome
    held = locked(award)
    if Claim.objects.filter(award=held, kind=ClaimKind.ADVANCE, state=ClaimState.APPROVED).exists():
        raise NotNow("An advance is approved and not paid yet. Mark it as paid first.")
    try:
        purse = held.purse.with_repayment(amount)
    except TooMuchMoney as much:
        raise OverTheAward(
            f"£{much.left:,.2f} of the advance is not accounted for: no more than that can come back."
        ) from None
    if amount <= 0:
        raise OverTheAward("Say how much came back.")
    keep_purse(held, purse)
    note_event(held.application, "repaid", actor=actor, now=now, words=f"£{amount:,.2f}")
    audit.record(actor=actor, verb="took back part of an advance of", thing=held, note=f"£{amount:,.2f}", now=now)
    return Repayment.objects.create(
        organisation_id=held.organisation_id, award=held, amount=amount, paid_on=paid_on, reference=reference.strip(),
        at=now, by=actor,
    )  # fmt: skip
