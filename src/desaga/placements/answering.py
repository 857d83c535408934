"""What was typed, and what it means: each answer is kept as it was typed, and read here. Pure: no Django, no database.

Shapes of what is kept, by kind of question (`defining.QuestionKind`):
line, text, number, money: a string · choice: a choice's key · choices: a list of keys · yes_no: "yes" or "no" · declaration: true · date: {day, month,
year}, three strings · organisation: {name} · host: {organisation, country, contact} · person: {name, email} · file: {file, name} ·
costs: a list of {kind, what, pounds, currency, foreign}, all strings.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from .defining import Definition, Question, QuestionKind, Section

#: The part of the task list in which the applicant names whom to ask; its questions are made of the definition's approvers.
PEOPLE = "people_to_ask"
ASK = "ask_"
LONGEST_LINE, LONGEST_TEXT, MOST_COSTS = 300, 20_000, 40
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
FILL_IN, CHOOSE = "Fill this in.", "Choose one."


class Wrong(Exception):
    """What was typed cannot be understood; the words say how to mend it."""


@dataclass(frozen=True)
class Cost:
    """One line of costs, in pounds; `foreign` is the amount in `currency`, where that is not pounds."""

    kind: str
    what: str
    pounds: Decimal
    currency: str = "GBP"
    foreign: Decimal | None = None


@dataclass(frozen=True)
class Looked:
    """All answers of an application: what each means, and what is wrong with those that cannot be understood or are missing."""

    values: Mapping[str, Any] = field(default_factory=dict)
    troubles: Mapping[str, str] = field(default_factory=dict)


class PartState(StrEnum):
    NOT_STARTED = "not_started"
    STARTED = "started"
    DONE = "done"


PART_WORDS = {PartState.NOT_STARTED: "Not started", PartState.STARTED: "In progress", PartState.DONE: "Completed"}


def parts(definition: Definition) -> tuple[Section, ...]:
    """The parts of the task list, in order: the scheme's own, and whom to ask."""
    if not definition.approvers:
        return definition.sections
    people = tuple(
        Question(
            key=f"{ASK}{one.key}"[:40], kind=QuestionKind.PERSON, label=one.title, hint=one.hint, names_people=True
        )
        for one in definition.approvers
    )
    return (*definition.sections, Section(key=PEOPLE, title="Whom we ask", questions=people))


def look(definition: Definition, typed: Mapping[str, Any]) -> Looked:
    """Read all answers. A question that is asked only under a condition counts only where that is met."""
    values: dict[str, Any] = {}
    troubles: dict[str, str] = {}
    questions = [question for part in parts(definition) for question in part.questions]
    for question in questions:
        try:
            values[question.key] = read(question, typed.get(question.key), definition)
        except Wrong as wrong:
            troubles[question.key] = str(wrong)
    for question in questions:
        if not is_asked(question, values):
            values.pop(question.key, None)
            troubles.pop(question.key, None)
    return Looked(values, troubles)


def is_asked(question: Question, values: Mapping[str, Any]) -> bool:
    condition = question.only_if
    return condition is None or values.get(condition.question) == condition.answer


def state_of(part: Section, looked: Looked, typed: Mapping[str, Any], *, said_done: bool) -> PartState:
    """Where a part is: the applicant says that it is complete, and nothing in it is missing or wrong."""
    keys = [question.key for question in part.questions if is_asked(question, looked.values)]
    if said_done and not any(key in looked.troubles for key in keys):
        return PartState.DONE
    return PartState.STARTED if any(_is_typed(typed.get(key)) for key in keys) else PartState.NOT_STARTED


def _is_typed(raw: Any) -> bool:
    if isinstance(raw, Mapping):
        return any(map(_is_typed, raw.values()))
    if isinstance(raw, list):
        return any(map(_is_typed, raw))
    return bool(str(raw).strip()) if isinstance(raw, str) else bool(raw)


def read(question: Question, raw: Any, definition: Definition) -> Any:
    """What an answer means; None where it was left out and may be. Raises `Wrong`."""
    if not _is_typed(raw):
        if question.required:
            raise Wrong(_what_is_missing(question.kind))
        return None
    value = READERS[question.kind](question, raw)
    if question.kind == QuestionKind.COSTS:
        _refuse_other_kinds(value, definition)
    return value


def _what_is_missing(kind: QuestionKind) -> str:
    if kind in (QuestionKind.CHOICE, QuestionKind.YES_NO):
        return CHOOSE
    words = {
        QuestionKind.CHOICES: "Choose at least one.",
        QuestionKind.DECLARATION: "Tick this box to go on.",
        QuestionKind.FILE: "Choose a file.",
        QuestionKind.COSTS: "Add at least one cost.",
    }
    return words.get(kind, FILL_IN)


def _line(question: Question, raw: Any) -> str:
    words = " ".join(_text_of(raw).split())
    if len(words) > LONGEST_LINE:
        raise Wrong(f"Shorten this to {LONGEST_LINE} characters; it has {len(words):,}.")
    return words


def _text(question: Question, raw: Any) -> str:
    words = _text_of(raw).strip()
    number = len(words.split())
    if question.words and number > question.words:
        raise Wrong(f"Shorten this to {question.words} words; it has {number:,}.")
    if len(words) > LONGEST_TEXT:
        raise Wrong(f"Shorten this to {LONGEST_TEXT:,} characters; it has {len(words):,}.")
    return words


def _text_of(raw: Any) -> str:
    if not isinstance(raw, str):
        raise Wrong(FILL_IN)
    return raw


