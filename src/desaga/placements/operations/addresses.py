"""A letter about an award did not arrive: another address is given, and what is still of use is sent there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..approving import is_one_of
from ..awarding import Letter
from ..models import Application, Award, AwardLetter, Signature
from ..queries.asking import addresses_of
from ..queries.awards import signature_of
from .agreements import OneSignsForTwo, send_again, send_link
from .attending import LINKS as DAYS_LINKS
from .attending import host_of
from .gate import NotNow, note_event
from .outcomes import LINKS as OUTCOME_LINKS
from .outcomes import ask_again
from .posting import post
from .standing import refuse_partial

SIGN_LINKS = (Letter.SIGN, Letter.SIGN_REMINDER)


class NotLost(Refused):
    """This letter arrived, or another took its place."""


@transaction.atomic
def mend_address(*, letter: AwardLetter, email: str, actor: Any, now: datetime | None = None) -> None:
    """Write to another address. Where it is the technician's, all letters of the application go there from now on.

    Raises `NotLost`, `YourOwn`, `NotYoursToDecide`, `OneSignsForTwo`, `SignedAlready`, `NotNow`.
    """
    now, email = now or timezone.now(), email.strip()
    award = locked(letter.award)
    held = locked(letter)
    held.award = award
    refuse_partial(award.application, actor)
    if held.lost_at is None or held.ended_at is not None:
        raise NotLost
    signature = signature_of(held) if held.kind in (*SIGN_LINKS, Letter.SIGNED, Letter.CALLED_OFF) else None
    is_theirs = held.email.casefold() == award.application.email.casefold()
    AwardLetter.objects.filter(pk=held.pk).update(ended_at=now)
    if is_theirs:
        _write_to_technician(held, signature, email, actor, now)
    else:
        _write_to_another(held, signature, email, actor, now)
    note_event(award.application, "address_mended", actor=actor, now=now, words=email, for_applicant=is_theirs)
    audit.record(actor=actor, verb="gave another address for letters about", thing=award, now=now)


def _write_to_technician(
    letter: AwardLetter, signature: Signature | None, email: str, actor: Any, now: datetime
) -> None:
    award, application = letter.award, letter.award.application
    Application.objects.filter(pk=application.pk).update(email=email)
    application.email = email
    lost = AwardLetter.objects.filter(award=award, email__iexact=letter.email, ended_at=None).exclude(lost_at=None)
    kinds = sorted({letter.get_kind_display(), *(one.get_kind_display() for one in lost)})
    lost.exclude(kind__in=OUTCOME_LINKS).update(ended_at=now)
    if signature and not signature.signed_at and letter.kind in SIGN_LINKS:
        send_again(signature=signature, actor=actor, email=email, now=now)
    elif letter.kind in OUTCOME_LINKS:
        ask_again(award=award, key=letter.about, now=now)
    else:
        post(award, Letter.AGAIN, now=now, note=", ".join(kinds).lower())


def _write_to_another(letter: AwardLetter, signature: Signature | None, email: str, actor: Any, now: datetime) -> None:
    award = letter.award
    if is_one_of(email, addresses_of(award.application)):
        raise OneSignsForTwo
    if letter.kind in DAYS_LINKS:
        host = host_of(award)
        post(award, Letter.DAYS, now=now, to=email, name=host[0] if host else "colleague")
    elif signature is None:
        raise NotNow
    elif letter.kind in SIGN_LINKS:
        send_again(signature=signature, actor=actor, email=email, now=now)
    elif letter.kind == Letter.SIGNED:
        Signature.objects.filter(pk=signature.pk).update(email=email)
        signature.email = email
        send_link(award, signature, Letter.SIGNED, now=now)
    else:
        told = {"to": email, "name": signature.name, "about": letter.about, "note": _why_called_off(award)}
        post(award, Letter.CALLED_OFF, now=now, **told)


def _why_called_off(award: Award) -> str:
    event = award.application.events.filter(kind="call_off").order_by("-at", "-pk").first()
    return event.words if event else ""
