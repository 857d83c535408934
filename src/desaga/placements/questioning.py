"""What a scheme asks: questions, their kinds, and those whose answers Desaga works with. Pure: no Django, no database."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000)]


class QuestionKind(StrEnum):
    LINE = "line"
    TEXT = "text"
    CHOICE = "choice"
    CHOICES = "choices"
    YES_NO = "yes_no"
    DATE = "date"
    NUMBER = "number"
    MONEY = "money"
    COSTS = "costs"
    ORGANISATION = "organisation"
    HOST = "host"
    PERSON = "person"
    FILE = "file"
    DECLARATION = "declaration"


#: Questions whose answers the platform itself works with, and of which kind each must be. The first five every scheme asks.
CORE: dict[str, QuestionKind] = {
    "title": QuestionKind.LINE,
    "name": QuestionKind.LINE,
    "employer": QuestionKind.ORGANISATION,
    "host": QuestionKind.HOST,
    "costs": QuestionKind.COSTS,
    "nation": QuestionKind.CHOICE,
    "discipline": QuestionKind.CHOICE,
    "job": QuestionKind.LINE,
    "starts_on": QuestionKind.DATE,
    "ends_on": QuestionKind.DATE,
    "working_days": QuestionKind.NUMBER,
    "abroad": QuestionKind.YES_NO,
    "contract_ends_on": QuestionKind.DATE,
    "on_grant": QuestionKind.YES_NO,
    "grant_consent": QuestionKind.YES_NO,
    "risk_assessed": QuestionKind.YES_NO,
    "visa_checked": QuestionKind.YES_NO,
    "insured": QuestionKind.YES_NO,
    "payee": QuestionKind.CHOICE,
    "advance": QuestionKind.YES_NO,
    "session_promised": QuestionKind.YES_NO,
    # Which of the scheme's words for people is closest to one's work; how the work is done meanwhile; what the scheme does not pay.
    "role_word": QuestionKind.CHOICE,
    "cover_at_work": QuestionKind.TEXT,
    "department_cost": QuestionKind.MONEY,
}


class Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Choice(Strict):
    value: Key
    label: Line


class OnlyIf(Strict):
    """The question is asked only where another was answered so."""

    question: Key
    answer: bool | Key


class Question(Strict):
    key: Key
    kind: QuestionKind
    label: Line
    hint: Text = ""
    required: bool = True
    #: The most words of a text.
    words: int | None = Field(default=None, ge=5, le=2000)
    choices: tuple[Choice, ...] = ()
    only_if: OnlyIf | None = None
    #: Left out of what the panel reads while names are hidden.
    names_people: bool = False
    #: Whether a host reads the answer; where it is not said, as `written.FOR_HOST` has it.
    for_host: bool | None = None

    @model_validator(mode="after")
    def _fits(self) -> Self:
        wants = CORE.get(self.key)
        if wants and wants != self.kind:
            raise ValueError(f"“{self.label}” must be of the kind {wants}: Desaga works with its answer.")
        needs_choices = self.kind in (QuestionKind.CHOICE, QuestionKind.CHOICES)
        if needs_choices and len(self.choices) < 2:
            raise ValueError(f"“{self.label}” needs at least two answers to choose from.")
        if len({one.value for one in self.choices}) != len(self.choices):
            raise ValueError(f"Two answers of “{self.label}” have the same key.")
        return self


class Section(Strict):
    """One part of the task list: its questions stand on one page."""

    key: Key
    title: Line
    intro: Text = ""
    questions: tuple[Question, ...] = Field(min_length=1)
