"""Asking for consent, again where it ends, and the words by which it is asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation, Person
from desaga.organisations.operations.rows import add_row, locked
from desaga.organisations.refusals import Refused

from .. import queries
from ..models import Consent, Wording
from ..states import By, ConsentState, What, Where, in_order, who_is_asked
from ..wording import SHIPPED, digest_of, in_the_name_of
from .gate import NotNow, note
from .mails import ANSWER, post

LONGEST = timedelta(days=5 * 366)


class NothingAsked(Refused):
    """Say what is to be shown, and where."""


class EndsAtNoGoodDay(Refused):
    """Say until when: a day to come, at most five years from now."""


class NeedsGuardian(Refused):
    """Whoever is under 18 needs a parent or guardian who agrees too. Give their name and e-mail, and the month in which they come of age."""


class GuardianIsAnother(Refused):
    """The parent or guardian answers for themselves: give another e-mail than the young person’s."""


class EndsAfterTheyComeOfAge(Refused):
    """They come of age before that day, and then answer for themselves. Choose a day before, or the first of the month after their birthday."""


class SaysNothing(Refused):
    """Write the words by which you ask."""


@dataclass(frozen=True, kw_only=True)
class Guardian:
    """Who answers beside somebody under 18; `until` is the first of the month after they come of age. No birth date is kept."""

    name: str
    email: str
    until: date


@dataclass(frozen=True, kw_only=True)
class Shown:
    """Who is shown: a person whom the organisation knows, or a name and an address; with a guardian where they are under 18."""

    name: str
    email: str
    person: Person | None = None
    guardian: Guardian | None = None


@transaction.atomic
def ask_consent(
    *,
    actor: Any,
    organisation: Organisation,
    shown: Shown,
    about: str,
    what: Collection[str],
    where: Collection[str],
    until: date,
    renews: Consent | None = None,
    now: datetime | None = None,
) -> Consent:
    """Ask somebody by e-mail, and their guardian where they are under 18. Raises the refusals above, `mails.WroteEnough`."""
    consent = begin_consent(
        actor=actor, organisation=organisation, shown=shown, about=about, what=what, where=where, until=until, renews=renews, now=now
    )  # fmt: skip
    for by in who_is_asked(consent.is_under_18):
        post(consent, "ask", by, opens=ANSWER, now=consent.asked_at)
    return consent


@transaction.atomic
def begin_consent(
    *,
    actor: Any,
    organisation: Organisation,
    shown: Shown,
    about: str,
    what: Collection[str],
    where: Collection[str],
    until: date,
    renews: Consent | None = None,
    asked_by: Any = None,
    now: datetime | None = None,
) -> Consent:
    """The same without a mail, where whoever asks has one of their own, such as the page of a call; `asked_by` is told what becomes of it.

    Raises the refusals above.
    """
    now = now or timezone.now()
    what, where = in_order(What, frozenset(what)), in_order(Where, frozenset(where))
    refuse_what_cannot_be_asked(shown, what, where, until, timezone.localdate(now))
    wording, guardian = wording_to_ask_by(organisation, now=now), shown.guardian
    consent = Consent.objects.create(
        organisation=organisation, person=shown.person, name=shown.name.strip(), email=shown.email.strip(), about=about.strip(),
        asked_what=list(what), asked_where=list(where), until=until, wording=wording, wording_digest=wording.digest,
        is_under_18=guardian is not None, under_18_until=guardian.until if guardian else None,
        guardian_name=guardian.name.strip() if guardian else "", guardian_email=guardian.email.strip() if guardian else "",
        asked_by=asked_by or actor, asked_at=now, renews=renews,
    )  # fmt: skip
    note(consent, "asked", actor=actor, now=now)
    audit.record(actor=actor, verb="asked for consent", thing=consent, now=now)
    return consent


def refuse_what_cannot_be_asked(
    shown: Shown, what: Collection[str], where: Collection[str], until: date, today: date
) -> None:
    """Raises `NothingAsked`, `EndsAtNoGoodDay`, `NeedsGuardian`, `GuardianIsAnother`, `EndsAfterTheyComeOfAge`."""
    if not (what and where):
        raise NothingAsked
    if not today < until <= today + LONGEST:
        raise EndsAtNoGoodDay
    guardian = shown.guardian
    if guardian is None:
        return
    if not guardian.name.strip() or not guardian.email.strip() or guardian.until <= today:
        raise NeedsGuardian
    if guardian.email.strip().casefold() == shown.email.strip().casefold():
        raise GuardianIsAnother
    if until > guardian.until:
        raise EndsAfterTheyComeOfAge


@transaction.atomic
def ask_again(*, actor: Any, consent: Consent, now: datetime | None = None) -> Consent:
    """Write once more to whoever has not answered. Raises `gate.NotNow`, `mails.WroteEnough`."""
    now = now or timezone.now()
    held = locked(consent)
    if held.state != ConsentState.ASKED:
        raise NotNow
    waiting = queries.who_waits(held)
    for by in waiting:
        post(held, "ask", by, opens=ANSWER, now=now)
    note(held, "asked_again", actor=actor, now=now, words=", ".join(str(By(by).label) for by in waiting))
    audit.record(actor=actor, verb="asked again for", thing=held, now=now)
    return held


@transaction.atomic
def renew_consent(*, actor: Any, consent: Consent, until: date, now: datetime | None = None) -> Consent:
    """Ask again for what was given, until a later day. The former holds until its own day, or until the new one is given.

    Whoever was under 18 and is not any more is asked alone. Raises `gate.NotNow`, and what `ask_consent` raises.
    """
    now = now or timezone.now()
    held = locked(consent)
    if held.state not in (ConsentState.GIVEN, ConsentState.EXPIRED) or queries.renewed_by(held):
        raise NotNow
    guardian = None
    if held.under_18_until and held.under_18_until > timezone.localdate(now):
        guardian = Guardian(name=held.guardian_name, email=held.guardian_email, until=held.under_18_until)
    shown = Shown(name=held.name, email=held.email, person=held.person, guardian=guardian)
    new = ask_consent(
        actor=actor, organisation=held.organisation, shown=shown, about=held.about, what=held.asked_what, where=held.asked_where,
        until=until, renews=held, now=now,
    )  # fmt: skip
    note(held, "renewal_asked", actor=actor, now=now)
    return new


def wording_to_ask_by(organisation: Organisation, *, now: datetime) -> Wording:
    """The organisation's last words; where it wrote none of its own, those that are shipped today, as a version of their own when they are other words."""
    known = queries.last_wording()
    text = wording_shown(organisation)
    if known and known.text == text:
        return known
    number = known.number + 1 if known else 1
    return Wording.objects.create(
        organisation=organisation, number=number, text=text, digest=digest_of(text), made_at=now
    )


def wording_shown(organisation: Organisation) -> str:
    """The words by which somebody would be asked now, to be read before."""
    known = queries.last_wording()
    # Whoever wrote words stands with them; the shipped ones nobody wrote.
    return known.text if known and known.made_by_id else in_the_name_of(SHIPPED, organisation.name)


@transaction.atomic
def write_wording(*, actor: Any, organisation: Organisation, text: str, now: datetime | None = None) -> Wording:
    """The next words to ask by; who was asked before was asked by the former. The same words again are the same. Raises `SaysNothing`."""
    now, text = now or timezone.now(), text.strip().replace("\r\n", "\n")
    if not text:
        raise SaysNothing
    locked(organisation)
    last = wording_to_ask_by(organisation, now=now)
    if last.digest == digest_of(text):
        return last
    return add_row(
        Wording, actor=actor, verb="wrote", organisation=organisation, number=last.number + 1, text=text,
        digest=digest_of(text), made_at=now, made_by=actor,
    )  # fmt: skip
