"""What a scheme's page shows of others: hosts that offer places, and past awards with consent. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices


class OfferState(TextChoices):
    WAITING = "waiting", "To be looked at"
    SHOWN = "shown", "On the page"
    DECLINED = "declined", "Not shown"
    WITHDRAWN = "withdrawn", "Taken back"


#: What whoever went agrees to; kept with each consent as it was read.
CONSENT = "{organisation} may show on the page of {scheme}, and in its yearly reports: what my placement was about, my employer, my host, the year, my sentence below, and {named}. I can take this back on any day; then it is taken off at once."
NAMED: Mapping[str, str] = {
    "named": "my name",
    "first_name": "my first name alone",
    "unnamed": "nothing of my name",
}


def consent_words(organisation: str, scheme: str, wish: str) -> str:
    return CONSENT.format(organisation=organisation, scheme=scheme, named=NAMED[wish])


def name_shown(name: str, wish: str) -> str:
    """The name as one wishes it told."""
    if wish == "unnamed":
        return ""
    return name if wish == "named" else name.split()[0] if name.split() else ""
