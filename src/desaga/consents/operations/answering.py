"""Answering, taking it back, and what happens on the last day."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from .. import queries
from ..models import Consent, ConsentAnswer, ConsentKey
from ..states import By, ConsentState, What, Where, in_order, settle, who_is_asked
from ..uses import Use, tell_end, tell_replaced, uses_of
from .asking import Guardian, NeedsGuardian, Shown, ask_consent, refuse_what_cannot_be_asked
from .gate import NotNow, move, note
from .mails import ANSWER, KEPT, post, say_it_has_ended, tell_editor

A_NEW_TERM = timedelta(days=2 * 365)


class AnsweredAlready(Refused):
    """You have answered already. To say something else, use the link in the e-mail that confirmed it, or answer that e-mail."""


class TickBoth(Refused):
    """Tick at least one thing that may be shown and one place, or say no."""


@transaction.atomic
def answer_consent(
    *, link: ConsentKey, name: str, what: Collection[str], where: Collection[str], now: datetime | None = None
) -> Consent:
    """What the one who holds the link says; nothing ticked at all is a no. Raises `AnsweredAlready`, `TickBoth`, `gate.NotNow`."""
    if bool(what) != bool(where):
        raise TickBoth
    return hear(consent=link.consent, by=link.by, name=name, what=what, where=where, now=now or timezone.now())


@transaction.atomic
def say_under_18(*, link: ConsentKey, guardian: Guardian, now: datetime | None = None) -> Consent:
    """Whoever is asked says that they are under 18, which whoever asked did not know: a parent or guardian is asked too, and both are needed.

    It ends when they come of age, at the latest. Raises `gate.NotNow`, `asking.NeedsGuardian`, `asking.GuardianIsAnother`.
    """
    now = now or timezone.now()
    held = locked(link.consent)
    if (
        link.by != By.PERSON
        or held.is_under_18
        or held.state != ConsentState.ASKED
        or queries.answered_by(held, By.PERSON)
    ):
        raise NotNow
    until, today = min(held.until, guardian.until), timezone.localdate(now)
    shown = Shown(name=held.name, email=held.email, guardian=guardian)
    if guardian.until <= today:
        raise NeedsGuardian
    refuse_what_cannot_be_asked(shown, held.asked_what, held.asked_where, until, today)
    told = {
        "is_under_18": True, "under_18_until": guardian.until, "until": until, "guardian_name": guardian.name.strip(),
        "guardian_email": guardian.email.strip(),
    }  # fmt: skip
    for field, value in told.items():
        setattr(held, field, value)
    held.save(update_fields=list(told))
    note(held, "said_under_18", actor=None, now=now, who=held.name)
    audit.record(actor=None, verb="said to be under 18:", thing=held, now=now)
    post(held, "ask", By.GUARDIAN, opens=ANSWER, now=now)
    return held


def hear(
    *, consent: Consent, by: str, name: str, what: Collection[str], where: Collection[str], now: datetime
) -> Consent:
    """Write one answer down and what comes of all. Call inside a transaction. Raises `AnsweredAlready`, `gate.NotNow`."""
    held = locked(consent)
    if queries.answered_by(held, by):
        raise AnsweredAlready
    if held.state != ConsentState.ASKED or held.until < timezone.localdate(now):
        raise NotNow
    ConsentAnswer.objects.create(
        organisation_id=held.organisation_id, consent=held, by=by, name=name.strip(), at=now,
        what=list(in_order(What, frozenset(what) & set(held.asked_what))),
        where=list(in_order(Where, frozenset(where) & set(held.asked_where))),
    )  # fmt: skip
    note(held, f"{by}_answered", actor=None, now=now, who=name.strip())
    settled = settle(queries.said_of(held), is_under_18=held.is_under_18)
    if settled.deed == "refuse":
        held = move(held, "refuse", actor=None, now=now, who=name.strip(), answered_at=now)
        tell_editor(held, "refused")
    elif settled.deed == "give":
        held = give(held, settled.what, settled.where, name=name.strip(), now=now)
    return held


def give(consent: Consent, what: Collection[str], where: Collection[str], *, name: str, now: datetime) -> Consent:
    held = move(consent, "give", actor=None, now=now, who=name, what=list(what), where=list(where), answered_at=now)
    for by in who_is_asked(held.is_under_18):
        post(held, "kept", by, opens=KEPT, now=now)
    if held.renews and held.renews.state == ConsentState.GIVEN:
        move(held.renews, "replace", actor=None, now=now)
    if held.renews:
        tell_replaced(held.renews, held)
    tell_editor(held, "given")
    return held


@transaction.atomic
def withdraw_consent(
    *, consent: Consent, actor: Any = None, by: str = By.PERSON, words: str = "", now: datetime | None = None
) -> tuple[Consent, list[Use]]:
    """Take it back: what can be taken down is down when this ends; answers what cannot. `actor` where an editor does it for them.

    Raises `gate.NotNow`.
    """
    now = now or timezone.now()
    uses = uses_of(consent)
    who = consent.guardian_name if by == By.GUARDIAN else consent.name
    held = move(consent, "withdraw", actor=actor, now=now, who="" if actor else who, words=words.strip())
    tell_end(held, "withdrawn")
    stays = [use for use in uses if not use.may_be_taken_down]
    for one in who_is_asked(held.is_under_18):
        say_it_has_ended(held, one)
    tell_editor(held, "withdrawn", uses=uses, stays=stays)
    return held, stays


@transaction.atomic
def expire_consent(*, consent: Consent, now: datetime | None = None) -> Consent:
    """Its last day is past: what rests on it is hidden, and the editor told. Whoever has come of age since is asked anew, alone.

    Raises `gate.NotNow`.
    """
    now = now or timezone.now()
    was_given = consent.is_given
    held = move(consent, "expire", actor=None, now=now)
    if not was_given:
        tell_editor(held, "never_answered")
        return held
    uses = uses_of(held)
    tell_end(held, "expired")
    today = timezone.localdate(now)
    is_of_age = held.is_under_18 and held.under_18_until is not None and held.under_18_until <= today
    if is_of_age and queries.renewed_by(held) is None:
        ask_of_age(held, today, now)
    tell_editor(held, "expired", uses=uses, is_of_age=is_of_age)
    return held


def ask_of_age(consent: Consent, today: date, now: datetime) -> Consent:
    """What was agreed to for them is asked of them, now that it is theirs alone to say."""
    return ask_consent(
        actor=consent.asked_by, organisation=consent.organisation, about=consent.about, renews=consent, now=now,
        shown=Shown(name=consent.name, email=consent.email, person=consent.person),
        what=consent.asked_what, where=consent.asked_where, until=today + A_NEW_TERM,
    )  # fmt: skip


@transaction.atomic
def say_it_ends_soon(*, consent: Consent, now: datetime | None = None) -> Consent:
    """Thirty days before the last day the editor is told, once."""
    now = now or timezone.now()
    held = locked(consent)
    if held.state != ConsentState.GIVEN or held.told_soon_at:
        return held
    held.told_soon_at = now
    held.save(update_fields=["told_soon_at"])
    note(held, "ends_soon", actor=None, now=now)
    audit.record(actor=None, verb="told that it ends soon", thing=held, now=now)
    tell_editor(held, "soon", uses=uses_of(held))
    return held
