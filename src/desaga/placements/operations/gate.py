"""The one way in which an application goes from one state to another, and its history."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from desaga.audit import operations as audit
from desaga.organisations.models import Person
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import within

from ..models import Application, ApplicationEvent
from ..states import TRANSITIONS, ApplicationState


class NotNow(Refused):
    """That cannot be done with this application now: somebody was quicker. Look at the page again."""


def move(
    application: Application, deed: str, *, actor: Any, now: datetime, words: str = "", who: str = "", **fields: Any
) -> Application:
    """Lock it, check that the deed may follow, write the state and `fields`, its event and the audit. Raises `NotNow`. Call inside a transaction."""
    held = locked(application)
    transition = TRANSITIONS[deed]
    if held.state not in transition.sources:
        raise NotNow
    source, held.state = held.state, transition.target
    held.changed_at = now
    for name, value in fields.items():
        setattr(held, name, value)
    # A part that is to be changed is not complete any more.
    if held.state == ApplicationState.CHANGES_ASKED:
        held.done_sections = [one for one in held.done_sections if one not in held.open_sections]
    held.save(update_fields=["state", "changed_at", "done_sections", *fields])
    note_event(held, deed, actor=actor, now=now, words=words, who=who, source=source, target=held.state)
    write_down(held, transition.verb, actor=actor, now=now)
    return held


def goes_back(application: Application, deed: str) -> str:
    """The deed by which it goes back to its applicant: a draft opens whole, what came in once only where changes were asked for."""
    return deed if application.received_at is None else f"{deed}_changes"


def write_down(application: Application, verb: str, *, actor: Any, now: datetime) -> None:
    """The audit of whoever runs the scheme; before it came in the applicant's own alone, since nobody else is to learn of a draft."""
    if application.received_at is not None:
        audit.record(actor=actor, verb=verb, thing=application, now=now)
        return
    person = Person(pk=application.applicant_id)
    with within(person=person):
        audit.record(actor=actor, verb=verb, thing=application, person=person, now=now)


def note_event(
    application: Application,
    kind: str,
    *,
    actor: Any = None,
    now: datetime,
    words: str = "",
    who: str = "",
    source: str = "",
    target: str = "",
    for_applicant: bool = True,
) -> ApplicationEvent:
    """Add to the history. What the applicant must not read says `for_applicant=False`."""
    return ApplicationEvent.objects.create(
        organisation_id=application.organisation_id,
        application=application,
        at=now,
        kind=kind,
        source=source,
        target=target,
        words=words,
        by=actor,
        who=who,
        for_applicant=for_applicant,
    )