def _choice(question: Question, raw: Any) -> str:
    if raw not in [one.value for one in question.choices]:
        raise Wrong(CHOOSE)
    return str(raw)


def _choices(question: Question, raw: Any) -> list[str]:
    known = [one.value for one in question.choices]
    if not isinstance(raw, list) or any(one not in known for one in raw):
        raise Wrong("Choose at least one.")
    return [one for one in known if one in raw]


def _yes_no(question: Question, raw: Any) -> bool:
    if raw not in ("yes", "no"):
        raise Wrong(CHOOSE)
    return bool(raw == "yes")


def _declaration(question: Question, raw: Any) -> bool:
    if raw is not True:
        raise Wrong("Tick this box to go on.")
    return True


def _date(question: Question, raw: Any) -> date:
    told = raw if isinstance(raw, Mapping) else {}
    missing = [name for name in ("day", "month", "year") if not str(told.get(name, "")).strip()]
    if missing:
        raise Wrong(f"The date must include a {' and a '.join(missing)}.")
    try:
        return date(*(int(str(told[name])) for name in ("year", "month", "day")))
    except (ValueError, OverflowError):
        raise Wrong("This must be a real date, such as 27 3 2027.") from None


def _number(question: Question, raw: Any) -> int:
    words = _text_of(raw).strip().replace(",", "")
    if not (words.isascii() and words.isdigit()) or len(words) > 6:
        raise Wrong("Write a whole number, such as 12.")
    return int(words)


def pounds(raw: Any) -> Decimal:
    """An amount as people write it, with or without a pound sign and commas. Raises `Wrong`."""
    words = _text_of(raw).strip().replace(",", "").removeprefix("£").strip()
    try:
        amount = Decimal(words)
    except InvalidOperation:
        raise Wrong("Write an amount in pounds, such as 120 or 120.50.") from None
    if not amount.is_finite() or not 0 <= amount <= 1_000_000 or amount != amount.quantize(Decimal("0.01")):
        raise Wrong("Write an amount in pounds, such as 120 or 120.50.")
    return amount


def _named(*needed: str) -> Callable[[Question, Any], dict[str, str]]:
    def reads(question: Question, raw: Any) -> dict[str, str]:
        told = raw if isinstance(raw, Mapping) else {}
        found = {str(name): _line(question, str(words)) for name, words in told.items()}
        if missing := [name for name in needed if not found.get(name)]:
            raise Wrong(f"Say the {' and the '.join(missing)}.")
        return found

    return reads


def _person(question: Question, raw: Any) -> dict[str, str]:
    found = _named("name", "email")(question, raw)
    if not EMAIL.fullmatch(found["email"]):
        raise Wrong("Write an e-mail address like name@example.ac.uk.")
    return found


def _file(question: Question, raw: Any) -> dict[str, Any]:
    if not isinstance(raw, Mapping) or not isinstance(raw.get("file"), int):
        raise Wrong("Choose a file.")
    return {"file": raw["file"], "name": str(raw.get("name", ""))}


def _costs(question: Question, raw: Any) -> list[Cost]:
    if not isinstance(raw, list) or len(raw) > MOST_COSTS:
        raise Wrong(f"Give at most {MOST_COSTS} costs.")
    found = []
    for number, told in enumerate((one for one in raw if _is_typed(one)), 1):
        try:
            found.append(_cost(question, told if isinstance(told, Mapping) else {}))
        except Wrong as wrong:
            raise Wrong(f"Cost {number}: {wrong}") from None
    return found


def _cost(question: Question, told: Mapping[str, Any]) -> Cost:
    currency = str(told.get("currency") or "GBP").strip().upper()
    if not re.fullmatch("[A-Z]{3}", currency):
        raise Wrong("write the currency in three letters, such as EUR.")
    foreign = told.get("foreign")
    return Cost(
        kind=str(told.get("kind", "")),
        what=_line(question, str(told.get("what", ""))),
        pounds=pounds(str(told.get("pounds", ""))),
        currency=currency,
        foreign=pounds(str(foreign)) if foreign else None,
    )


def _refuse_other_kinds(costs: list[Cost], definition: Definition) -> None:
    known = {one.key for one in definition.cost_kinds}
    for number, cost in enumerate(costs, 1):
        if cost.kind not in known:
            raise Wrong(f"Cost {number}: choose what kind of cost it is.")


def apart_kinds(definition: Definition) -> set[str]:
    """The kinds of cost that are never counted against anybody, nor shown to who approves or decides."""
    return {one.key for one in definition.cost_kinds if one.apart}


def counted(costs: list[Cost] | None, definition: Definition) -> list[Cost]:
    """Without what stands apart."""
    apart = apart_kinds(definition)
    return [one for one in costs or [] if one.kind not in apart]


def total(costs: list[Cost] | None) -> Decimal:
    return sum((one.pounds for one in costs or []), Decimal(0))


READERS: Mapping[QuestionKind, Callable[[Question, Any], Any]] = {
    QuestionKind.LINE: _line,
    QuestionKind.TEXT: _text,
    QuestionKind.CHOICE: _choice,
    QuestionKind.CHOICES: _choices,
    QuestionKind.YES_NO: _yes_no,
    QuestionKind.DATE: _date,
    QuestionKind.NUMBER: _number,
    QuestionKind.MONEY: lambda question, raw: pounds(raw),
    QuestionKind.COSTS: _costs,
    QuestionKind.ORGANISATION: _named("name"),
    QuestionKind.HOST: _named("organisation", "country"),
    QuestionKind.PERSON: _person,
    QuestionKind.FILE: _file,
    QuestionKind.DECLARATION: _declaration,
}
