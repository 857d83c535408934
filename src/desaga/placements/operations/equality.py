"""What applicants say of themselves for equality figures: sealed, apart from the application, opened on the applicant's own page alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from desaga.workforce.sealing import NoKey, Seal, outer_key, seal_of
from desaga.workforce.states import Purpose

from ..answering import Wrong, read
from ..defining import Definition, Question
from ..models import Application, EqualityAnswers
from .equality_figures import key_for


def are_asked(application: Application) -> bool:
    """Whether the scheme asks, and this server has the key without which nothing of the kind is kept."""
    try:
        outer_key()
    except NoKey:
        return False
    return bool(application.definition.equality)


def _place(application: Application) -> tuple[Seal, UUID]:
    """The seal, and the key under which this application's answers lie: it says nothing to who has not the seal's key."""
    seal = seal_of(application.organisation, Purpose.EQUALITY)
    return seal, key_for(seal, application.pk)


def equality_answers(application: Application) -> dict[str, Any]:
    """What the applicant said of themself, for their own page."""
    seal, key = _place(application)
    row = EqualityAnswers.objects.filter(key=key).first()
    return seal.open_data(row.sealed, key.bytes) if row else {}


@transaction.atomic
def keep_equality_answers(*, actor: Any, application: Application, answers: Mapping[str, Any]) -> None:
    """Keep them, in the place of what was said before; nothing said, nothing stays. What is no answer of the scheme's is left out."""
    told = _understood(application.definition, answers)
    seal, key = _place(application)
    if not told:
        EqualityAnswers.objects.filter(key=key).delete()
        return
    EqualityAnswers.objects.update_or_create(
        key=key,
        organisation=application.organisation,
        defaults={"version": application.version, "sealed": seal.seal_data(told, key.bytes)},
    )


def _understood(definition: Definition, answers: Mapping[str, Any]) -> dict[str, Any]:
    told = {one.key: _read(one, answers.get(one.key), definition) for one in definition.equality}
    return {key: raw for key, raw in told.items() if raw}


def _read(question: Question, raw: Any, definition: Definition) -> Any:
    try:
        read(question.model_copy(update={"required": False}), raw, definition)
    except Wrong:
        return None
    return raw
