"""What `privacy` is told of placements: a person's own applications, with whomever they are. The applicant belongs to none of these, so they are not found by going through one's organisations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone

from desaga.privacy.kinds import gone
from desaga.privacy.retaining import Retained, retain
from desaga.privacy.sources import Source, tell
from desaga.tenancy.context import within

from .answering import look
from .models import Application, Asking, AskingKey, Score
from .operations.equality import are_asked, equality_answers
from .queries.applications import applications_of, events_told, own_applications, typed
from .queries.asking import askings_of
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
        "Who was asked, and what they said": [_asking(one) for one in askings_of(application)],
        "Files": [f"{one.name}, {timezone.localtime(one.given_at):%Y-%m-%d}" for one in application.files.all()],
        "Whether the scheme can fund it": [
            f"{timezone.localtime(one.at):%Y-%m-%d} {one} {one.words}".strip()
            for one in application.eligibility_checks.all()
        ],
        "Kept beyond its time": [one.because for one in application.holds.filter(lifted_at=None)],
        "History": "\n".join(
            f"{timezone.localtime(event.at):%Y-%m-%d %H:%M} {event.kind} {event.words}".strip()
            for event in events_told(application)
        ),
    }


def _asking(asking: Asking) -> str:
    """Their name, where it stands, and their words; of their addresses nothing: the applicant gave the one that they know."""
    said = (asking.condition, asking.reason, asking.cover, asking.place, asking.supervisor, asking.needs, asking.letter)
    return " ".join(filter(None, [f"{asking.get_asks_display()}, {asking.name}: {asking.get_state_display()}.", *said]))


def own_scores(person: Any, user: Any, organisation: Any) -> Iterator[Mapping[str, Any]]:
    """What a member of a panel scored: no row of it names them, their reading does."""
    rows = Score.objects.filter(assignment__member__person=person).select_related("assignment__application")
    for one in rows:
        yield {"application": one.assignment.application.reference, "criterion": one.criterion, "score": one.value, "reason": one.reason, "when": f"{timezone.localtime(one.at):%Y-%m-%d %H:%M}"}  # fmt: skip


def delete_ended(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    return {"keys of links": gone(AskingKey.objects.filter(organisation=organisation, expires_at__lt=before), dry)}


def register() -> None:
    tell(Source(key="applications", title="Applications to schemes", collect=own_told, asked="person"))
    tell(Source(key="panel_scores", title="Scores that you gave on panels", collect=own_scores))
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
        )
    )
