"""The mails to those who must approve, each with a link of its own, and what the applicant is told of them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.keys import hash_of, new_key
from desaga.notifications.operations import send_mail
from desaga.organisations.refusals import Refused

from ..approving import MOST_A_DAY, MOST_MAILS
from ..models import Application, Asking, AskingKey, Round
from ..queries.applications import round_hearing

BUTTONS = {"approval": "Read it and answer", "letter": "Write the letter", "place": "Confirm the place"}


class WroteEnough(Refused):
    """We wrote to this address about this application three times within a day. Try again tomorrow."""


class WroteOften(Refused):
    """We wrote to them about this ten times. Speak with them, or name somebody else."""


def post(asking: Asking, letter: str, *, now: datetime, note: str = "") -> AskingKey:
    """Write to whoever answers now, the one asked or their deputy; the mail leaves after the commit. Raises `WroteEnough`, `WroteOften`."""
    to_deputy = asking.has_deputy
    email, name = (asking.deputy_email, asking.deputy_name) if to_deputy else (asking.email, asking.name)
    refuse_too_many(asking, email, now)
    key, application = new_key(), asking.application
    mail = send_mail(
        template=f"placements/email/{letter}",
        to=email,
        about=application,
        context={
            **words_of(asking),
            "dear": name,
            "note": note,
            "button_label": BUTTONS[asking.asks],
            "button_url": address_of(application, key),
            "whose_words": f"{application.scheme.name}, {application.organisation.name}, through Desaga. You need no account.",
        },
        organisation=application.organisation,
        reply_to=application.scheme.contact,
    )
    return AskingKey.objects.create(
        organisation_id=asking.organisation_id,
        asking=asking,
        key_hash=hash_of(key),
        made_at=now,
        expires_at=expiry(asking, to_deputy),
        for_deputy=to_deputy,
        email=email,
        mail_id=mail.pk,
    )


def refuse_too_many(asking: Asking, email: str, now: datetime) -> None:
    """Whatever is pressed, nobody is drowned in mails. Raises `WroteEnough`, `WroteOften`."""
    rows = AskingKey.objects.filter(asking__application=asking.application, email__iexact=email)
    if rows.filter(made_at__gt=now - timedelta(days=1)).count() >= MOST_A_DAY:
        raise WroteEnough
    if AskingKey.objects.filter(asking=asking).count() >= MOST_MAILS:
        raise WroteOften


def expiry(asking: Asking, to_deputy: bool) -> datetime:
    ends = asking.expires_at or timezone.now()
    if to_deputy and asking.deputy_until:
        return min(ends, timezone.make_aware(datetime.combine(asking.deputy_until, time.max)))
    return ends


def address_of(application: Application, key: str) -> str:
    """The key stands in no log: it is a query word, never part of a path."""
    path = reverse("placements:answer_asking", args=[application.organisation.slug])
    return f"{settings.SITE_ADDRESS}{path}?{urlencode({'key': key})}"


def words_of(asking: Asking) -> dict[str, Any]:
    application = asking.application
    hearing = round_hearing(application, timezone.localdate())
    return {
        "asking": asking,
        "application": application,
        "scheme": application.scheme,
        "title": asking.approver.title,
        "definition": application.definition,
        "hearing": hearing,
        "answer_by": answer_by(asking, hearing),
    }


def answer_by(asking: Asking, hearing: Round | None) -> date:
    """The day that matters: the cut-off of the panel, where the link opens longer."""
    ends = timezone.localdate(asking.expires_at)
    return min(ends, hearing.cut_off_on) if hearing and hearing.cut_off_on >= timezone.localdate() else ends


def say_nothing_more_is_asked(asking: Asking, why: str) -> None:
    """The kind mail to whoever had a link that opens no more."""
    application = asking.application
    send_mail(
        template="placements/email/ask_ended",
        to=asking.deputy_email if asking.has_deputy else asking.email,
        about=application,
        context={
            **words_of(asking),
            "dear": asking.deputy_name if asking.has_deputy else asking.name,
            "why": why,
            "whose_words": f"{application.scheme.name}, {application.organisation.name}, through Desaga.",
        },
        organisation=application.organisation,
        reply_to=application.scheme.contact,
    )


def tell_applicant(asking: Asking, what: str, **words: Any) -> None:
    """What became of an asking, to the applicant; `what` names the sentence in the template."""
    application = asking.application
    send_mail(
        template="placements/email/asking_told",
        to=application.email,
        about=application,
        context={
            **words_of(asking),
            "what": what,
            **words,
            "button_label": "See your application",
            "button_url": f"{settings.SITE_ADDRESS}{application.get_absolute_url()}",
            "whose_words": f"{application.scheme.name}, {application.organisation.name}, through Desaga.",
        },
        organisation=application.organisation,
        reply_to=application.scheme.contact,
    )
