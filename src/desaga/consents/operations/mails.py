"""The mails about a consent, each with a link of its own, and what the editor is told."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from desaga.accounts.keys import hash_of, new_key
from desaga.notifications.operations import send_mail
from desaga.organisations.refusals import Refused

from ..models import Consent, ConsentKey
from ..queries import mails_sent, who_is_told
from ..states import By

ANSWERS_FOR = timedelta(days=28)
MOST_A_DAY, MOST_IN_ALL = 3, 10
ANSWER, KEPT = ConsentKey.Opens.ANSWER, ConsentKey.Opens.KEPT
PAGE_OF = {ANSWER: "consents:answer_consent", KEPT: "consents:show_kept"}


class WroteEnough(Refused):
    """We wrote to this address about this three times within a day, or ten times in all. Speak with them, or try again tomorrow."""


def address_of(consent: Consent, opens: str, key: str) -> str:
    """The key stands in no log: it is a query word, never part of a path."""
    path = reverse(PAGE_OF[ConsentKey.Opens(opens)], args=[consent.organisation.slug])
    return f"{settings.SITE_ADDRESS}{path}?{urlencode({'key': key})}"


def reached(consent: Consent, by: str) -> tuple[str, str]:
    """Name and address of whoever answers."""
    return (consent.guardian_name, consent.guardian_email) if by == By.GUARDIAN else (consent.name, consent.email)


def post(consent: Consent, letter: str, by: str, *, opens: str, now: datetime) -> ConsentKey:
    """Write to the person or their guardian; the mail leaves after the commit. Raises `WroteEnough`."""
    name, email = reached(consent, by)
    if mails_sent(consent, email, now - timedelta(days=1)) >= MOST_A_DAY:
        raise WroteEnough
    if mails_sent(consent, email, now - timedelta(days=3650)) >= MOST_IN_ALL:
        raise WroteEnough
    key = new_key()
    expires_at = now + ANSWERS_FOR if opens == ANSWER else None
    mail = send_mail(
        template=f"consents/email/{letter}",
        to=email,
        context={
            "consent": consent,
            "dear": name,
            "is_guardian": by == By.GUARDIAN,
            "expires_at": expires_at,
            "button_label": "Read it and answer" if opens == ANSWER else "See what you agreed to",
            "button_url": address_of(consent, opens, key),
            "whose_words": f"{consent.organisation.name}, through Desaga. You need no account.",
        },
        organisation=consent.organisation,
        reply_to=next(iter(who_is_told(consent)), ""),
    )
    return ConsentKey.objects.create(
        organisation_id=consent.organisation_id, consent=consent, opens=opens, by=by, key_hash=hash_of(key), email=email,
        made_at=now, expires_at=expires_at, mail_id=mail.pk,
    )  # fmt: skip


def say_it_has_ended(consent: Consent, by: str) -> None:
    """The mail that confirms a withdrawal."""
    name, email = reached(consent, by)
    context = {"consent": consent, "dear": name, "whose_words": f"{consent.organisation.name}, through Desaga."}
    send_mail(template="consents/email/ended", to=email, context=context, organisation=consent.organisation)


def tell_editor(consent: Consent, what: str, **words: Any) -> None:
    """What became of a consent, to whoever asked; `what` names the sentence in the template."""
    for email in who_is_told(consent):
        send_mail(
            template="consents/email/told",
            to=email,
            context={
                "consent": consent, "what": what, **words, "button_label": "Look at it",
                "button_url": f"{settings.SITE_ADDRESS}{consent.get_absolute_url()}",
                "whose_words": "Desaga writes to whoever asked for a consent.",
            },
            organisation=consent.organisation,
        )  # fmt: skip
