"""What waits for editors: questions to read, answers to publish, schools to answer."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from desaga.ui.waiting import Waiting

from . import queries
from .states import QuestionState

MINUTES_TO_READ, MINUTES_TO_PUBLISH, MINUTES_TO_WRITE = 2, 2, 10


def careers_waiting(user: Any, organisation: Any) -> Iterator[Waiting]:
    if not user.has_perm("careers.answer", organisation):
        return
    told = queries.waiting_counts()
    questions = reverse("careers:list_questions", args=[organisation.slug])
    schools = reverse("careers:list_interests", args=[organisation.slug])
    for what, verb, noun, url, minutes in (
        (QuestionState.WAITING, "Read", "question", f"{questions}?{urlencode({'state': QuestionState.WAITING})}", MINUTES_TO_READ),
        (QuestionState.ANSWERED, "Look at and publish", "answer", f"{questions}?{urlencode({'state': QuestionState.ANSWERED})}", MINUTES_TO_PUBLISH),
        ("schools", "Answer", "school", schools, MINUTES_TO_WRITE),
    ):  # fmt: skip
        if what in told:
            number, since = told[what]
            yield Waiting(verb=verb, thing=f"{number} {noun}{'' if number == 1 else 's'}", url=url, minutes=minutes * number, since=since)  # fmt: skip
