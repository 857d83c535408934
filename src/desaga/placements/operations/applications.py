"""What an applicant does: begin, write, send, take back, withdraw, copy."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from desaga.accounts.models import User
from desaga.organisations.models import Person
from desaga.organisations.operations.people import add_oneself
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..answering import Looked, counted, parts, total
from ..checking import is_abroad
from ..defining import Definition
from ..models import Answer, Application, Scheme
from ..queries.applications import applications_of, looked_at, typed
from ..queries.schemes import copies_into, takes_applications, version_in_force
from ..shaping import mark_of
from ..states import ApplicationState
from .asking import end_askings, send_to_approvers
from .copying import post_begun, post_copy
from .files import copy_files
from .gate import goes_back, move, note_event, write_down
from .hosts import remember_host
from .receiving import receive
from .writing import IsLocked, NoSuchQuestion, TooMuch, refuse_locked

__all__ = ["IsLocked", "NoSuchQuestion", "TooMuch"]

#: So many drafts of one scheme may one person have.
MOST_BEGUN = 10
#: The columns of an answer that is given again.
WRITTEN_ANEW = ("value", "at", "page")
#: Without those that are read for one another.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


class TakesNone(Refused):
    """This scheme takes no applications now."""


class TooManyBegun(Refused):
    """You have begun as many applications to this scheme as one may have open. Finish or withdraw one first."""


class NotComplete(Refused):
    """Some parts are not complete yet."""


class CannotBeFunded(Refused):
    """Something stands in the way. Mend it, then send it."""


@transaction.atomic
def begin(*, actor: Any, scheme: Scheme, submission: UUID | None = None, now: datetime | None = None) -> Application:
    """Begin an application, in the applicant's own name; the same press twice begins one. Raises `TakesNone`, `TooManyBegun`."""
    now = now or timezone.now()
    version = version_in_force(scheme)
    if version is None or not takes_applications(scheme, timezone.localdate(now)):
        raise TakesNone
    if submission:
        # Of two presses that come at once the second waits here, and then finds what the first began.
        User.objects.select_for_update(of=("self",)).get(pk=actor.pk)
        if known := applications_of(actor).filter(submission=submission).first():
            return known
    if applications_of(actor).filter(scheme=scheme, state=ApplicationState.DRAFT).count() >= MOST_BEGUN:
        raise TooManyBegun
    application = Application.objects.create(
        organisation=scheme.organisation,
        scheme=scheme,
        version=version,
        applicant=person_of(actor),
        email=actor.email,
        reference=new_reference(scheme),
        submission=submission,
        begun_at=now,
        changed_at=now,
    )
    note_event(application, "begun", actor=actor, now=now)
    write_down(application, "began", actor=actor, now=now)
    post_begun(application)
    return application


