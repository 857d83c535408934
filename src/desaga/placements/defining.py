"""What a scheme is, as data: whom and what it funds, what it asks, how it decides. Pure: no Django, no database.

A definition is kept with each version of a scheme, and a scheme manager edits it; nothing of a scheme is code. `Definition.model_validate`
refuses, with words, what could not work. Money is in whole pounds and pence (`Decimal`), days are whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=300)]
Text = Annotated[str, StringConstraints(strip_whitespace=True, max_length=5000)]
Pounds = Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=2)]


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
}
#: What the applicant is told, before they send it, of what their employer learns.
EMPLOYER_LEARNS = {
    "never": "Your employer is not told by us that you applied.",
    "award": "If you accept an award, those who lead this work at your employer are told that you have one, where they use Desaga.",
    "application": "When your application comes in, those who lead this work at your employer are told that you applied, where they use Desaga; not what you wrote.",
}
ALWAYS = ("title", "name", "employer", "host", "costs")


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


class CostKind(Strict):
    """Something that is paid for. `cap` is the most for it in one award; no cap where it is empty."""

    key: Key
    label: Line
    hint: Text = ""
    cap: Pounds | None = None
    #: Beside the award, never counted against anybody: left out of the most, and of what approvers and panel read.
    apart: bool = False


class Approver(Strict):
    """Somebody outside who must say yes, by a link. `asks`: an approval (a line manager), a letter (a leader), a place (the host)."""

    key: Key
    title: Line
    asks: Literal["approval", "letter", "place"]
    #: What the applicant reads where they give the name and the address.
    hint: Text = ""
    chase_days: int = Field(default=5, ge=1, le=60)
    open_days: int = Field(default=30, ge=1, le=180)


class Score(Strict):
    value: int = Field(ge=0, le=100)
    label: Line
    guidance: Text = ""


class Criterion(Strict):
    key: Key
    label: Line
    guidance: Text = ""
    weight: Decimal = Field(default=Decimal(1), gt=0, le=100)
    scores: tuple[Score, ...] = Field(min_length=2)

    @model_validator(mode="after")
    def _differs(self) -> Self:
        if len({one.value for one in self.scores}) != len(self.scores):
            raise ValueError(f"Two scores of “{self.label}” have the same value.")
        return self


class Reason(Strict):
    """A reason for saying no; `words` is what the applicant reads."""

    key: Key
    label: Line
    words: Text


class Duty(Strict):
    """One thing that a party to the agreement undertakes, in the scheme's words."""

    key: Key = "duty"
    party: Literal["technician", "home", "host", "scheme"]
    words: Line


class Follow(Strict):
    """What is asked after the placement: `after_days` from its end, or `after_months`."""

    key: Key
    title: Line
    after_days: int = Field(default=0, ge=0, le=366)
    after_months: int = Field(default=0, ge=0, le=60)
    questions: tuple[Question, ...] = Field(min_length=1)


