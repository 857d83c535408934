"""Claims: written line by line, sent, checked, paid; never more than was awarded, and never twice."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.evidence.checking import CheckedFile
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..awarding import CLAIM_WRITTEN, ClaimKind, ClaimState, Letter
from ..models import Award, Claim, ClaimLine, Payment, Receipt, ReceiptContent, Repayment
from ..purse import Purse, TooMuchMoney
from ..states import ApplicationState
from .awards import SayWhy
from .gate import NotNow, note_event
from .posting import post

#: In these states what it cost can be claimed.
CLAIMABLE = (ApplicationState.AGREED, ApplicationState.REPORTED)
MOST_LINES = 60


class NothingToClaimYet(Refused):
    """Claims open when the agreement is signed by all, and close when the placement is finished."""


class NoAdvance(Refused):
    """This scheme pays nothing in advance."""


class AdvanceIsOpen(Refused):
    """An advance is asked for already. Wait until it is paid."""


class UnknownKind(Refused):
    """This scheme does not pay for that kind of cost. Choose one of those it names."""


class NothingClaimed(Refused):
    """Add at least one cost before you send it."""


class ReceiptMissing(Refused):
    """Hand in a receipt, or say why there is none."""


class TooManyLines(Refused):
    """A claim has 60 lines at most. Send this one and begin another."""


class OverTheAward(Refused):
    """This is more than is left of the award."""


class OverTheCap(Refused):
    """This is more than the scheme pays for that kind of cost."""


class MoreThanClaimed(Refused):
    """You cannot approve more than was claimed."""


class PaidAlready(Refused):
    """This claim is paid already."""


class ReferenceMissing(Refused):
    """Give the reference under which your finance office paid it."""


class DayToCome(Refused):
    """This day is still to come. Write it down when it has happened."""


@transaction.atomic
def begin_claim(*, award: Award, kind: ClaimKind, actor: Any, now: datetime | None = None) -> Claim:
    """The claim of this kind that is being written; a new one where there is none. Raises `NothingToClaimYet`, `NoAdvance`, `AdvanceIsOpen`."""
    held = locked(award)
    if held.application.state not in CLAIMABLE:
        raise NothingToClaimYet
    if kind == ClaimKind.ADVANCE:
        _refuse_advance(held)
    if known := Claim.objects.filter(award=held, kind=kind, state__in=CLAIM_WRITTEN).first():
        return known
    number = Claim.objects.filter(award=held).count() + 1
    return Claim.objects.create(
        organisation_id=held.organisation_id, award=held, number=number, kind=kind, begun_at=now or timezone.now()
    )


def _refuse_advance(award: Award) -> None:
    if not award.application.definition.advance:
        raise NoAdvance
    open_ones = (ClaimState.SENT, ClaimState.APPROVED)
    if Claim.objects.filter(award=award, kind=ClaimKind.ADVANCE, state__in=open_ones).exists():
        raise AdvanceIsOpen


@transaction.atomic
def add_line(
    *,
    claim: Claim,
    kind: str,
    what: str,
    pounds: Decimal,
    actor: Any,
    on: date | None = None,
    currency: str = "GBP",
    foreign: Decimal | None = None,
    receipt: CheckedFile | None = None,
    no_receipt: str = "",
    submission: UUID | None = None,
    now: datetime | None = None,
) -> ClaimLine:
    """One cost, with its receipt or why there is none; the same `submission` is one. An advance needs none.

    Raises `NotNow`, `UnknownKind`, `ReceiptMissing`, `TooManyLines`, `DayToCome`.
    """
    held = _written(claim)
    if submission and (sent := ClaimLine.objects.filter(submission=submission, claim=held).first()):
        return sent
    if kind not in {one.key for one in held.award.application.definition.cost_kinds}:
        raise UnknownKind
    is_advance = held.kind == ClaimKind.ADVANCE
    if not is_advance and receipt is None and not no_receipt.strip():
        raise ReceiptMissing
    if not is_advance and on and on > timezone.localdate(now or timezone.now()):
        raise DayToCome
    if ClaimLine.objects.filter(claim=held).count() >= MOST_LINES:
        raise TooManyLines
    line = ClaimLine.objects.create(
        organisation_id=held.organisation_id, claim=held, kind=kind, what=what.strip(), on=on, pounds=pounds,
        currency=currency, foreign=foreign, no_receipt="" if receipt else no_receipt.strip(), submission=submission,
    )  # fmt: skip
    if receipt:
        keep_receipt(line, receipt)
    return line


def keep_receipt(line: ClaimLine, file: CheckedFile) -> Receipt:
    receipt = Receipt.objects.create(
        organisation_id=line.organisation_id, line=line, name=file.name, media_type=file.media_type,
        size=len(file.content), sha256=hashlib.sha256(file.content).hexdigest(), scan=file.scan,
    )  # fmt: skip
    ReceiptContent.objects.create(organisation_id=line.organisation_id, receipt=receipt, content=file.content)
    return receipt


@transaction.atomic
def remove_line(*, line: ClaimLine, actor: Any) -> None:
    """Take a cost out of a claim that is still written. Raises `NotNow`."""
    _written(line.claim)
    ClaimLine.objects.filter(pk=line.pk).delete()


def _written(claim: Claim) -> Claim:
    award = locked(claim.award)
    held = locked(claim)
    held.award = award
    if held.state not in CLAIM_WRITTEN or award.application.state not in CLAIMABLE:
        raise NotNow
    return held


def total_of(claim: Claim) -> Decimal:
    return sum(ClaimLine.objects.filter(claim=claim).values_list("pounds", flat=True), Decimal(0))


@transaction.atomic
def send_claim(*, claim: Claim, actor: Any, now: datetime | None = None) -> Claim:
    """Send it to be checked. Raises `NotNow`, `NothingClaimed`, `OverTheAward`."""
    now = now or timezone.now()
    held = _written(claim)
    total = total_of(held)
    if not total:
        raise NothingClaimed
    if held.kind == ClaimKind.ADVANCE:
        _refuse_advance(held.award)
    _fits(held, total)
    return _move(held, ClaimState.SENT, "sent a claim", actor=actor, now=now, sent_at=now)


@transaction.atomic
def drop_claim(*, claim: Claim, actor: Any, now: datetime | None = None) -> Claim:
    """The technician takes back a claim on which nobody has decided. Raises `NotNow`."""
    locked(claim.award)
    held = locked(claim)
    if held.state not in (*CLAIM_WRITTEN, ClaimState.SENT):
        raise NotNow
    return _move(held, ClaimState.WITHDRAWN, "took back a claim", actor=actor, now=now or timezone.now())


@transaction.atomic
def return_claim(*, claim: Claim, words: str, actor: Any, now: datetime | None = None) -> Claim:
    """Give it back with the reason, to be changed and sent again. Raises `NotNow`, `SayWhy`."""
    now = now or timezone.now()
    if not words.strip():
        raise SayWhy
    award, held = _sent(claim)
    written = Claim.objects.filter(award=award, kind=held.kind, state__in=CLAIM_WRITTEN).first()
    if written is not None:
        # Another is being written meanwhile: what it has goes on with this one.
        ClaimLine.objects.filter(claim=written).update(claim=held)
        Claim.objects.filter(pk=written.pk).update(state=ClaimState.WITHDRAWN)
    held = _move(held, ClaimState.RETURNED, "gave back a claim", actor=actor, now=now, words=words.strip(), decided_at=now, decided_by=actor)  # fmt: skip
    post(award, Letter.CLAIM_RETURNED, now=now, about=str(held), note=words.strip())
    return held


@transaction.atomic
def approve_claim(
    *, claim: Claim, actor: Any, allowed: Decimal | None = None, words: str = "", now: datetime | None = None
) -> Claim:
    """Approve all of it, or less with the reason. What an advance had paid is settled first; what is left is to be paid.

    Raises `NotNow`, `MoreThanClaimed`, `OverTheAward`, `OverTheCap`, `SayWhy`.
    """
    now = now or timezone.now()
    award, held = _sent(claim)
    total = total_of(held)
    allowed = total if allowed is None else allowed
    if allowed > total or allowed <= 0:
        raise MoreThanClaimed
    if allowed < total and not words.strip():
        raise SayWhy
    purse = _fits(held, allowed)
    if allowed == total:
        _refuse_over_cap(held)
    settles = award.purse.settles(allowed) if held.kind == ClaimKind.COSTS else Decimal(0)
    keep_purse(award, purse)
    due = allowed - settles
    held = _move(
        held, ClaimState.APPROVED if due else ClaimState.PAID, "approved a claim", actor=actor, now=now,
        allowed=allowed, settles=settles, due=due, words=words.strip(), decided_at=now, decided_by=actor,
    )  # fmt: skip
    post(award, Letter.CLAIM_APPROVED, now=now, about=str(held), note=_approved_words(held, total))
    return held


def _approved_words(claim: Claim, total: Decimal) -> str:
    words = f"£{claim.allowed:,.2f} of £{total:,.2f} is approved."
    if claim.settles:
        words += f" £{claim.settles:,.2f} of it was paid in advance."
    words += f" £{claim.due:,.2f} will be paid." if claim.due else " Nothing more is to be paid for it."
    return f"{words}\n\n{claim.words}" if claim.words else words


def _sent(claim: Claim) -> tuple[Award, Claim]:
    """Both held: the award first, as everywhere."""
    award = locked(claim.award)
    held = locked(claim)
    held.award = award
    if held.state != ClaimState.SENT:
        raise NotNow
    return award, held


def _fits(claim: Claim, pounds: Decimal) -> Purse:
    """The purse as it will be. Raises `OverTheAward`."""
    purse = claim.award.purse
    try:
        return purse.with_advance(pounds) if claim.kind == ClaimKind.ADVANCE else purse.with_costs(pounds)
    except TooMuchMoney as much:
        raise OverTheAward(
            f"£{much.left:,.2f} is left of the award; this claim is for £{pounds:,.2f}. Change it, or ask those who run the scheme to raise the award."
        ) from None


def _refuse_over_cap(claim: Claim) -> None:
    """All claims for costs of a capped kind together, as far as they were approved in full."""
    for kind in claim.award.application.definition.cost_kinds:
        if kind.cap is None or claim.kind != ClaimKind.COSTS:
            continue
        counted = ClaimLine.objects.filter(
            claim__award=claim.award, claim__kind=ClaimKind.COSTS, kind=kind.key,
            claim__state__in=(ClaimState.APPROVED, ClaimState.PAID),
        ) | ClaimLine.objects.filter(claim=claim, kind=kind.key)  # fmt: skip
        if sum(counted.values_list("pounds", flat=True), Decimal(0)) > kind.cap:
            raise OverTheCap(
                f"{kind.label}: the scheme pays £{kind.cap:,.2f} at most in one award. Approve less, and say why."
            )


def keep_purse(award: Award, purse: Purse) -> None:
    """Write the sums; the database refuses what cannot be."""
    award.amount, award.approved, award.paid = purse.amount, purse.approved, purse.paid
    award.advanced, award.settled = purse.advanced, purse.settled
    award.save(update_fields=["amount", "approved", "paid", "advanced", "settled"])


@transaction.atomic
def pay_claim(*, claim: Claim, paid_on: date, reference: str, actor: Any, now: datetime | None = None) -> Payment:
    """It is paid, by the finance office: on which day and under which reference. Raises `PaidAlready`, `NotNow`, `ReferenceMissing`, `DayToCome`."""
    now = now or timezone.now()
    if not reference.strip():
        raise ReferenceMissing
    if paid_on > timezone.localdate(now):
        raise DayToCome
    award = locked(claim.award)
    held = locked(claim)
    if held.state == ClaimState.PAID:
        raise PaidAlready
    if held.state != ClaimState.APPROVED:
        raise NotNow
    keep_purse(award, award.purse.with_payment(held.due))
    payment = Payment.objects.create(
        organisation_id=held.organisation_id, claim=held, amount=held.due, paid_on=paid_on, reference=reference.strip(),
        at=now, by=actor,
    )  # fmt: skip
    _move(held, ClaimState.PAID, "marked a claim as paid", actor=actor, now=now)
    note = f"£{held.due:,.2f} was paid on {paid_on.day} {paid_on:%B %Y}."
    post(award, Letter.CLAIM_PAID, now=now, about=str(held), note=note)
    return payment


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


def _move(claim: Claim, state: ClaimState, verb: str, *, actor: Any, now: datetime, **fields: Any) -> Claim:
    """The one way in which a claim goes from one state to another. Call with award and claim held."""
    was, claim.state = claim.state, state
    for name, value in fields.items():
        setattr(claim, name, value)
    claim.save(update_fields=["state", *fields])
    note_event(claim.award.application, f"claim_{state}", actor=actor, now=now, words=str(claim.number))
    audit.record(actor=actor, verb=verb, thing=claim, changes={"state": [was, str(state)]}, now=now)
    return claim
