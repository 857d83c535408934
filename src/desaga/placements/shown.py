"""What a scheme's page shows of others: hosts that offer places, and past awards with consent. Pure."""

from __future__ import annotations

from django.db.models import TextChoices

from .defining import Nouns


class OfferState(TextChoices):
    WAITING = "waiting", "To be looked at"
    SHOWN = "shown", "On the page"
    DECLINED = "declined", "Not shown"
    WITHDRAWN = "withdrawn", "Taken back"


#: What whoever went agrees to; kept with each consent as it was read, with the name that is shown.
CONSENT = "{organisation} may show on the page of {scheme}, and in its yearly reports: what my {noun} was about, my employer, my {host_noun}, the year, my sentence below, and {named}. I can take this back on any day; then it is taken off at once."


def consent_words(organisation: str, scheme: str, name: str, nouns: Nouns) -> str:
    """`name` as it is shown; empty where none is."""
    named = f"my name as “{name}”" if name else "nothing of my name"
    return CONSENT.format(organisation=organisation, scheme=scheme, named=named, **nouns._asdict())
