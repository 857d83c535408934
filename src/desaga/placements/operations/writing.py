"""What may be written into an application now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from desaga.organisations.refusals import Refused

from ..answering import parts
from ..defining import Question
from ..models import Application

#: The most that is kept under one question, in characters of JSON: far over what any may hold, so that too long a text is kept and said.
MOST_KEPT = 60_000


class IsLocked(Refused):
    """This part cannot be changed now."""


class NoSuchQuestion(Refused):
    """This scheme does not ask that."""


class TooMuch(Refused):
    """This is far more than the question can hold. Shorten it before it is saved."""


def refuse_locked(held: Application, answers: Mapping[str, Any]) -> dict[str, Question]:
    """The questions that are answered. Raises `IsLocked`, `NoSuchQuestion`, `TooMuch`."""
    asked = {question.key: (part, question) for part in parts(held.definition) for question in part.questions}
    for key, value in answers.items():
        if key not in asked:
            raise NoSuchQuestion
        if not held.is_open(asked[key][0].key):
            raise IsLocked
        if len(json.dumps(value)) > MOST_KEPT:
            raise TooMuch
    return {key: asked[key][1] for key in answers}
