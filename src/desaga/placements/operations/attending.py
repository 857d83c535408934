"""The days that a host confirms, and the certificate that follows from them."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..agreeing import said_day
from ..awarding import Letter, Party
from ..dating import working_days
from ..models import Attendance, Award, AwardLetter, Certificate, Signature
from ..queries.awards import agreement_holding, parties_named
from ..states import ApplicationState
from .agreements import LinkIsOver, is_technician
from .applications import LETTERS
from .gate import note_event
from .posting import post
from .standing import refuse_partial

LINKS = (Letter.DAYS, Letter.DAYS_REMINDER)
#: In these states somebody went, or goes.
WENT = (ApplicationState.AGREED, ApplicationState.REPORTED, ApplicationState.CLOSED)
CODE_LENGTH = 12
#: The most days that are offered to be ticked.
LONGEST = timedelta(days=366)


class OwnDays(Refused):
    """Nobody confirms their own days. Sign out, and let the one who was written to open the link."""


class SayWho(Refused):
    """Give your name: it stands with the days."""


class NoDays(Refused):
    """Tick the days on which they were there. If they never came, write to whoever runs the scheme."""


class NotThoseDays(Refused):
    """One of these days is not one of the placement, or still to come."""


class NotConfirmedYet(Refused):
    """A certificate follows when the placement is over and the host has confirmed the days."""


def days_of(award: Award, until: date) -> list[date]:
    """The days that may be confirmed: all of the placement until a day, weekends too, for some work then."""
    if award.starts_on is None or award.ends_on is None:
        return []
    last = min(award.ends_on, until, award.starts_on + LONGEST)
    return [award.starts_on + timedelta(days=number) for number in range((last - award.starts_on).days + 1)]


def usual_days(award: Award) -> list[date]:
    """Those that are ticked beforehand: Monday to Friday."""
    if award.starts_on is None or award.ends_on is None:
        return []
    return working_days(award.starts_on, min(award.ends_on, award.starts_on + LONGEST))


def host_of(award: Award) -> tuple[str, str] | None:
    """Name and address of whoever confirms: who signed for the host, else whom the applicant named."""
    agreement = agreement_holding(award)
    signed = Signature.objects.filter(agreement=agreement, party=Party.HOST).first() if agreement else None
    if signed:
        return signed.name, signed.email
    named = parties_named(award.application).get(Party.HOST, {})
    return (named["name"], named["email"]) if named.get("email") else None


def ask_days(award: Award, *, now: datetime, kind: Letter = Letter.DAYS) -> AwardLetter | None:
    """Write to the host, at the address to which the last such mail went. Call inside a transaction."""
    host = host_of(award)
    last = AwardLetter.objects.filter(award=award, kind__in=LINKS).order_by("-at", "-pk").first()
    if last:
        host = (host[0] if host else "colleague", last.email)
    return post(award, kind, now=now, to=host[1], name=host[0]) if host else None


@transaction.atomic
def confirm_days(
    *,
    link: AwardLetter,
    name: str,
    days: Collection[date],
    words: str = "",
    actor: Any = None,
    now: datetime | None = None,
) -> Attendance:
    """The host says on which days the technician was there; said again, it is put right. Raises `LinkIsOver`, `OwnDays`, `SayWho`, `NoDays`, `NotThoseDays`."""
    now = now or timezone.now()
    award = locked(link.award)
    letter = locked(link)
    if letter.ended_at or letter.kind not in LINKS or award.application.state not in WENT:
        raise LinkIsOver
    if is_technician(award.application, actor):
        raise OwnDays
    return _keep_days(award, name, days, words, actor, now)


def _keep_days(
    award: Award, name: str, days: Collection[date], words: str, actor: Any, now: datetime, entered_by: Any = None
) -> Attendance:
    if not name.strip():
        raise SayWho
    if not days:
        raise NoDays
    if not set(days) <= set(days_of(award, timezone.localdate(now))):
        raise NotThoseDays
    attendance, _ = Attendance.objects.update_or_create(
        award=award,
        defaults={
            "organisation_id": award.organisation_id, "days": sorted(set(days)), "confirmed_by": name.strip()[:300],
            "confirmed_at": now, "words": words.strip()[:1000], "entered_by": entered_by,
        },
    )  # fmt: skip
    Certificate.objects.filter(award=award).delete()
    kind, verb = (
        ("days_entered", "wrote down the days of") if entered_by else ("days_confirmed", "confirmed the days of")
    )
    note_event(award.application, kind, actor=actor, now=now, who=name.strip()[:200], words=str(len(set(days))))
    audit.record(actor=actor, verb=verb, thing=award, note=name.strip()[:150], now=now)
    return attendance


@transaction.atomic
def enter_days(
    *, award: Award, name: str, days: Collection[date], words: str = "", actor: Any, now: datetime | None = None
) -> Attendance:
    """Those who run the scheme write down what the host said otherwise than on the page; `name` is who said so. Raises `NotBegun`, `YourOwn`, `NotYoursToDecide`, `SayWho`, `NoDays`, `NotThoseDays`."""
    held = locked(award)
    refuse_partial(held.application, actor)
    if held.application.state not in WENT:
        raise NotBegun
    return _keep_days(held, name, days, words, actor, now or timezone.now(), entered_by=actor)


@transaction.atomic
def certificate_for(*, award: Award, actor: Any, now: datetime | None = None) -> Certificate:
    """The certificate, made when it is first asked for. Raises `NotConfirmedYet`."""
    now = now or timezone.now()
    held = locked(award)
    if known := Certificate.objects.filter(award=held).first():
        return known
    attendance = Attendance.objects.filter(award=held).first()
    if attendance is None or held.application.state not in WENT:
        raise NotConfirmedYet
    attendance.award = held
    if not attendance.is_final:
        raise NotConfirmedYet
    code = new_code(held)
    content = {
        "code": code, "noun": held.application.definition.noun, "host_noun": held.application.definition.host_noun, "name": held.application.name, "title": held.application.title, "host": held.host,
        "when": f"{said_day(held.starts_on)} to {said_day(held.ends_on)}", "days": len(attendance.days),
        "scheme": held.application.scheme.name, "organisation": held.application.organisation.name,
    }  # fmt: skip
    audit.record(actor=actor, verb="took out the certificate of", thing=held, now=now)
    return Certificate.objects.create(
        organisation_id=held.organisation_id, award=held, code=code, content=content, made_at=now
    )


def new_code(award: Award) -> str:
    """Hard to guess, easy to read aloud."""
    while True:
        letters = "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))
        code = "-".join(letters[at : at + 4] for at in range(0, CODE_LENGTH, 4))
        if not Certificate.objects.filter(organisation=award.organisation_id, code=code).exists():
            return code


@transaction.atomic
def ask_days_now(*, award: Award, actor: Any, now: datetime | None = None) -> AwardLetter:
    """Ask the host by hand. Raises `NotBegun`, `NoHost`."""
    now = now or timezone.now()
    held = locked(award)
    if held.application.state not in WENT or held.starts_on is None or held.starts_on > timezone.localdate(now):
        raise NotBegun
    letter = ask_days(held, now=now)
    if letter is None:
        raise NoHost
    audit.record(actor=actor, verb="asked for the days of", thing=held, now=now)
    return letter


class NotBegun(Refused):
    """The placement has not begun yet."""


class NoHost(Refused):
    """Nobody is known at the host. Ask the technician whom to write to."""
