"""What a panel has in mind for an item: set, changed and taken back as often as it likes, until outcomes are told together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..answering import parts
from ..models import AgendaItem, Application, OutcomeChange, PendingOutcome, Round
from ..queries.meeting import reserves
from ..sitting import AWARDS, OutcomeKind
from ..states import ApplicationState
from .awards import refuse_sum
from .eligibility import refuse_own
from .gate import NotNow
from .meeting import NoLaterPanel, next_after, sitting
from .standing import NotYoursToDecide, refuse_conflict

__all__ = ["NotYoursToDecide", "set_outcome", "take_back_outcome"]

CENT = Decimal("0.01")


class SetMeanwhile(Refused):
    """Somebody else set an outcome meanwhile. It stands below: look at it, then set yours if you still mean it."""


class NotAPart(Refused):
    """To fund it in part, give a sum that is less than what was asked for."""


class UnderTheLeast(Refused):
    """This is less than the scheme gives in one award."""


class ChooseReasons(Refused):
    """Choose at least one reason: the applicant reads its words."""


class ChooseParts(Refused):
    """Choose at least one part that is to be changed, and say what."""


@transaction.atomic
def set_outcome(
    *,
    actor: Any,
    item: AgendaItem,
    kind: str,
    amount: Decimal | None = None,
    conditions: str = "",
    reasons: Sequence[str] = (),
    words: str = "",
    open_parts: Sequence[str] = (),
    before: AgendaItem | None = None,
    seen: datetime | None = None,
    now: datetime | None = None,
) -> PendingOutcome:
    """Keep an outcome for later; nothing of it moves anything. `before` is whom it stands before on the reserve list, last where it is None.

    `seen` is when the outcome that the actor saw was set, None where they saw none. Raises `SetMeanwhile`, `NotYoursToDecide`, `OwnApplication`,
    `NotSitting`, `NotNow` and what the kinds ask for.
    """
    now = now or timezone.now()
    held, round_ = _held(actor, item)
    known = PendingOutcome.objects.filter(item=held).first()
    if (known.set_at if known else None) != seen:
        raise SetMeanwhile
    application = held.application
    told = _told(application, round_, now, kind, amount, conditions, reasons, words, open_parts)
    outcome = known or PendingOutcome(organisation_id=held.organisation_id, item=held)
    for name, value in told.items():
        setattr(outcome, name, value)
    outcome.rank = _rank(round_, held, before) if kind == OutcomeKind.RESERVE else None
    outcome.version_number, outcome.set_at, outcome.set_by = application.version.number, now, actor
    outcome.save()
    _note(held, outcome, actor, now)
    return outcome


@transaction.atomic
def take_back_outcome(*, actor: Any, item: AgendaItem, seen: datetime | None, now: datetime | None = None) -> None:
    """Nothing is in mind for it any more. Raises `SetMeanwhile`, `NotYoursToDecide`, `NotSitting`, `NotNow`."""
    now = now or timezone.now()
    held, _ = _held(actor, item)
    known = PendingOutcome.objects.filter(item=held).first()
    if known is None or known.set_at != seen:
        raise SetMeanwhile
    known.delete()
    _note(held, None, actor, now)


def _held(actor: Any, item: AgendaItem) -> tuple[AgendaItem, Round]:
    """The item and its round, locked in the order in which a release locks them, where the actor may decide on it."""
    round_ = sitting(item.round)
    held = locked(item)
    application = held.application
    if application.state != ApplicationState.ELIGIBLE or application.round_id != round_.pk:
        raise NotNow
    refuse_own(actor, application)
    refuse_conflict(application, actor)
    return held, round_


def _told(
    application: Application,
    round_: Round,
    now: datetime,
    kind: str,
    amount: Decimal | None,
    conditions: str,
    reasons: Sequence[str],
    words: str,
    open_parts: Sequence[str],
) -> dict[str, Any]:
    """The columns of an outcome: those of its kind as they were given, all others empty."""
    if kind not in OutcomeKind.values:
        raise NotNow
    if kind in (OutcomeKind.NEXT, OutcomeKind.CHANGES) and next_after(round_, now) is None:
        raise NoLaterPanel
    is_award, may_be = kind in AWARDS, kind in (*AWARDS, OutcomeKind.RESERVE)
    return {
        "kind": kind,
        "amount": _sum(application, kind, amount) if is_award or may_be and amount else None,
        "conditions": conditions.strip() if may_be else "",
        "reasons": _reasons(application, reasons) if kind == OutcomeKind.DECLINE else [],
        "open_parts": _parts(application, open_parts, words) if kind == OutcomeKind.CHANGES else [],
        "words": words.strip(),
    }


def _sum(application: Application, kind: str, amount: Decimal | None) -> Decimal:
    asked = application.asked or Decimal(0)
    pounds = asked if kind == OutcomeKind.FULL else amount or Decimal(0)
    refuse_sum(pounds, application)
    if kind == OutcomeKind.PART and pounds >= asked:
        raise NotAPart
    if kind == OutcomeKind.RESERVE and pounds > asked:
        raise NotAPart("They asked for less. Give a sum that is no more than that, or leave it empty.")
    least = application.definition.least
    if least is not None and pounds < least:
        raise UnderTheLeast(f"This scheme gives £{least:,.2f} at least in one award.")
    return pounds.quantize(CENT)


def _reasons(application: Application, chosen: Sequence[str]) -> list[str]:
    found = [one.key for one in application.definition.decline_reasons if one.key in chosen]
    if not found:
        raise ChooseReasons
    return found


def _parts(application: Application, chosen: Sequence[str], words: str) -> list[str]:
    found = [one.key for one in parts(application.definition) if one.key in chosen]
    if not found or not words.strip():
        raise ChooseParts
    return found


def _rank(round_: Round, item: AgendaItem, before: AgendaItem | None) -> int:
    """Where it stands on the reserve list; those after it move by one."""
    others = reserves(round_).exclude(item=item)
    place = others.filter(item=before).values_list("rank", flat=True).first() if before else None
    if place is None:
        return (others.aggregate(last=Max("rank"))["last"] or 0) + 1
    others.filter(rank__gte=place).order_by().update(rank=F("rank") + 1)
    return int(place)


def _note(item: AgendaItem, outcome: PendingOutcome | None, actor: Any, now: datetime) -> None:
    told = {} if outcome is None else {
        "amount": outcome.amount and str(outcome.amount), "conditions": outcome.conditions, "reasons": outcome.reasons,
        "version": outcome.version_number, "words": outcome.words, "open_parts": outcome.open_parts, "rank": outcome.rank,
    }  # fmt: skip
    kind = outcome.kind if outcome else ""
    OutcomeChange.objects.create(
        organisation_id=item.organisation_id, item=item, at=now, by=actor, kind=kind, told=told
    )
    verb = "set a pending outcome for" if outcome else "took back the pending outcome of"
    audit.record(actor=actor, verb=verb, thing=item, now=now)
