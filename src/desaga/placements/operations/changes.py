"""Days, host or sum are to be others than was agreed: asked for, decided on by those who run the scheme, then signed anew by all."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..awarding import ChangeState, Letter, Party
from ..changed import as_kept, in_a_line
from ..models import Award, AwardChange, Signature
from ..purse import TooMuchMoney
from ..queries.awards import agreement_holding, agreement_waiting
from ..states import TRANSITIONS, ApplicationState
from .agreements import apply_change, ask_to_sign, drop_waiting, refuse_two_at_one
from .awards import SayWhy, call_off, refuse_over_budget, refuse_sum
from .gate import NotNow, note_event
from .posting import post, report_due_of
from .standing import refuse_partial

#: An award can be changed from the day on which it is accepted until the placement is finished.
CHANGEABLE = (ApplicationState.ACCEPTED, ApplicationState.AGREED, ApplicationState.REPORTED)


class NothingChanges(Refused):
    """Say what is to be another: a day, the host or the sum."""


class DaysTheWrongWay(Refused):
    """The last day is before the first."""


class ChangeIsAsked(Refused):
    """Another change waits to be decided on. Wait for that, or have it decided on first."""


class LessThanApproved(Refused):
    """More than that is approved or paid already."""


class WhoSignsThere(Refused):
    """With another host, give the name and the e-mail address of who signs there."""


class DaysAreReported(Refused):
    """The report is in: days and host stay as they were."""


@transaction.atomic
def ask_change(
    *,
    award: Award,
    because: str,
    actor: Any,
    starts_on: date | None = None,
    ends_on: date | None = None,
    host: str = "",
    host_name: str = "",
    host_email: str = "",
    amount: Decimal | None = None,
    tells: bool = True,
    now: datetime | None = None,
) -> AwardChange:
    """Ask for a change; `tells` those who signed and those who run the scheme. Nothing is another until it is approved and signed.

    With another host, `host_name` and `host_email` say who signs there. Raises `WhoSignsThere`, `OneSignsForTwo`, `NotNow`, `NothingChanges`, `SayWhy`, `DaysTheWrongWay`, `ChangeIsAsked`, `DaysAreReported`.
    """
    now = now or timezone.now()
    held = locked(award)
    if held.application.state not in CHANGEABLE:
        raise NotNow
    if not because.strip():
        raise SayWhy
    told: dict[str, Any] = {"starts_on": starts_on, "ends_on": ends_on, "host": host.strip(), "amount": amount}
    told = {name: value for name, value in told.items() if value and value != getattr(held, name)}
    _refuse_unfit(held, told)
    was = as_kept({name: getattr(held, name) for name in told}, report_due_of(held))
    if "host" in told:
        told |= _signs_there(held, host_name.strip(), host_email.strip())
    change = _ask(held, because.strip(), actor, now, was=was, **told)
    if tells:
        _tell_asked(held, change, now)
    return change


def _signs_there(award: Award, name: str, email: str) -> dict[str, str]:
    """Who signs for the new host. Raises `WhoSignsThere`, `OneSignsForTwo`."""
    if not award.application.definition.needs_agreement:
        return {}
    if not name or not email:
        raise WhoSignsThere
    emails = {party: address for party, (_, address) in _signers(award).items()}
    refuse_two_at_one(award.application, {**emails, Party.HOST: email})
    return {"host_name": name, "host_email": email}


def _tell_asked(award: Award, change: AwardChange, now: datetime) -> None:
    """To employer and host as they signed; and where the scheme has an address, that there is one to decide on."""
    told = {
        "note": in_a_line(change, award.application.definition.nouns),
        "extra": change.because,
        "about": f"change {change.pk}",
    }
    for party, (name, email) in _signers(award).items():
        if party != Party.TECHNICIAN:
            post(award, Letter.CHANGE_ASKED, now=now, to=email, name=name, **told)
    scheme = award.application.scheme
    if scheme.contact:
        post(
            award, Letter.CHANGE_ASKED, now=now, to=scheme.contact, name=scheme.name, staff_url=_page_of(award), about=told["about"]
        )  # fmt: skip


def _page_of(award: Award) -> str:
    """The page of those who run the scheme: whoever may not read of the award finds nothing there."""
    application = award.application
    args = [application.organisation.slug, application.scheme.slug, application.reference]
    return f"{settings.SITE_ADDRESS}{reverse('placements:show_award', args=args)}"


@transaction.atomic
def ask_call_off(*, award: Award, because: str, actor: Any, now: datetime | None = None) -> AwardChange:
    """The technician cannot go, and asks that it is called off; those who run the scheme do so, or write back. Raises `NotNow`, `SayWhy`, `ChangeIsAsked`."""
    now = now or timezone.now()
    held = locked(award)
    if held.application.state not in TRANSITIONS["call_off"].sources:
        raise NotNow
    if not because.strip():
        raise SayWhy
    return _ask(held, because.strip(), actor, now, calls_off=True)


def _ask(award: Award, because: str, actor: Any, now: datetime, **told: Any) -> AwardChange:
    try:
        with transaction.atomic():
            change = AwardChange.objects.create(
                organisation_id=award.organisation_id, award=award, because=because, asked_at=now, asked_by=actor, **told
            )  # fmt: skip
    except IntegrityError:
        raise ChangeIsAsked from None
    words = ". ".join(filter(None, (in_a_line(change, award.application.definition.nouns), because)))
    note_event(award.application, "change_asked", actor=actor, now=now, words=words)
    audit.record(actor=actor, verb="asked for a change of", thing=award, note=because, now=now)
    return change


def _refuse_unfit(award: Award, told: dict[str, Any]) -> None:
    if not told:
        raise NothingChanges
    if award.application.state == ApplicationState.REPORTED and set(told) - {"amount"}:
        raise DaysAreReported
    starts, ends = told.get("starts_on", award.starts_on), told.get("ends_on", award.ends_on)
    if starts and ends and starts > ends:
        raise DaysTheWrongWay
    if "amount" in told:
        apart = award.application.asked_apart
        refuse_sum(told["amount"] - apart if told["amount"] > apart else told["amount"], award.application)


@transaction.atomic
def approve_change(*, change: AwardChange, actor: Any, now: datetime | None = None) -> AwardChange:
    """Approve it: the three are asked to sign the new text, and until they have, the former one holds. Without an agreement it is so at once.

    Raises `NotNow`, `YourOwn`, `NotYoursToDecide`, `NotEnoughMoney`, `LessThanApproved`.
    """
    now = now or timezone.now()
    award, held = _asked(change)
    refuse_partial(award.application, actor)
    if held.calls_off:
        call_off(award=award, because=held.because, actor=actor, now=now)
        return locked(held)
    if held.amount:
        _keep_money(award, held.amount)
    held = _decided(held, ChangeState.APPROVED, actor, now)
    signers, nouns = _signers(award), award.application.definition.nouns
    if signers and held.host_email:
        signers[Party.HOST] = (held.host_name, held.host_email)
    if not signers:
        apply_change(award, held)
    elif agreement_holding(award) is None:
        # Nothing holds yet: what waits for its first signatures says the new from now on.
        apply_change(award, held)
        ask_to_sign(award, signers, now=now)
    else:
        ask_to_sign(award, signers, now=now, change=held)
    post(
        award,
        Letter.CHANGE_DECIDED,
        now=now,
        about=str(held.pk),
        note="approved",
        extra=f"\n\n{in_a_line(held, nouns).capitalize()}.{_signs_anew(bool(signers), nouns.host_noun)}",
    )
    return held


def _signs_anew(signs: bool, host_noun: str) -> str:
    return f" You, your employer and your {host_noun} are asked to sign the new agreement." if signs else ""


def _keep_money(award: Award, amount: Decimal) -> None:
    """More money is kept for it from now on, also while signatures are missing."""
    try:
        award.purse.with_amount(amount)
    except TooMuchMoney as much:
        raise LessThanApproved(f"£{much.left:,.2f} is approved or paid already.") from None
    if amount > award.amount:
        refuse_over_budget(amount - award.amount, award.application)
        award.promised = amount
        award.save(update_fields=["promised"])


def _signers(award: Award) -> dict[str, tuple[str, str]]:
    """Who signed last, or is asked to."""
    known = agreement_waiting(award) or agreement_holding(award)
    rows = Signature.objects.filter(agreement=known) if known else Signature.objects.none()
    return {one.party: (one.name, one.email) for one in rows}


@transaction.atomic
def decline_change(*, change: AwardChange, words: str, actor: Any, now: datetime | None = None) -> AwardChange:
    """All stays as it was agreed. Raises `NotNow`, `SayWhy`."""
    now = now or timezone.now()
    if not words.strip():
        raise SayWhy
    award, held = _asked(change)
    held = _decided(held, ChangeState.DECLINED, actor, now, words)
    post(award, Letter.CHANGE_DECIDED, now=now, about=str(held.pk), note="not approved", extra=f"\n\n{words.strip()}")
    return held


@transaction.atomic
def take_change_back(*, award: Award, actor: Any, now: datetime | None = None) -> None:
    """An approved change that not all have signed is dropped: what was signed before holds. Raises `NotNow`."""
    now = now or timezone.now()
    held = locked(award)
    waiting = agreement_waiting(held)
    if waiting is None or waiting.change is None:
        raise NotNow
    drop_waiting(held, now=now)
    held.promised = None
    held.save(update_fields=["promised"])
    _decided(locked(waiting.change), ChangeState.DECLINED, actor, now, "Not signed by all, and dropped.")


def _asked(change: AwardChange) -> tuple[Award, AwardChange]:
    award = locked(change.award)
    held = locked(change)
    held.award = award
    if held.state != ChangeState.ASKED or award.application.state not in CHANGEABLE:
        raise NotNow
    return award, held


def _decided(change: AwardChange, state: ChangeState, actor: Any, now: datetime, words: str = "") -> AwardChange:
    change.state, change.decided_at, change.decided_by, change.words = state, now, actor, words.strip()
    change.save(update_fields=["state", "decided_at", "decided_by", "words"])
    said = words.strip() or (
        in_a_line(change, change.award.application.definition.nouns) if state == ChangeState.APPROVED else ""
    )
    note_event(change.award.application, f"change_{state}", actor=actor, now=now, words=said)
    audit.record(actor=actor, verb="decided on a change of", thing=change.award, note=str(state), now=now)
    return change


@transaction.atomic
def change_award(*, award: Award, actor: Any, now: datetime | None = None, **told: Any) -> AwardChange:
    """Those who run the scheme change it themselves: asked for and approved at once. Raises what `ask_change` and `approve_change` raise."""
    return approve_change(
        change=ask_change(award=award, actor=actor, now=now, tells=False, **told), actor=actor, now=now
    )
