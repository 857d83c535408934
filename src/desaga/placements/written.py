"""Answers in words, for those who read an application without changing it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import formats

from .answering import Looked, counted, is_asked
from .approving import Asks
from .defining import Definition, Question, QuestionKind, Section

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
    said = [(one, in_words(one, _read_by(one, looked, definition, asks), definition)) for one in shown]
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


def in_words(question: Question, value: Any, definition: Definition) -> str:
    """One answer as one line or text; empty where nothing was answered."""
    if value is None or value == [] or value == "":
        return ""
    words = WORDS.get(question.kind)
    return words(question, value, definition) if words else str(value)


def _choice(question: Question, value: Any, definition: Definition) -> str:
    labels = {one.value: one.label for one in question.choices}
    keys = value if isinstance(value, list) else [value]
    return ", ".join(labels.get(one, str(one)) for one in keys)


def _named(question: Question, value: Mapping[str, str], definition: Definition) -> str:
    return ", ".join(words for key, words in value.items() if words and key != "file")


def _costs(question: Question, value: Any, definition: Definition) -> str:
    labels = {one.key: one.label for one in definition.cost_kinds}
    lines = [
        f"{labels.get(one.kind, one.kind)}: £{one.pounds:,.2f}{f' ({one.what})' if one.what else ''}" for one in value
    ]
    return "\n".join([*lines, f"Together: £{sum(one.pounds for one in value):,.2f}"])


WORDS: Mapping[QuestionKind, Callable[[Question, Any, Definition], str]] = {
    QuestionKind.CHOICE: _choice,
    QuestionKind.CHOICES: _choice,
    QuestionKind.YES_NO: lambda question, value, definition: "Yes" if value else "No",
    QuestionKind.DATE: lambda question, value, definition: formats.date_format(value, "j F Y"),
    QuestionKind.MONEY: lambda question, value, definition: f"£{value:,.2f}",
    QuestionKind.COSTS: _costs,
    QuestionKind.ORGANISATION: _named,
    QuestionKind.HOST: _named,
    QuestionKind.PERSON: _named,
    QuestionKind.FILE: _named,
}
