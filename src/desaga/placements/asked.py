"""The questions of a report or a follow-up on a page: what was posted, and how each is shown. Shapes as `answering` reads them. Pure, but for the form data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .defining import Follow, Question, QuestionKind

NAMED: Mapping[str, tuple[str, ...]] = {
    QuestionKind.ORGANISATION: ("name",),
    QuestionKind.HOST: ("organisation", "country", "contact"),
    QuestionKind.PERSON: ("name", "email"),
    QuestionKind.DATE: ("day", "month", "year"),
}
#: What a follow-up cannot ask: files and costs have pages of their own.
NOT_HERE = (QuestionKind.FILE, QuestionKind.COSTS)


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as a page shows it."""

    question: Question
    raw: Any
    trouble: str = ""
    only_if: str = ""

    @property
    def kind(self) -> str:
        return str(self.question.kind)

    @property
    def hint(self) -> str:
        """Under which condition it is asked, and what else helps to answer it."""
        return " ".join(filter(None, [self.only_if, self.question.hint]))

    @property
    def parts(self) -> list[tuple[str, str, str]]:
        """Name, label and value of each field, where a question has several."""
        told = self.raw if isinstance(self.raw, Mapping) else {}
        names = NAMED.get(self.question.kind, ())
        return [(f"{self.question.key}-{name}", name.capitalize(), str(told.get(name, ""))) for name in names]

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """Value, label and whether it is chosen."""
        if self.question.kind == QuestionKind.YES_NO:
            pairs = [("yes", "Yes"), ("no", "No")]
        else:
            pairs = [(one.value, one.label) for one in self.question.choices]
        chosen = self.raw if isinstance(self.raw, list) else [self.raw]
        return [(value, label, value in chosen) for value, label in pairs]

    @property
    def rows(self) -> int:
        return 4 if (self.question.words or 300) <= 150 else 8

    @property
    def said(self) -> str:
        """What was answered, to be read."""
        if self.choices:
            return ", ".join(label for _, label, is_chosen in self.choices if is_chosen)
        if isinstance(self.raw, Mapping):
            return " ".join(value for _, _, value in self.parts if value)
        return "" if self.raw is None else str(self.raw)


def posted(follow: Follow, data: Any) -> dict[str, Any]:
    """What a form sent, under each question's key."""
    return {one.key: _posted(one, data) for one in follow.questions if one.kind not in NOT_HERE}


def _posted(question: Question, data: Any) -> Any:
    key = question.key
    if question.kind == QuestionKind.CHOICES:
        return data.getlist(key)
    if question.kind == QuestionKind.DECLARATION:
        return data.get(key) == "yes"
    if names := NAMED.get(question.kind):
        return {name: data.get(f"{key}-{name}", "") for name in names}
    return data.get(key, "")


def asked(follow: Follow, raw: Mapping[str, Any], troubles: Mapping[str, str] | None = None) -> list[Asked]:
    """All questions of a follow-up that a page can ask."""
    told = troubles or {}
    return [
        Asked(one, raw.get(one.key), told.get(one.key, ""), only_if(one, follow))
        for one in follow.questions
        if one.kind not in NOT_HERE
    ]


def only_if(question: Question, follow: Follow) -> str:
    """The condition in words: all stand on one page, so that it works without a script."""
    condition = question.only_if
    other = condition and next((one for one in follow.questions if one.key == condition.question), None)
    if not condition or not other:
        return ""
    labels = {one.value: one.label for one in other.choices}
    answer = {True: "Yes", False: "No"}.get(condition.answer) or labels.get(str(condition.answer), condition.answer)  # type: ignore[call-overload]
    return f"Only if you answered “{answer}” to “{other.label}”."
