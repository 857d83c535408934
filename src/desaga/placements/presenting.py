"""What an applicant's pages say of an application: its parts and how far each is, and its history."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from .answering import PART_WORDS, Looked, PartState, is_asked, parts, state_of
from .defining import Section
from .event_words import to_applicant
from .models import Application, ApplicationEvent
from .states import ApplicationState

TONE_OF_PART = {PartState.NOT_STARTED: "plain", PartState.STARTED: "going", PartState.DONE: "done"}


@dataclass(frozen=True)
class Task:
    """A part of the task list. `is_settled` says that nothing more is to be done in it; without `url` it cannot be changed now."""

    key: str
    title: str
    words: str
    tone: str
    url: str = ""
    is_settled: bool = False


def tasks_of(application: Application, answers: Mapping[str, Any], looked: Looked) -> list[Task]:
    return [_task(application, part, answers, looked) for part in parts(application.definition)]


def _task(application: Application, part: Section, answers: Mapping[str, Any], looked: Looked) -> Task:
    if not any(is_asked(question, looked.values) for question in part.questions):
        return Task(part.key, part.title, "Not needed", "steady", is_settled=True)
    if not application.is_open(part.key):
        return Task(part.key, part.title, "Locked", "stopped", is_settled=True)
    state = state_of(part, looked, answers, said_done=part.key in application.done_sections)
    words, tone = PART_WORDS[state], TONE_OF_PART[state]
    # Of a draft that somebody gave back, the parts that they named.
    if application.state == ApplicationState.CHANGES_ASKED or part.key in application.open_sections:
        words, tone = ("Changed", "done") if state == PartState.DONE else ("Changes asked for", "waiting")
    url = address(application, "write_part", part=part.key)
    return Task(part.key, part.title, words, tone, url, is_settled=state == PartState.DONE)


def address(application: Application, name: str, **more: Any) -> str:
    """Of a page about one application."""
    ids = {
        "organisation_slug": application.organisation.slug,
        "scheme_slug": application.scheme.slug,
        "reference": application.reference,
    }
    return reverse(f"placements:{name}", kwargs=ids | more)


@dataclass(frozen=True)
class Told:
    """Something that happened, as the applicant reads it."""

    at: Any
    what: str
    words: str
    who: str


def events_in_words(events: list[ApplicationEvent], reader: Any) -> list[Told]:
    """`reader`'s own deeds are "you"; whoever came by a link goes by the name they gave."""
    return [Told(one.at, to_applicant(one.kind), one.words, _who(one, reader)) for one in events]


def _who(event: ApplicationEvent, reader: Any) -> str:
    if event.by_id is not None and event.by_id == reader.pk:
        return "you"
    return event.who
