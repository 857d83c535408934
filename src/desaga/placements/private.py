"""What `privacy` is told of placements: a person's own applications, with whomever they are. The applicant belongs to none of these, so they are not found by going through one's organisations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from desaga.privacy.sources import Source, tell
from desaga.tenancy.context import within

from .answering import look
from .models import Application
from .operations.equality import are_asked, equality_answers
from .queries.applications import applications_of, events_told, own_applications, typed
from .wording import parts_told


def own_told(person: Any, user: Any, organisation: Any) -> Iterator[Mapping[str, Any]]:
    """Each application with every answer in words, what was said for equality figures, and its history. Called in the person's own standing."""
    for one in list(own_applications()):
        with within(one.organisation, user=user):
            told = _one(applications_of(user).get(pk=one.pk))
        yield told


def _one(application: Application) -> dict[str, Any]:
    answers = typed(application)
    parts = parts_told(application.definition, answers, look(application.definition, answers))
    about = equality_answers(application) if are_asked(application) else {}
    return {
        "Scheme": f"{application.scheme.name}, {application.organisation.name}",
        "Reference": application.reference,
        "Where it is": application.words.where,
        **{line.label: "\n".join(line.words) for part in parts for line in part.lines},
        **{f"For equality figures: {key}": str(value) for key, value in about.items()},
        "History": "\n".join(
            f"{event.at:%Y-%m-%d %H:%M} {event.kind} {event.words}".strip() for event in events_told(application)
        ),
    }


def register() -> None:
    tell(Source(key="applications", title="Applications to schemes", collect=own_told, asked="person"))
