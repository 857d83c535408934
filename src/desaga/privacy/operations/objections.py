"""Objecting, and answering it. What is objected to is left out from the moment on; accepted, it is deleted."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.models import Person
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..models import Objection, PersonKey
from ..queries import key_linked, objections_open_of
from ..rows import HELD
from ..states import TRANSITIONS, About


class NobodyHasIt(Refused):
    """Nobody in the snapshots here has this staff number. Look whether it is written as in the extract."""


class IsAnothers(Refused):
    """These rows are known as another person's. Look whether the number is right."""


class RowsNotKnown(Refused):
    """Say first which rows are the person's, by their staff number: else nothing can be left out or deleted."""


class NotNow(Refused):
    """This objection was answered or withdrawn meanwhile."""


class SaysNothing(Refused):
    """Say what you object to, so that whoever answers knows."""


class AnswerNeeded(Refused):
    """Give the reason: the person reads it, and may complain to the Information Commissioner."""


@transaction.atomic
def object_to(
    *, actor: Any, organisation: Any, about: str, words: str = "", person: Person | None = None, number: str = ""
) -> Objection:
    """Write an objection down: of a person with an account, or, entered by the steward, of whoever has a staff number.

    The same objection of the same person that still waits is answered as it is. Raises `NobodyHasIt`, `SaysNothing`.
    """
    if about == About.OTHER and not words.strip():
        raise SaysNothing
    key = key_of(organisation, number) if number else (key_linked(person.pk) if person else None)
    waiting = objections_open_of(person=person, key=key).filter(about=about).first()
    if waiting and about != About.OTHER:
        return waiting
    objection = Objection.objects.create(
        organisation=organisation, about=About(about), words=words, person=person, key=key, entered_by=actor
    )
    audit.record(actor=actor, verb="wrote down", thing=objection)
    return objection


def key_of(organisation: Any, number: str) -> UUID:
    """The key of a staff number, whichever slice knows it. Raises `NobodyHasIt`."""
    found = (rows.key_of(organisation, number.strip()) for rows in HELD)
    key = next((one for one in found if one is not None), None)
    if key is None:
        raise NobodyHasIt
    return key


@transaction.atomic
def link_rows(*, actor: Any, organisation: Any, person: Person, number: str) -> PersonKey:
    """Say which rows are a person's, by their staff number; their waiting objections take effect. Raises `NobodyHasIt`, `IsAnothers`."""
    key = key_of(organisation, number)
    if PersonKey.objects.filter(key=key).exclude(person=person).exists():
        raise IsAnothers
    told = {"key": key, "linked_at": timezone.now(), "linked_by": actor}
    link, _ = PersonKey.objects.update_or_create(organisation=organisation, person=person, defaults=told)
    for objection in objections_open_of(person=person, key=None).filter(key=None):
        objection.key = key
        objection.save(update_fields=["key"])
    audit.record(actor=actor, verb="said which rows are of", thing=person)
    return link


@transaction.atomic
def accept(*, actor: Any, objection: Objection, answer: str = "") -> dict[str, int]:
    """Accept an objection, and delete what it is about; answers how many rows of what went. Raises `RowsNotKnown`, `NotNow`."""
    if objection.about != About.OTHER and objection.key is None:
        raise RowsNotKnown
    held = _move(objection, "accept", actor=actor, answer=answer)
    counts: dict[str, int] = {}
    if held.key and held.about != About.OTHER:
        for rows in HELD:
            counts |= rows.forget(held.organisation, held.key, held.about)
    return counts


@transaction.atomic
def refuse(*, actor: Any, objection: Objection, answer: str) -> Objection:
    """Not accept an objection; the reason is for the person. Of equality data it cannot be: a notice in writing ends that. Raises `AnswerNeeded`, `NotNow`."""
    if not answer.strip():
        raise AnswerNeeded
    if objection.about == About.EQUALITY:
        raise Refused(
            "Somebody's equality data may not be used for monitoring once they said so (Data Protection Act 2018, Schedule 1, paragraph 8(5)). Accept it."
        )
    return _move(objection, "refuse", actor=actor, answer=answer)


@transaction.atomic
def withdraw(*, actor: Any, objection: Objection) -> Objection:
    """Take one's objection back. Raises `NotNow`."""
    return _move(objection, "withdraw", actor=actor)


def _move(objection: Objection, name: str, *, actor: Any, answer: str | None = None) -> Objection:
    held, transition = locked(objection), TRANSITIONS[name]
    if held.state not in transition.sources:
        raise NotNow
    held.state = transition.to
    if answer is not None:
        held.answer, held.answered_at, held.answered_by = answer, timezone.now(), actor
    held.save()
    audit.record(actor=actor, verb=transition.verb, thing=held)
    return held
