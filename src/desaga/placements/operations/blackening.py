"""The copy for the panel: words that tell who somebody is are blackened by staff."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.refusals import Refused

from ..models import Application, Blackened
from ..queries.applications import typed
from ..telling import blacken, tell
from .gate import note_event


class NotThere(Refused):
    """Those words do not stand in that answer. Copy them from it."""


@transaction.atomic
def blacken_words(
    *, actor: Any, application: Application, key: str, words: str, now: datetime | None = None
) -> Blackened:
    """Blacken words of an answer for the panel; twice is once. Raises `NotThere`."""
    now, words = now or timezone.now(), " ".join(words.split())
    told = {one.key: one for part in tell(application.definition, typed(application)) for one in part.answers}
    answer = told.get(key)
    if not words or answer is None or blacken(answer.words, [words]) == answer.words:
        raise NotThere
    defaults = {"organisation_id": application.organisation_id, "at": now, "by": actor}
    row, is_new = Blackened.objects.get_or_create(application=application, key=key, words=words, defaults=defaults)
    if is_new:
        note_event(application, "blackened", actor=actor, now=now, words=answer.label, for_applicant=False)
        audit.record(actor=actor, verb="blackened words of", thing=application, now=now)
    return row


@transaction.atomic
def show_again(*, actor: Any, blackened: Blackened, now: datetime | None = None) -> None:
    """Let the panel read those words again."""
    now, application = now or timezone.now(), blackened.application
    blackened.delete()
    note_event(application, "shown_again", actor=actor, now=now, for_applicant=False)
    audit.record(actor=actor, verb="showed words again of", thing=application, now=now)
