"""Claims: written line by line, and sent. How they are checked and paid: `paying.py`."""

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

from ..awarding import CLAIM_WRITTEN, ClaimKind, ClaimState
from ..models import Award, Claim, ClaimLine, Receipt, ReceiptContent
from ..purse import Purse, TooMuchMoney
from ..states import ApplicationState
from .gate import NotNow, note_event

#: In these states what it cost can be claimed.
CLAIMABLE = (ApplicationState.AGREED, ApplicationState.REPORTED)
MOST_LINES = 60


class NothingToClaimYet(Refused):
    """Claims open when the agreement is signed by all, and close when the placement is finished, or some time after it was called off."""


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


class DayToCome(Refused):
    """This day is still to come. Write it down when it has happened."""


@transaction.atomic
def begin_claim(*, award: Award, kind: ClaimKind, actor: Any, now: datetime | None = None) -> Claim:
    """The claim of this kind that is being written; a new one where there is none. Raises `NothingToClaimYet`, `NoAdvance`, `AdvanceIsOpen`."""
    held = locked(award)
    if not may_claim(held, timezone.localdate(now or timezone.now())):
        raise NothingToClaimYet
    if kind == ClaimKind.ADVANCE:
        _refuse_advance(held)
    if known := Claim.objects.filter(award=held, kind=kind, state__in=CLAIM_WRITTEN).first():
        return known
    number = Claim.objects.filter(award=held).count() + 1
    return Claim.objects.create(
        organisation_id=held.organisation_id, award=held, number=number, kind=kind, begun_at=now or timezone.now()
    )


def may_claim(award: Award, today: date) -> bool:
    """Whether what it cost can be claimed: also what could not be got back of what was called off, until the day that was given."""
    if award.application.state == ApplicationState.CALLED_OFF:
        return award.claims_until is not None and today <= award.claims_until
    return award.application.state in CLAIMABLE


def _refuse_advance(award: Award) -> None:
    if award.application.state not in CLAIMABLE:
        raise NothingToClaimYet
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
    if held.state not in CLAIM_WRITTEN or not may_claim(award, timezone.localdate()):
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
    fits(held, total)
    return move_claim(held, ClaimState.SENT, "sent a claim", actor=actor, now=now, sent_at=now)


@transaction.atomic
def drop_claim(*, claim: Claim, actor: Any, now: datetime | None = None) -> Claim:
    """The technician takes back a claim on which nobody has decided. Raises `NotNow`."""
    locked(claim.award)
    held = locked(claim)
    if held.state not in (*CLAIM_WRITTEN, ClaimState.SENT):
        raise NotNow
    return move_claim(held, ClaimState.WITHDRAWN, "took back a claim", actor=actor, now=now or timezone.now())


def fits(claim: Claim, pounds: Decimal) -> Purse:
    """The purse as it will be. Raises `OverTheAward`."""
    purse = claim.award.purse
    try:
        return purse.with_advance(pounds) if claim.kind == ClaimKind.ADVANCE else purse.with_costs(pounds)
    except TooMuchMoney as much:
        raise OverTheAward(
            f"£{much.left:,.2f} is left of the award; this claim is for £{pounds:,.2f}. Change it, or ask those who run the scheme to raise the award."
        ) from None


def move_claim(
    claim: Claim, state: ClaimState, verb: str, *, actor: Any, now: datetime, event: str = "", **fields: Any
) -> Claim:
    """The one way in which a claim goes from one state to another. Call with award and claim held."""
    was, claim.state = claim.state, state
    for name, value in fields.items():
        setattr(claim, name, value)
    claim.save(update_fields=["state", *fields])
    note_event(claim.award.application, event or f"claim_{state}", actor=actor, now=now, words=str(claim.number))
    audit.record(actor=actor, verb=verb, thing=claim, changes={"state": [was, str(state)]}, now=now)
    return claim
