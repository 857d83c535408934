"""An award is offered, accepted or turned down, lapses, changes; and who is next when money comes free."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..agreeing import said_day
from ..awarding import Answered, ChangeState, Letter, Party
from ..models import Application, Award, AwardChange, Budget, PlacementReport, ReservePlace, Round
from ..queries.applications import typed
from ..queries.awards import agreement_holding, agreement_waiting, budget_of, next_reserve
from ..queries.schemes import money_of
from ..states import ApplicationState
from .agreements import OneSignsForTwo, ask_to_sign, refuse_two_at_one
from .gate import NotNow, move, note_event
from .posting import end_of, post
from .standing import YourOwn, refuse_partial

__all__ = [
    "OneSignsForTwo",
    "YourOwn",
    "accept_award",
    "call_off",
    "extend_offer",
    "lapse_award",
    "next_reserve",
    "offer_award",
    "offer_next",
    "put_on_reserve",
    "turn_down",
]
from .telling_employers import tell_employer


class NoSum(Refused):
    """An award is some money, in pounds and pence."""


class OverTheMost(Refused):
    """This is more than the scheme gives in one award."""


class NotEnoughMoney(Refused):
    """This is more than is left of the year’s money."""


class MoreThanReserved(Refused):
    """This is more than the panel would award."""


class DayIsPast(Refused):
    """The day by which it is to be answered is past already. Choose a later one."""


class TooLate(Refused):
    """The day by which the offer was to be answered is past. Write to those who run the scheme: their address stands in your letter."""


class WhoSigns(Refused):
    """Give a name and an e-mail address for your employer and for your host: each signs the agreement by a link."""


class SayWhy(Refused):
    """Say why, so that everybody concerned can read it."""


class RankIsTaken(Refused):
    """Another application stands at this place of the reserve list."""


@transaction.atomic
def offer_award(
    *,
    application: Application,
    amount: Decimal,
    accept_by: date,
    conditions: str = "",
    because: str = "",
    actor: Any,
    now: datetime | None = None,
    is_of_panel: bool = False,
) -> Award:
    """Offer an award, with the letter that says so. The money of the panel's year is held while it is looked at.

    `is_of_panel`: it is one of all that a panel tells together. Their letters are another's to write, and `hold_money` held the money before all of them were added up.
    Raises `NotNow`, `YourOwn`, `NotYoursToDecide`, `NoSum`, `OverTheMost`, `NotEnoughMoney`, `DayIsPast`.
    """
    now = now or timezone.now()
    # What a panel tells together may hold items that whoever tells them does not hear: somebody else has looked at those (`releasing`).
    if not is_of_panel:
        refuse_partial(application, actor)
    refuse_sum(amount, application)
    if accept_by < timezone.localdate(now):
        raise DayIsPast
    # What stands apart was never the panel's to weigh: it comes on top, and nobody reads of which kind it is.
    amount += application.asked_apart
    if not is_of_panel:
        refuse_over_budget(amount, application)
    held = move(application, "offer", actor=actor, now=now, words=f"£{amount:,.2f}. {because}".rstrip(". "))
    answers = typed(held)
    award = Award.objects.create(
        organisation_id=held.organisation_id,
        application=held,
        amount=amount,
        accept_by=accept_by,
        conditions=conditions.strip(),
        offered_at=now,
        offered_by=actor,
        starts_on=held.starts_on,
        ends_on=held.ends_on,
        host=held.host,
        session_promised=answers.get("session_promised") == "yes",
    )
    if not is_of_panel:
        post(award, Letter.OFFER, now=now, extra=f"\n\n{because}" if because else "")
    return award


def refuse_sum(amount: Decimal, application: Application) -> None:
    """`amount` is what counts against the most: without what stands apart. Raises `NoSum`, `OverTheMost`."""
    if amount <= 0 or amount != amount.quantize(Decimal("0.01")):
        raise NoSum
    most = application.definition.most
    if most is not None and amount > most:
        raise OverTheMost(f"This scheme gives £{most:,.2f} at most in one award.")


def refuse_over_budget(more: Decimal, application: Application) -> None:
    """Raises `NotEnoughMoney`."""
    budget = hold_money(application.round)
    if budget is None:
        return
    left = money_of(budget)["left"]
    if more > left:
        raise NotEnoughMoney(f"£{left:,.2f} is left of the money of {budget.name}.")


def hold_money(round_: Round | None) -> Budget | None:
    """The money of which a panel awards, held until the transaction ends: two who award at once come one after the other."""
    budget = budget_of(round_)
    return Budget.objects.select_for_update().get(pk=budget.pk) if budget else None


@transaction.atomic
def put_on_reserve(
    *,
    application: Application,
    rank: int,
    actor: Any,
    amount: Decimal | None = None,
    conditions: str = "",
    now: datetime | None = None,
) -> ReservePlace:
    """Put it on the reserve list of its panel, for all that was asked for or a part of it. Raises `NotNow`, `RankIsTaken`."""
    held = move(application, "reserve", actor=actor, now=now or timezone.now())
    round_ = held.round
    assert round_ is not None, "What a panel decided on was heard by one."
    try:
        with transaction.atomic():
            return ReservePlace.objects.create(
                organisation_id=held.organisation_id, application=held, round=round_, rank=rank, amount=amount,
                conditions=conditions,
            )  # fmt: skip
    except IntegrityError:
        raise RankIsTaken from None


@transaction.atomic
def offer_next(
    *,
    round_: Round,
    seen: int,
    accept_by: date,
    actor: Any,
    amount: Decimal | None = None,
    because: str = "",
    conditions: str | None = None,
    now: datetime | None = None,
) -> Award:
    """Offer to the first on the reserve list that fits into the money what the panel would award, or less with the reason; `seen` is the application that stood there when it was pressed.

    Without `conditions` those of the panel hold. Raises `NotNow`, `MoreThanReserved`, `SayWhy` and what `offer_award` raises.
    """
    place = next_reserve(round_)
    if place is None or place.application_id != seen:
        raise NotNow
    amount = place.sum if amount is None else amount
    if amount > place.sum:
        raise MoreThanReserved(f"The panel would award £{place.sum:,.2f}: no more can be offered.")
    if amount < place.sum and not because.strip():
        raise SayWhy(f"The panel would award £{place.sum:,.2f}. Say why it is less.")
    return offer_award(
        application=place.application, amount=amount, accept_by=accept_by, actor=actor, now=now,
        conditions=place.conditions if conditions is None else conditions, because=because.strip(),
    )  # fmt: skip


@transaction.atomic
def accept_award(
    *, award: Award, parties: Mapping[str, Mapping[str, str]], actor: Any, now: datetime | None = None
) -> Award:
    """The applicant takes it. With an agreement, the three are asked to sign; without, it is agreed. Raises `NotNow`, `TooLate`, `WhoSigns`, `OneSignsForTwo`."""
    now = now or timezone.now()
    held = locked(award)
    if held.accept_by < timezone.localdate(now):
        raise TooLate
    needs = held.application.definition.needs_agreement
    signers = signers_of(held.application, parties) if needs else {}
    application = move(held.application, "accept", actor=actor, now=now)
    held.application = application
    tell_employer(application, "award")
    held = _answered(held, Answered.ACCEPTED, now)
    PlacementReport.objects.get_or_create(
        award=held, defaults={"organisation_id": held.organisation_id, "due_on": held.report_due_on}
    )
    if needs:
        ask_to_sign(held, signers, now=now)
    else:
        held.application = move(application, "agree", actor=actor, now=now)
    return held


def signers_of(application: Application, parties: Mapping[str, Mapping[str, str]]) -> dict[str, tuple[str, str]]:
    """Name and address of each who signs. Raises `WhoSigns`, `OneSignsForTwo`."""
    told = {Party.TECHNICIAN: {"name": application.name, "email": application.email}, **parties}
    found = {
        str(party): (told.get(party, {}).get("name", "").strip(), told.get(party, {}).get("email", "").strip())
        for party in Party
    }
    if not all(name and email for name, email in found.values()):
        raise WhoSigns
    refuse_two_at_one(application, {party: email for party, (_, email) in found.items()})
    return found


@transaction.atomic
def turn_down(*, award: Award, actor: Any, words: str = "", now: datetime | None = None) -> Award:
    """The applicant does not take it: the money is free for others. Raises `NotNow`."""
    now = now or timezone.now()
    held = locked(award)
    held.application = move(held.application, "turn_down", actor=actor, now=now, words=words.strip()[:1000])
    return _answered(held, Answered.TURNED_DOWN, now)


@transaction.atomic
def lapse_award(*, award: Award, now: datetime | None = None) -> bool:
    """An offer that nobody answered ends after its day; twice is once. Answers whether it did."""
    now = now or timezone.now()
    held = locked(award)
    if held.answered or held.accept_by >= timezone.localdate(now):
        return False
    held.application = move(held.application, "lapse", actor=None, now=now)
    _answered(held, Answered.LAPSED, now)
    post(held, Letter.LAPSED, now=now)
    return True


@transaction.atomic
def extend_offer(*, award: Award, accept_by: date, actor: Any, words: str = "", now: datetime | None = None) -> Award:
    """Another day by which it is to be answered; what lapsed or was turned down is offered again, while the money is there. What was answered before stays in the history.

    Raises `NotNow`, `DayIsPast`, `YourOwn`, `NotYoursToDecide`, `NotEnoughMoney`.
    """
    now = now or timezone.now()
    held = locked(award)
    refuse_partial(held.application, actor)
    if accept_by < timezone.localdate(now):
        raise DayIsPast
    if held.application.state == ApplicationState.OFFERED:
        note_event(
            held.application, "offer_extended", actor=actor, now=now, words=f"{said_day(accept_by)}. {words}".strip()
        )
        audit.record(actor=actor, verb="gave more time to answer", thing=held, note=said_day(accept_by), now=now)
    else:
        if held.application.state != ApplicationState.TURNED_DOWN:
            raise NotNow
        refuse_over_budget(held.amount, held.application)
        held.application = move(held.application, "offer_again", actor=actor, now=now, words=words.strip())
    held.accept_by, held.answered, held.answered_at = accept_by, "", None
    held.save(update_fields=["accept_by", "answered", "answered_at"])
    post(held, Letter.OFFER_AGAIN, now=now, extra=f"\n\n{words.strip()}" if words.strip() else "")
    return held


def _answered(award: Award, answer: Answered, now: datetime) -> Award:
    award.answered, award.answered_at = answer, now
    award.save(update_fields=["answered", "answered_at"])
    return award


@transaction.atomic
def call_off(
    *, award: Award, because: str, actor: Any, claims_until: date | None = None, now: datetime | None = None
) -> Award:
    """It does not take place, and whoever signed has a letter. What was approved is paid; what could not be got back may be claimed until a day; the rest is free.

    Raises `NotNow`, `SayWhy`, `DayIsPast`.
    """
    now, because = now or timezone.now(), because.strip()
    if not because:
        raise SayWhy
    if claims_until and claims_until < timezone.localdate(now):
        raise DayIsPast("The last day for claims is past already. Choose a later one.")
    held = locked(award)
    held.application = move(held.application, "call_off", actor=actor, now=now, words=because)
    held.claims_until, held.promised = claims_until, None
    held.save(update_fields=["claims_until", "promised"])
    end_of(held, now=now)
    for change in AwardChange.objects.filter(award=held, state=ChangeState.ASKED):
        state = ChangeState.APPROVED if change.calls_off else ChangeState.DECLINED
        words = "" if change.calls_off else "It is called off."
        AwardChange.objects.filter(pk=change.pk).update(state=state, decided_at=now, decided_by=actor, words=words)
    _tell_called_off(held, because, now)
    return held


def _tell_called_off(award: Award, because: str, now: datetime) -> None:
    """To whoever signed or was asked to, and to the technician whatever they signed."""
    application, until = award.application, award.claims_until
    agreement = agreement_waiting(award) or agreement_holding(award)
    signers = list(agreement.signatures.exclude(party=Party.TECHNICIAN)) if agreement else []
    for one in signers:
        post(award, Letter.CALLED_OFF, now=now, to=one.email, name=one.name, about=str(one.pk), note=because)
    extra = f" What you could not get back can be claimed until {said_day(until)}." if until else ""
    if award.purse.outstanding:
        extra += f" £{award.purse.outstanding:,.2f} was paid in advance and is not accounted for: write to us how it comes back."
    post(award, Letter.CALLED_OFF, now=now, to=application.email, note=because, extra=extra)