class Definition(Strict):
    """A version of a scheme. Sources of the two that are shipped: `shipped/`."""

    purpose: Text
    who: Text
    #: What one award pays for, as letters and pages call it; and whether one is "at" a host, or works "with" them.
    noun: Line = "placement"
    host_word: Literal["at", "with"] = "at"
    nations: tuple[Choice, ...] = ()
    role_words: tuple[Line, ...] = ()
    funds: Text
    cost_kinds: tuple[CostKind, ...] = Field(min_length=1)
    least: Pounds | None = None
    most: Pounds | None = None
    home: bool = True
    abroad: bool = False
    advance: bool = False
    rests_one_round: bool = False
    #: How the applicant's employer is told that they applied; "award" is of awards alone.
    tells_employer: Literal["never", "award", "application"] = "never"
    sections: tuple[Section, ...] = Field(min_length=1)
    equality: tuple[Question, ...] = ()
    approvers: tuple[Approver, ...] = ()
    criteria: tuple[Criterion, ...] = Field(min_length=1)
    names_hidden: bool = False
    reviewers_each: int | None = Field(default=None, ge=1, le=20)
    decline_reasons: tuple[Reason, ...] = Field(min_length=1)
    #: Why the scheme cannot fund something, found before the panel sees it.
    ineligible_reasons: tuple[Reason, ...] = ()
    accept_days: int = Field(default=14, ge=1, le=90)
    needs_agreement: bool = True
    #: What each party undertakes; where a scheme says nothing, what is usual (`agreeing.USUAL`).
    duties: tuple[Duty, ...] = ()
    report: Follow
    outcomes: tuple[Follow, ...] = ()
    keep_months: int = Field(default=84, ge=6, le=240)

    @model_validator(mode="before")
    @classmethod
    def _agrees(cls, data: Any) -> Any:
        """Duties that were written before they had keys get one by their number; whoever names nations asks for these and no others."""
        if not isinstance(data, dict):
            return data
        told = dict(data)
        if told.get("duties"):
            told["duties"] = numbered(told["duties"])
        if told.get("nations"):
            told["sections"] = [_asks_nations(one, told["nations"]) for one in told.get("sections", ())]
        return told

    @model_validator(mode="after")
    def _whole(self) -> Self:
        _no_twice("parts", [one.key for one in self.sections])
        _no_twice("questions", [one.key for one in self.questions()])
        _no_twice("kinds of cost", [one.key for one in self.cost_kinds])
        _no_twice("criteria", [one.key for one in self.criteria])
        _no_twice("approvers", [one.key for one in self.approvers])
        _no_twice("reasons", [one.key for one in self.decline_reasons])
        _no_twice("reasons", [one.key for one in self.ineligible_reasons])
        _no_twice("duties", [one.key for one in self.duties])
        for what, questions, kinds in self._apart():
            _fits_apart(what, questions, kinds)
        known = {one.key for one in self.questions()}
        if missing := [key for key in ALWAYS if key not in known]:
            raise ValueError(f"Each scheme asks for these: {', '.join(missing)}.")
        for question in self.questions():
            if question.only_if and question.only_if.question not in known:
                raise ValueError(f"“{question.label}” depends on a question that is not asked.")
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValueError("The least that is awarded is more than the most.")
        return self

    def _apart(self) -> Iterator[tuple[str, tuple[Question, ...], frozenset[QuestionKind]]]:
        """The lists of questions that stand beside the application, and what they may ask."""
        yield "equality questions", self.equality, EQUALITY_KINDS
        for follow in (self.report, *self.outcomes):
            yield f"questions of “{follow.title}”", follow.questions, FOLLOW_KINDS

    def questions(self) -> Iterator[Question]:
        for section in self.sections:
            yield from section.questions

    def question(self, key: str) -> Question | None:
        return next((one for one in self.questions() if one.key == key), None)

    def section(self, key: str) -> Section | None:
        return next((one for one in self.sections if one.key == key), None)

    def section_of(self, question_key: str) -> Section | None:
        return next((one for one in self.sections if any(q.key == question_key for q in one.questions)), None)

    def approver(self, key: str) -> Approver | None:
        return next((one for one in self.approvers if one.key == key), None)

    def as_data(self) -> dict[str, Any]:
        """As it is kept: JSON with nothing of Python in it."""
        return self.model_dump(mode="json", exclude_defaults=True)


#: What may be asked after a placement: all but a host from the directory, which is the award's.
FOLLOW_KINDS = frozenset(QuestionKind) - {QuestionKind.HOST}
#: What may be asked for equality figures: only what can be counted.
EQUALITY_KINDS = frozenset({QuestionKind.CHOICE, QuestionKind.CHOICES})


def _fits_apart(what: str, questions: tuple[Question, ...], kinds: frozenset[QuestionKind]) -> None:
    _no_twice(what, [one.key for one in questions])
    known = {one.key for one in questions}
    for one in questions:
        if one.kind not in kinds:
            raise ValueError(f"“{one.label}” cannot be asked there so: {what} are not answered in that way.")
        if one.only_if and one.only_if.question not in known:
            raise ValueError(f"“{one.label}” depends on a question that is not asked there.")


def numbered(duties: Iterable[Any]) -> list[Any]:
    return [
        {"key": f"duty_{number}", **one} if isinstance(one, dict) else one for number, one in enumerate(duties, start=1)
    ]


def _asks_nations(section: Any, nations: Any) -> Any:
    if not isinstance(section, dict):
        return section
    questions = section.get("questions", ())
    if not isinstance(questions, list | tuple) or len(nations) < 2:
        return section
    told = [
        {**one, "choices": nations} if isinstance(one, dict) and one.get("key") == "nation" else one
        for one in questions
    ]
    return {**section, "questions": told}


def _no_twice(what: str, keys: list[str]) -> None:
    if twice := {key for key in keys if keys.count(key) > 1}:
        raise ValueError(f"Two {what} have the key {', '.join(sorted(twice))}.")
