"""What an applicant does: begin, write, send, take back, withdraw."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.models import Person
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..answering import Looked, look, parts, total
from ..models import Answer, Application, Scheme
from ..queries.applications import applications_of, typed
from ..queries.schemes import round_to_hear, takes_applications, version_in_force
from .gate import move, note_event

#: Without those that are read for one another.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
#: The most that is kept under one question, in characters of JSON: far over what any may hold, so that too long a text is kept and said.
MOST_KEPT = 60_000


class TakesNone(Refused):
    """This scheme takes no applications now."""


class IsLocked(Refused):
    """This part cannot be changed now."""


class NoSuchQuestion(Refused):
    """This scheme does not ask that."""


class TooMuch(Refused):
    """This is far more than the question can hold. Shorten it before it is saved."""


class NotComplete(Refused):
    """Some parts are not complete yet."""


@transaction.atomic
def begin(*, actor: Any, scheme: Scheme, submission: UUID | None = None, now: datetime | None = None) -> Application:
    """Begin an application, in the applicant's own name; the same press twice begins one. Raises `TakesNone`."""
    now = now or timezone.now()
    version = version_in_force(scheme)
    if version is None or not takes_applications(scheme, timezone.localdate(now)):
        raise TakesNone
    if submission and (known := applications_of(actor).filter(submission=submission).first()):
        return known
    application = Application.objects.create(
        organisation=scheme.organisation,
        scheme=scheme,
        version=version,
        applicant=person_of(actor, scheme),
        email=actor.email,
        reference=new_reference(scheme),
        submission=submission,
        begun_at=now,
        changed_at=now,
    )
    note_event(application, "begun", actor=actor, now=now)
    audit.record(actor=actor, verb="began", thing=application, now=now)
    return application


def person_of(actor: Any, scheme: Scheme) -> Person:
    """Who applies; written down by whoever runs the scheme, where nobody knows them yet."""
    if actor.person_id is None:
        # No entry in the audit of its own: whoever reads that is not to learn who applied.
        actor.person = Person.objects.create(name=actor.email.partition("@")[0], recorded_by=scheme.organisation)
        actor.save(update_fields=["person"])
    person: Person = actor.person
    return person


def new_reference(scheme: Scheme) -> str:
    """Says which scheme, and nothing of how many applied."""
    while True:
        reference = f"{scheme.code}-{''.join(secrets.choice(LETTERS) for _ in range(5))}"
        if not Application.objects.filter(organisation=scheme.organisation_id, reference=reference).exists():
            return reference


@transaction.atomic
def save_answers(
    *,
    actor: Any,
    application: Application,
    answers: Mapping[str, Any],
    at: datetime | None = None,
    now: datetime | None = None,
) -> None:
    """Keep what was typed, right or wrong; twice is once. `at` is when the page sent it: what is older than what is kept changes nothing.

    Raises `IsLocked`, `NoSuchQuestion`, `TooMuch`.
    """
    now = now or timezone.now()
    at = min(at or now, now)
    held = locked(application)
    part_of = {question.key: part.key for part in parts(held.definition) for question in part.questions}
    for key, value in answers.items():
        if key not in part_of:
            raise NoSuchQuestion
        if not held.is_open(part_of[key]):
            raise IsLocked
        if len(json.dumps(value)) > MOST_KEPT:
            raise TooMuch
    known = {one.key: one for one in Answer.objects.filter(application=held, key__in=answers)}
    new = [
        Answer(organisation_id=held.organisation_id, application=held, key=key, value=value, at=at)
        for key, value in answers.items()
        if key not in known
    ]
    changed = [one for key, one in known.items() if one.at <= at and one.value != answers[key]]
    for one in changed:
        one.value, one.at = answers[one.key], at
    Answer.objects.bulk_create(new)
    Answer.objects.bulk_update(changed, ["value", "at"])
    if new or changed:
        Application.objects.filter(pk=held.pk).update(changed_at=now)


@transaction.atomic
def say_done(*, actor: Any, application: Application, part: str, done: bool) -> None:
    """The applicant says that a part is complete, or not yet. Raises `IsLocked`."""
    held = locked(application)
    if not held.is_open(part):
        raise IsLocked
    left = [one for one in held.done_sections if one != part]
    held.done_sections = [*left, part] if done else left
    held.save(update_fields=["done_sections"])


@transaction.atomic
def send(*, actor: Any, application: Application, now: datetime | None = None) -> Application:
    """Send it: to those who must approve where the scheme has some, else it is received. Raises `NotComplete`, `NotNow`."""
    now = now or timezone.now()
    held = locked(application)
    looked = look(held.definition, typed(held))
    if looked.troubles:
        raise NotComplete
    told = told_by(looked)
    if held.definition.approvers:
        return move(held, "send", actor=actor, now=now, open_sections=[], **told)
    return receive(held, actor=actor, now=now, **told)


def told_by(looked: Looked) -> dict[str, Any]:
    """The columns that stand for what was answered."""
    values = looked.values
    return {
        "title": values["title"],
        "name": values["name"],
        "employer": values["employer"]["name"],
        "host": values["host"]["organisation"],
        "is_abroad": bool(values.get("abroad")),
        "starts_on": values.get("starts_on"),
        "ends_on": values.get("ends_on"),
        "asked": total(values["costs"]),
    }


def receive(application: Application, *, actor: Any, now: datetime, **fields: Any) -> Application:
    """It is complete: bound to the next panel whose cut-off is not past; who comes back with changes stays with theirs until it sits. Call inside a transaction."""
    round_ = round_to_hear(application, timezone.localdate(now))
    received_at = application.received_at or now
    return move(
        application, "receive", actor=actor, now=now, round=round_, received_at=received_at, open_sections=[], **fields
    )


@transaction.atomic
def take_back(*, actor: Any, application: Application, now: datetime | None = None) -> Application:
    """Take it back while it waits for approval, to change it. Raises `NotNow`."""
    return move(application, "take_back", actor=actor, now=now or timezone.now())


@transaction.atomic
def withdraw(*, actor: Any, application: Application, words: str = "", now: datetime | None = None) -> Application:
    """Withdraw it for good. Raises `NotNow`."""
    return move(application, "withdraw", actor=actor, now=now or timezone.now(), words=words)


@transaction.atomic
def copy(
    *, actor: Any, application: Application, submission: UUID | None = None, now: datetime | None = None
) -> Application:
    """A new application with the same answers, of the version in force now; nothing of it counts as complete. Raises `TakesNone`."""
    now = now or timezone.now()
    new = begin(actor=actor, scheme=application.scheme, submission=submission, now=now)
    if new.copied_from_id is None:
        new.copied_from = application
        new.save(update_fields=["copied_from"])
        known = {question.key for part in parts(new.definition) for question in part.questions}
        answers = {key: value for key, value in typed(application).items() if key in known}
        save_answers(actor=actor, application=new, answers=answers, now=now)
    return new
