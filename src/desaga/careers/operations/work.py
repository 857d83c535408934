"""Work experience, through the school: whoever begins gives the school's address alone; what follows is between adults."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.keys import hash_of, new_key
from desaga.audit import operations as audit
from desaga.notifications.operations import send_mail
from desaga.organisations.refusals import Refused

from ..models import Doors, SchoolInterest
from ..noticing import tells_who
from .gate import move

#: Addresses that anybody can make, so that a child's own is not taken for a school's.
ANYBODYS = frozenset({
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "live.com", "live.co.uk", "msn.com", "yahoo.com",
    "yahoo.co.uk", "ymail.com", "icloud.com", "me.com", "mac.com", "aol.com", "proton.me", "protonmail.com", "gmx.com", "gmx.co.uk",
    "btinternet.com", "sky.com", "talktalk.net", "virginmedia.com", "mail.com",
})  # fmt: skip


class DoorIsClosed(Refused):
    """Work experience is not offered here just now."""


class NotASchoolsAddress(Refused):
    """Give the address of the school, or of a teacher at the school: not one of your own. We write to the school alone."""


class TellsOfAPupil(Refused):
    """Say nothing that tells who a pupil is: no names, no addresses, no numbers. The school keeps those."""


class AtLeastOne(Refused):
    """Say how many pupils: one to sixty."""


def refuse_anybodys(email: str) -> None:
    if email.strip().lower().rpartition("@")[2] in ANYBODYS:
        raise NotASchoolsAddress


@transaction.atomic
def begin_interest(
    *, doors: Doors, email: str, fields: Collection[str] = (), now: datetime | None = None
) -> SchoolInterest:
    """Write to the school: nothing counts until somebody there confirms. Raises `DoorIsClosed`, `NotASchoolsAddress`."""
    now = now or timezone.now()
    if not doors.takes_interest:
        raise DoorIsClosed
    refuse_anybodys(email)
    key = new_key()
    interest = SchoolInterest.objects.create(
        organisation_id=doors.organisation_id, email=email.strip(), fields=list(fields), sent_at=now, since=now, key_hash=hash_of(key)
    )  # fmt: skip
    audit.record(actor=None, verb="was sent", thing=interest, now=now)
    organisation = doors.organisation
    path = reverse("careers:confirm_interest", args=[organisation.slug])
    send_mail(
        template="careers/email/school",
        to=interest.email,
        context={
            "organisation": organisation, "button_label": "Read, and say yes for your school",
            "button_url": f"{settings.SITE_ADDRESS}{path}?{urlencode({'key': key})}",
            "whose_words": f"{organisation.name}, through Desaga. You need no account. If this is not for you, do nothing: it is deleted after a week.",
        },
        organisation=organisation,
        reply_to=doors.safeguarding_email,
    )  # fmt: skip
    return interest


@transaction.atomic
def confirm_interest(*, interest: SchoolInterest, now: datetime | None = None, **said: Any) -> SchoolInterest:
    """Somebody at the school says who they are and what they would like. Raises `TellsOfAPupil`, `AtLeastOne`, `gate.NotNow`."""
    if tells_who(said["wish"]):
        raise TellsOfAPupil
    if not 1 <= said["pupils"] <= 60:
        raise AtLeastOne
    fields = {name: said[name].strip() for name in ("name", "position", "school", "years", "wanted", "wish")}
    return move(
        interest, "confirm", actor=None, now=now or timezone.now(), pupils=said["pupils"], fields=list(said["fields"]), **fields
    )  # fmt: skip


@transaction.atomic
def take_interest(*, actor: Any, interest: SchoolInterest, now: datetime | None = None) -> SchoolInterest:
    """Somebody here writes to the school from now on. Raises `gate.NotNow`."""
    return move(interest, "take", actor=actor, now=now or timezone.now())


@transaction.atomic
def close_interest(*, actor: Any, interest: SchoolInterest, now: datetime | None = None) -> SchoolInterest:
    """It is settled. Raises `gate.NotNow`."""
    return move(interest, "close", actor=actor, now=now or timezone.now())


@transaction.atomic
def decline_interest(*, actor: Any, interest: SchoolInterest, now: datetime | None = None) -> SchoolInterest:
    """Not this time; the school is told kindly. Raises `gate.NotNow`."""
    held = move(interest, "decline", actor=actor, now=now or timezone.now())
    send_mail(
        template="careers/email/not_this_time",
        to=held.email,
        context={"interest": held, "dear": held.name, "whose_words": f"{held.organisation.name}, through Desaga."},
        organisation=held.organisation,
    )
    return held


@transaction.atomic
def take_back(*, interest: SchoolInterest) -> None:
    """The school takes it back: it is deleted, whatever became of it."""
    audit.record(actor=None, verb="took back", thing=interest)
    SchoolInterest.objects.filter(pk=interest.pk).delete()
