"""What `privacy` is told of placements: a person's own applications, with whomever they are. The applicant belongs to none of these, so they are not found by going through one's organisations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from desaga.privacy.kinds import gone
from desaga.privacy.retaining import Retained, retain
from desaga.privacy.sources import Source, tell
from desaga.tenancy.context import within

from .answering import look
from .models import Application, AskingKey
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


def delete_ended(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    return {"keys of links": gone(AskingKey.objects.filter(organisation=organisation, expires_at__lt=before), dry)}


def register() -> None:
    tell(Source(key="applications", title="Applications to schemes", collect=own_told, asked="person"))
    retain(
        Retained(
            key="ended_approval_links",
            name="Ended links of approvals",
            what="The hashes of keys that let somebody approve an application from an e-mail, once they have ended",
            days=90,
            reason="An ended link opens nothing; three months help to answer why a link did not work",
            counted_from="the day on which the link ended",
            stays="Who was asked, and what they said, as long as the application",
            delete=delete_ended,
            is_usual=True,
        )
    )
