"""Consents to test with, made through the operations, and answered through the links of their mails."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from desaga.notifications.models import OutgoingMail
from desaga.organisations.models import Organisation
from desaga.tenancy.context import within, within_platform

from ..models import Consent
from ..operations import asking
from ..operations.asking import Guardian, Shown
from ..states import What, Where

LINK = re.compile(r"/consents/[\w-]+/by-link/\w+/\?key=([\w-]+)")
GUARDIAN = "parent@home.example"


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def make_consent(organisation: Organisation, *, actor: Any = None, is_under_18: bool = False, **fields: Any) -> Consent:
    """Somebody outside, asked for everything everywhere, for a year."""
    guardian = Guardian(name="Orla Fenn", email=GUARDIAN, until=in_days(700)) if is_under_18 else None
    shown = Shown(
        name=fields.pop("name", "Ada Quill"),
        email=fields.pop("email", "ada@quill.example"),
        guardian=guardian,
        person=fields.pop("person", None),
    )
    told = {
        "about": "Your story as a glassblower",
        "what": What.values,
        "where": Where.values,
        "until": in_days(365),
        **fields,
    }
    with within(organisation, user=actor):
        return asking.ask_consent(actor=actor, organisation=organisation, shown=shown, **told)


def letters(to: str = "") -> list[OutgoingMail]:
    """The mails that were written down, the first first; to one address if it is given."""
    with within_platform():
        rows = OutgoingMail.objects.order_by("pk")
        return list(rows.filter(recipient=to) if to else rows)


def key_in_last_mail(to: str, page: str = "answer") -> str:
    found = [key for mail in letters(to) for key in re.findall(rf"/by-link/{page}/\?key=([\w-]+)", mail.text)]
    return found[-1]


def page(consent: Consent, opens: str = "answer", *, to: str = "") -> str:
    """The address that the last mail to somebody carried."""
    key = key_in_last_mail(to or consent.email, opens)
    return f"/consents/{consent.organisation.slug}/by-link/{opens}/?key={key}"


def give_consent(consent: Consent, what: Any = What.values, where: Any = Where.values) -> Consent:
    """Whoever is asked says yes to these."""
    from ..operations.answering import hear
    from ..states import who_is_asked

    now = timezone.now()
    with within(consent.organisation):
        for by in who_is_asked(consent.is_under_18):
            consent = hear(consent=consent, by=by, name="Somebody", what=list(what), where=list(where), now=now)
    return consent


def given_consent(
    organisation: Organisation, *, actor: Any = None, what: Any = What.values, where: Any = Where.values, **fields: Any
) -> Consent:
    return give_consent(make_consent(organisation, actor=actor, **fields), what, where)


def anew(consent: Consent) -> Consent:
    with within(consent.organisation):
        return Consent.objects.select_related("organisation").get(pk=consent.pk)
