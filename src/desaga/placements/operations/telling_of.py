"""That a past award is told of on the scheme's page: agreed to by whoever went, put there by those who run the scheme, off it at once when it is taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..answering import look
from ..awarding import UNNAMED, WISHES
from ..models import Award, PastAward
from ..queries.applications import typed
from ..queries.fund import label_of
from ..shown import consent_words
from .fund import take_consent_out
from .gate import NotNow, note_event
from .sharing import own_award

#: What a consent that was taken back says no more.
GONE = {"title": "", "name": "", "home": "", "host": "", "country": "", "discipline": "", "sentence": ""}


class SayHow(Refused):
    """Say what came of it in a sentence, and how you are to be named."""


@transaction.atomic
def agree_to_be_told(
    *, award: Award, sentence: str, wish: str, actor: Any, name: str = "", now: datetime | None = None
) -> PastAward:
    """Consent to these words, with the name as it is to be shown: none where one wishes none. Given again, the new one takes the place of the former, and is looked at anew.

    Raises `NotTheirs`, `NotReportedYet`, `SayHow`.
    """
    now = now or timezone.now()
    held = own_award(award, actor)
    name = " ".join(name.split())[:300] if wish != UNNAMED else ""
    if not sentence.strip() or wish not in WISHES or not name and wish != UNNAMED:
        raise SayHow
    application = held.application
    for former in PastAward.objects.select_for_update(of=("self",)).filter(award=held, withdrawn_at=None):
        end_told(former, now)
    answers = typed(application)
    host = look(application.definition, answers).values.get("host") or {}
    past = PastAward.objects.create(
        organisation_id=held.organisation_id, award=held, scheme_id=application.scheme_id, wish=wish, consented_at=now,
        words=consent_words(application.organisation.name, application.scheme.name, name, application.definition.nouns),
        title=application.title, name=name, home=application.employer, host=held.host,
        country=_country(held, host), discipline=_field(application, answers), sentence=sentence.strip()[:300],
        year=(held.starts_on or timezone.localdate(held.offered_at)).year,
    )  # fmt: skip
    note_event(application, "told_agreed", actor=actor, now=now, words=past.words)
    audit.record(actor=actor, verb="agreed to be told of", thing=held, note=WISHES[wish], now=now)
    return past


def _country(award: Award, host: Any) -> str:
    """Of the host that was applied with; where the host became another, nobody said."""
    return str(host.get("country", ""))[:100] if host.get("organisation") == award.host else ""


def _field(application: Any, answers: Any) -> str:
    if application.definition.question("discipline") is None:
        return ""
    return label_of(application.definition, "discipline", answers.get("discipline"))


def end_told(past: PastAward, now: datetime) -> None:
    """Off the page, and out of every report. The words that were agreed to stay, without the name that stood in them."""
    if past.name:
        past.words = past.words.replace(f"“{past.name}”", "“…”")
    for name, value in GONE.items():
        setattr(past, name, value)
    past.published_at, past.withdrawn_at = None, now
    past.save()
    take_consent_out(consent=past.pk, now=now)


@transaction.atomic
def take_back_told(*, award: Award, actor: Any, now: datetime | None = None) -> PastAward:
    """The consent is taken back: off the page at once. Raises `NotTheirs`, `NotNow`."""
    now = now or timezone.now()
    held = own_award(award, actor)
    past = PastAward.objects.select_for_update(of=("self",)).filter(award=held, withdrawn_at=None).first()
    if past is None:
        raise NotNow
    end_told(past, now)
    note_event(held.application, "told_taken_back", actor=actor, now=now)
    audit.record(actor=actor, verb="took back what is told of", thing=held, now=now)
    return past


@transaction.atomic
def put_on_page(*, past: PastAward, actor: Any, now: datetime | None = None) -> PastAward:
    """Those who run the scheme show it. Raises `NotNow` where the consent is taken back."""
    now = now or timezone.now()
    held = locked(past)
    if held.withdrawn_at:
        raise NotNow
    held.published_at, held.looked_at = held.published_at or now, now
    held.save(update_fields=["published_at", "looked_at"])
    audit.record(actor=actor, verb="put on the page", thing=held.award, now=now)
    return held


@transaction.atomic
def take_off_page(*, past: PastAward, actor: Any, now: datetime | None = None) -> PastAward:
    """Those who run the scheme show it no more; the consent stays, and reports are made anew without it."""
    now = now or timezone.now()
    held = locked(past)
    held.published_at, held.looked_at = None, now
    held.save(update_fields=["published_at", "looked_at"])
    take_consent_out(consent=held.pk, now=now)
    audit.record(actor=actor, verb="took off the page", thing=held.award, now=now)
    return held
