"""An award is offered, accepted or turned down, lapses, changes; and who is next when money comes free."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..awarding import Answered, Letter, Party
from ..models import Application, Award, Budget, PlacementReport, ReservePlace, Round
from ..queries.applications import typed
from ..queries.awards import budget_of, next_reserve
from ..queries.schemes import money_of
from .agreements import OneSignsForTwo, ask_to_sign, mailbox
from .gate import NotNow, move
from .posting import end_of, post

__all__ = [
    "accept_award",
    "call_off",
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


class DayIsPast(Refused):
    """The day by which it is to be answered is past already. Choose a later one."""


class TooLate(Refused):
    """The day by which the offer was to be answered is past. Write to those who run the scheme: their address stands in your letter."""


class WhoSigns(Refused):
    """Give a name and an e-mail address for your employer and for your host: each signs the agreement by a link."""


class SayWhy(Refused):
    """Say why, so that everybody concerned can read it."""


class YourOwn(Refused):
    """Nobody decides on their own award. Ask a colleague."""


class RankIsTaken(Refused):
    """Another application stands at this place of the reserve list."""


@transaction.atomic
def offer_award(
    *,
    application: Application,
    amount: Decimal,
    accept_by: date,
    conditions: str = "",
    actor: Any,
    now: datetime | None = None,
    has_own_letter: bool = False,
) -> Award:
    """Offer an award, with the letter that says so, unless it `has_own_letter`: that of a panel's outcome. The money of the panel's year is held while it is looked at.

    Raises `NotNow`, `NoSum`, `OverTheMost`, `NotEnoughMoney`, `DayIsPast`.
    """
    now = now or timezone.now()
    refuse_sum(amount, application)
    if accept_by < timezone.localdate(now):
        raise DayIsPast
    # What stands apart was never the panel's to weigh: it comes on top, and nobody reads of which kind it is.
    amount += application.asked_apart
    refuse_over_budget(amount, application)
    held = move(application, "offer", actor=actor, now=now, words=f"£{amount:,.2f}")
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
    if not has_own_letter:
        post(award, Letter.OFFER, now=now)
    return award


def refuse_sum(amount: Decimal, application: Application) -> None:
    """`amount` is what counts against the most: without what stands apart. Raises `NoSum`, `OverTheMost`."""
    if amount <= 0 or amount != amount.quantize(Decimal("0.01")):
        raise NoSum
    most = application.definition.most
    if most is not None and amount > most:
        raise OverTheMost(f"This scheme gives £{most:,.2f} at most in one award.")


def refuse_over_budget(more: Decimal, application: Application) -> None:
    """Raises `NotEnoughMoney`. Two who award at once come one after the other."""
    budget = budget_of(application.round)
    if budget is None:
        return
    Budget.objects.select_for_update().get(pk=budget.pk)
    left = money_of(budget)["left"]
    if more > left:
        raise NotEnoughMoney(f"£{left:,.2f} is left of the money of {budget.name}.")


def refuse_own(award: Award, actor: Any) -> None:
    """Raises `YourOwn` for who works for the scheme and was awarded by it."""
    if actor is not None and actor.person_id is not None and actor.person_id == award.application.applicant_id:
        raise YourOwn


@transaction.atomic
def put_on_reserve(*, application: Application, rank: int, actor: Any, now: datetime | None = None) -> ReservePlace:
    """Put it on the reserve list of its panel. Raises `NotNow`, `RankIsTaken`."""
    held = move(application, "reserve", actor=actor, now=now or timezone.now())
    round_ = held.round
    assert round_ is not None, "What a panel decided on was heard by one."
    try:
        with transaction.atomic():
            return ReservePlace.objects.create(
                organisation_id=held.organisation_id, application=held, round=round_, rank=rank
            )
    except IntegrityError:
        raise RankIsTaken from None


@transaction.atomic
def offer_next(
    *, round_: Round, seen: int, accept_by: date, actor: Any, conditions: str = "", now: datetime | None = None
) -> Award:
    """Offer to the first on the reserve list that fits into the money; `seen` is the application that stood there when it was pressed. Raises `NotNow` and what `offer_award` raises."""
    place = next_reserve(round_)
    if place is None or place.application_id != seen:
        raise NotNow
    asked = place.application.asked
    assert asked is not None, "What is on the reserve list was sent, and says how much it asks for."
    return offer_award(
        application=place.application, amount=asked, accept_by=accept_by, conditions=conditions, actor=actor, now=now
    )


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
    if len({mailbox(email) for _, email in found.values()}) < len(found):
        raise OneSignsForTwo
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


def _answered(award: Award, answer: Answered, now: datetime) -> Award:
    award.answered, award.answered_at = answer, now
    award.save(update_fields=["answered", "answered_at"])
    return award


@transaction.atomic
def call_off(*, award: Award, because: str, actor: Any, now: datetime | None = None) -> Award:
    """The placement does not take place. What was paid stays paid; the rest is free. Raises `NotNow`, `SayWhy`."""
    now = now or timezone.now()
    if not because.strip():
        raise SayWhy
    held = locked(award)
    held.application = move(held.application, "call_off", actor=actor, now=now, words=because.strip())
    end_of(held, now=now)
    return held
