"""What a scheme is, as data: whom and what it funds, what it asks, how it decides. Pure: no Django, no database.

A definition is kept with each version of a scheme, and a scheme manager edits it; nothing of a scheme is code. `Definition.model_validate`
refuses, with words, what could not work. Money is in whole pounds and pence (`Decimal`), days are whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Annotated, Any, Literal, NamedTuple, Self

from pydantic import Field, model_validator

from .conflict_kinds import IN_RECORDS, KINDS, LABELS
from .questioning import CORE, Choice, Key, Line, OnlyIf, Question, QuestionKind, Section, Strict, Text

__all__ = ["CORE", "Choice", "Key", "Line", "OnlyIf", "Question", "QuestionKind", "Section", "Strict", "Text"]

Pounds = Annotated[Decimal, Field(ge=0, le=1_000_000, decimal_places=2)]
#: What the applicant is told, before they send it, of what their employer learns.
EMPLOYER_LEARNS = {
    "never": "Your employer is not told by us that you applied.",
    "award": "If you accept an award, those who lead this work at your employer are told that you have one, where they use Desaga.",
    "application": "When your application comes in, those who lead this work at your employer are told that you applied, where they use Desaga; not what you wrote.",
}
ALWAYS = ("title", "name", "employer", "host", "costs")


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


class ConflictKind(Strict):
    """A kind of conflict; `declared` is what somebody ticks who has it."""

    key: Key
    label: Line
    declared: Line


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


class Employers(Strict):
    """Whose people may apply. `names`: one employer each, under all names by which people may type it; `are`: what they are together.

    Where it `bars`, nobody else can send an application; else others are told, and those who run the scheme look at it.
    """

    are: Line
    names: tuple[tuple[Line, ...], ...] = Field(min_length=1)
    bars: bool = True

    @model_validator(mode="after")
    def _named(self) -> Self:
        if not all(self.names):
            raise ValueError("Each employer needs a name.")
        return self

    def first_names(self) -> list[str]:
        """What is suggested while somebody types."""
        return [names[0] for names in self.names]


class Nouns(NamedTuple):
    """What a scheme calls what one award pays for, and whomever one goes to; a placement at a host where it says nothing."""

    noun: str = "placement"
    host_word: str = "at"
    host_noun: str = "host"

    @property
    def hosts(self) -> str:
        return f"{self.host_noun}s"


PLACEMENTS = Nouns()


class Definition(Strict):
    """A version of a scheme. Sources of the two that are shipped: `shipped/`."""

    purpose: Text
    who: Text
    #: What one award pays for, as letters and pages call it; and whether one is "at" a host, or works "with" them.
    noun: Line = "placement"
    host_word: Literal["at", "with"] = "at"
    #: What whoever one goes to, or works with, is called: a host, a partner.
    host_noun: Line = "host"
    nations: tuple[Choice, ...] = ()
    role_words: tuple[Line, ...] = ()
    employers: Employers | None = None
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
    #: Whether names that are hidden while the panel scores are shown when it meets, without anybody's press.
    names_shown_at_meeting: bool = False
    conflict_kinds: tuple[ConflictKind, ...] = tuple(
        ConflictKind(key=one.key, label=one.label, declared=one.declared) for one in KINDS
    )
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
        """Duties that were written before they had keys get one by their number; a scheme's nations and words for roles are what its questions offer."""
        if not isinstance(data, dict):
            return data
        told = dict(data)
        if told.get("duties"):
            told["duties"] = numbered(told["duties"])
        offered = {
            "nation": nations_offered(told.get("nations") or ()),
            "role_word": roles_offered(told.get("role_words") or ()),
        }
        told["sections"] = [_offers(one, offered) for one in told.get("sections", ())]
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
        _no_twice("kinds of conflict", [one.key for one in self.conflict_kinds])
        if missing := [one for one in IN_RECORDS if not self.conflict_label(one)]:
            raise ValueError(
                f"Desaga finds “{LABELS[missing[0]]}” in the records: give this kind of conflict other words, but keep it."
            )
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

    @property
    def nouns(self) -> Nouns:
        return Nouns(self.noun, self.host_word, self.host_noun)

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

    def conflict_label(self, key: str) -> str:
        """What a kind of conflict is called here; empty where there is none of that key."""
        return next((one.label for one in self.conflict_kinds if one.key == key), "")

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


#: Who is not among those a scheme names says so, and hears why they cannot apply.
ELSEWHERE = {"value": "elsewhere", "label": "Somewhere else"}
NONE_OF_THESE = {"value": "none_of_these", "label": "None of these"}


def nations_offered(nations: Iterable[Any]) -> list[Any]:
    """The answers of the question of nation: those of the scheme, and elsewhere."""
    return [*nations, ELSEWHERE] if nations else []


def roles_offered(words: Iterable[Any]) -> list[Any]:
    """The answers of the question of role: the scheme's words, and none of them. A word keeps its key as long as it is written so."""
    told = [str(one) for one in words]
    return (
        [*({"value": role_key(one), "label": one[:1].upper() + one[1:]} for one in told), NONE_OF_THESE] if told else []
    )


def role_key(words: str) -> str:
    return ("role_" + re.sub(r"[^a-z0-9]+", "_", words.lower()).strip("_"))[:40]


def _offers(section: Any, offered: Mapping[str, list[Any]]) -> Any:
    """A part whose questions offer what the scheme names."""
    if not isinstance(section, dict) or not isinstance(section.get("questions", ()), list | tuple):
        return section
    told = [
        {**one, "choices": offered[one["key"]]} if isinstance(one, dict) and offered.get(one.get("key", "")) else one
        for one in section.get("questions", ())
    ]
    return {**section, "questions": told}


def _no_twice(what: str, keys: list[str]) -> None:
    if twice := {key for key in keys if keys.count(key) > 1}:
        raise ValueError(f"Two {what} have the key {', '.join(sorted(twice))}.")