def person_of(actor: Any) -> Person:
    """Who applies; whom nobody knows yet writes themself down."""
    if actor.person_id is None:
        actor.person = add_oneself(actor=actor, name=actor.email.partition("@")[0])
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
    page: UUID | None = None,
    marks: Mapping[str, str] | None = None,
    now: datetime | None = None,
) -> dict[str, Any]:
    """Keep what was typed, right or wrong; twice is once. Answers what stands otherwise by another page's hand, and was left so.

    `at` is when the page sent it, by its own clock: of one page's savings the later holds, in whatever order they come. `marks` say what the
    page had been given (`shaping.mark_of`): an answer that another page changed meanwhile is not written over, but answered, so that whoever
    types may choose. Without `marks` nothing is held back. Raises `IsLocked`, `NoSuchQuestion`, `TooMuch`.
    """
    now = now or timezone.now()
    at = min(at or now, now)
    held = locked(application)
    if held.version_id == application.version_id:
        # It was read with the application already, and an application never changes the one it began with.
        held.version = application.version
    asked = refuse_locked(held, answers)
    known = {one.key: one for one in Answer.objects.filter(application=held, key__in=answers)}
    new = [
        Answer(organisation_id=held.organisation_id, application=held, key=key, value=value, at=at, page=page)
        for key, value in answers.items()
        if key not in known
    ]
    changed, elsewhere = [], {}
    for key, one in known.items():
        if one.value == answers[key]:
            continue
        if marks is not None and one.page != page and mark_of(asked[key], one.value) != marks.get(key):
            elsewhere[key] = one.value
        elif one.at <= at or marks is not None and one.page != page:
            one.value, one.at, one.page = answers[key], at, page
            changed.append(one)
    Answer.objects.bulk_create(new)
    if len(changed) == 1:
        # What a page sends while somebody types: a third of the time that it takes for many.
        changed[0].save(update_fields=WRITTEN_ANEW)
    else:
        Answer.objects.bulk_update(changed, WRITTEN_ANEW)
    if new or changed:
        Application.objects.filter(pk=held.pk).update(changed_at=now)
    return elsewhere


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
    """Send it: to those who must approve where the scheme has some, else it is received. The applicant gets a copy by e-mail.

    Raises `NotComplete`, `CannotBeFunded`, `TakesNone`, `NotNow`, `asking.CannotBeAsked`, `asking_mails.WroteEnough`.
    """
    now = now or timezone.now()
    held = locked(application)
    answers, looked, findings = looked_at(held, timezone.localdate(now))
    if looked.troubles:
        raise NotComplete
    if any(one.is_bar for one in findings):
        raise CannotBeFunded
    if held.state == ApplicationState.DRAFT and not takes_applications(held.scheme, timezone.localdate(now)):
        raise TakesNone
    place = remember_host(organisation=held.organisation, host=looked.values["host"])
    told = {**told_by(looked, held.definition), "host_place": place}
    if held.definition.approvers:
        sent = send_to_approvers(held, looked, actor=actor, now=now, **told)
    else:
        sent = receive(held, actor=actor, now=now, **told)
    post_copy(sent, answers=answers, looked=looked)
    return sent


def told_by(looked: Looked, definition: Definition) -> dict[str, Any]:
    """The columns that stand for what was answered."""
    values = looked.values
    asked = total(counted(values["costs"], definition))
    return {
        "title": values["title"],
        "name": values["name"],
        "employer": values["employer"]["name"],
        "host": values["host"]["organisation"],
        "is_abroad": is_abroad(values),
        "starts_on": values.get("starts_on"),
        "ends_on": values.get("ends_on"),
        "asked": asked,
        "asked_apart": total(values["costs"]) - asked,
    }


@transaction.atomic
def take_back(*, actor: Any, application: Application, now: datetime | None = None) -> Application:
    """Take it back while it waits for approval, to change it. Raises `NotNow`."""
    now = now or timezone.now()
    held = move(application, goes_back(application, "take_back"), actor=actor, now=now)
    end_askings(held, actor=actor, now=now, why="changed")
    return held


@transaction.atomic
def withdraw(*, actor: Any, application: Application, words: str = "", now: datetime | None = None) -> Application:
    """Withdraw it for good. Raises `NotNow`."""
    now = now or timezone.now()
    held = move(application, "withdraw", actor=actor, now=now, words=words)
    end_askings(held, actor=actor, now=now, why="withdrawn")
    return held


@transaction.atomic
def copy(
    *, actor: Any, application: Application, submission: UUID | None = None, now: datetime | None = None
) -> Application:
    """A new application with the same answers and files, of the version in force now; nothing of it counts as complete. Where its scheme takes no
    more, it is one to the scheme that follows, with the answers to what that asks too. Raises `TakesNone`."""
    now = now or timezone.now()
    scheme = copies_into(application.scheme, timezone.localdate(now)) or application.scheme
    new = begin(actor=actor, scheme=scheme, submission=submission, now=now)
    if new.copied_from_id is None:
        new.copied_from = application
        new.save(update_fields=["copied_from"])
        known = {question.key for part in parts(new.definition) for question in part.questions}
        answers = {key: value for key, value in typed(application).items() if key in known}
        answers |= copy_files(application, new, answers)
        save_answers(actor=actor, application=new, answers=answers, now=now)
    return new
