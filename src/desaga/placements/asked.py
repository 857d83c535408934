"""The questions of a report or a follow-up: asked as those of an application are, and what was answered, to be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .defining import Definition, Follow, Question, QuestionKind, Section
from .forms.applying import PartForm
from .shaping import Sent, sent_answer, with_cost, without_cost
from .wording import NOTHING, words_of


@dataclass(frozen=True, slots=True)
class Asked:
    """One question with what was answered; `file` is the number of the file that was given, if one was."""

    question: Question
    words: tuple[str, ...]
    file: int | None = None

    @property
    def said(self) -> str:
        return "" if self.words == (NOTHING,) else "\n".join(self.words)


def asked(follow: Follow, raw: Mapping[str, Any], definition: Definition) -> list[Asked]:
    """All questions of a follow-up, as they were answered."""
    return [Asked(one, words_of(one, raw.get(one.key), definition), _file(one, raw)) for one in follow.questions]


def _file(question: Question, raw: Mapping[str, Any]) -> int | None:
    told = raw.get(question.key)
    is_file = question.kind == QuestionKind.FILE and isinstance(told, Mapping)
    return told.get("file") if is_file and told else None


def form_of(
    follow: Follow, raw: Mapping[str, Any], definition: Definition, troubles: Mapping[str, str] | None = None
) -> PartForm:
    """The questions to be answered, each as an application asks it."""
    part = Section(key=follow.key, title=follow.title, questions=follow.questions)
    return PartForm(part=part, definition=definition, typed=raw, troubles=troubles)


def posted(follow: Follow, data: Sent) -> dict[str, Any]:
    """What a form sent, under each question's key. Files come another way."""
    return {one.key: sent_answer(one, data) for one in follow.questions if one.kind != QuestionKind.FILE}


def pressed(follow: Follow, data: Sent, answers: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The answers after a press beside a question, and which question that was: a line of costs more or less, a file taken away."""
    known = {one.key for one in follow.questions}
    if (key := str(data.get("add_cost", ""))) in known:
        return {**answers, key: with_cost(answers[key])}, key
    key, _, place = str(data.get("remove_cost", "")).rpartition("-")
    if key in known and place.isascii() and place.isdecimal():
        return {**answers, key: without_cost(answers[key], int(place))}, key
    if (key := str(data.get("remove_file", ""))) in known:
        return {**answers, key: {}}, key
    return dict(answers), ""


def file_keys(follow: Follow) -> set[str]:
    """The questions whose answers are files."""
    return {one.key for one in follow.questions if one.kind == QuestionKind.FILE}
