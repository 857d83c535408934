"""What whoever is asked for something reads of an application. Pure: no Django, no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .answering import Looked, counted, is_asked
from .approving import Asks
from .defining import Definition, Question, QuestionKind, Section
from .wording import in_words

#: What a host reads: who comes, when, and what for. Money and contract are the employer's business.
FOR_HOST = frozenset({"title", "name", "job", "employer", "host", "starts_on", "ends_on", "working_days", "aims", "use_for_you", "use_for_team", "use_for_host", "what", "stays"})  # fmt: skip


@dataclass(frozen=True)
class Line:
    label: str
    words: str
    is_long: bool = False


@dataclass(frozen=True)
class Part:
    title: str
    lines: Sequence[Line]


def told(definition: Definition, looked: Looked, asks: str = "") -> list[Part]:
    """All that was written, part by part, or what whoever is asked for something reads of it; equality answers are elsewhere and never here."""
    parts = [Part(one.title, _lines(one, definition, looked, asks)) for one in definition.sections]
    return [one for one in parts if one.lines]


def _lines(part: Section, definition: Definition, looked: Looked, asks: str) -> list[Line]:
    shown = [one for one in part.questions if is_shown(one, asks) and is_asked(one, looked.values)]
    said = [(one, "\n".join(in_words(one, _read_by(one, looked, definition, asks), definition))) for one in shown]
    return [Line(one.label, words, one.kind == QuestionKind.TEXT) for one, words in said if words]


def _read_by(question: Question, looked: Looked, definition: Definition, asks: str) -> Any:
    """Whoever is asked for something reads no costs that stand apart."""
    value = looked.values.get(question.key)
    return counted(value, definition) if asks and question.kind == QuestionKind.COSTS else value


def is_shown(question: Question, asks: str) -> bool:
    if question.kind == QuestionKind.DECLARATION:
        return False
    if asks != Asks.PLACE:
        return True
    return question.key in FOR_HOST if question.for_host is None else question.for_host
