"""An answer in words, the same to whoever reads it: applicant, approver, staff, panel. Pure: no Django, no database."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from .answering import Cost, Looked, Wrong, is_asked, parts, read, total
from .defining import Definition, Question, QuestionKind, Section
from .shaping import FIELDS, shown

NOTHING = "Not answered"


class Line(NamedTuple):
    """A question with its answer in words, one paragraph each; `trouble` is what is wrong with it, if anything."""

    key: str
    label: str
    words: tuple[str, ...]
    trouble: str = ""
    #: The number of a file that stands as the answer.
    file: int | None = None


class Part(NamedTuple):
    key: str
    title: str
    lines: tuple[Line, ...]


def parts_told(definition: Definition, typed: Mapping[str, Any], looked: Looked) -> list[Part]:
    """All that is asked, with what was answered. Questions under a condition that is not met are left out."""
    told = [Part(part.key, part.title, tuple(_lines(part, definition, typed, looked))) for part in parts(definition)]
    return [part for part in told if part.lines]


def _lines(part: Section, definition: Definition, typed: Mapping[str, Any], looked: Looked) -> list[Line]:
    return [
        Line(
            key=one.key,
            label=one.label,
            words=words_of(one, typed.get(one.key), definition),
            trouble=looked.troubles.get(one.key, ""),
            file=_file_of(one, typed.get(one.key)),
        )
        for one in part.questions
        if is_asked(one, looked.values)
    ]


def _file_of(question: Question, raw: Any) -> int | None:
    number = raw.get("file") if question.kind == QuestionKind.FILE and isinstance(raw, Mapping) else None
    return number if isinstance(number, int) else None


def words_of(question: Question, raw: Any, definition: Definition) -> tuple[str, ...]:
    """What stands under a question, line by line: as it is understood, or as typed where it cannot be."""
    try:
        told = in_words(question, read(question, raw, definition), definition)
    except Wrong:
        told = as_typed(question, raw, definition)
    return tuple(words for words in told if words) or (NOTHING,)


def in_words(question: Question, value: Any, definition: Definition) -> tuple[str, ...]:
    """What an answer means (`answering.read`), line by line; none where nothing was answered."""
    if value in (None, "", [], {}):
        return ()
    return tuple(WORDERS.get(question.kind, _plain)(question, value, definition))


def as_typed(question: Question, raw: Any, definition: Definition) -> tuple[str, ...]:
    """An answer that cannot be understood, as it was typed."""
    value = shown(question, raw)
    if question.kind == QuestionKind.COSTS:
        labels = labels_of(definition)
        return tuple(_cost_as_typed(one, labels) for one in value if any(one.values()))
    if isinstance(value, Mapping):
        between = " " if question.kind == QuestionKind.DATE else ", "
        return (between.join(words for words in value.values() if isinstance(words, str) and words),)
    is_written = isinstance(value, str) and question.kind not in (QuestionKind.CHOICE, QuestionKind.YES_NO)
    return tuple(value.strip().split("\n")) if is_written else ()


def _plain(question: Question, value: Any, definition: Definition) -> list[str]:
    return str(value).split("\n")


def _choice(question: Question, value: Any, definition: Definition) -> list[str]:
    chosen = value if isinstance(value, list) else [value]
    return [one.label for one in question.choices if one.value in chosen]


def _yes_no(question: Question, value: bool, definition: Definition) -> list[str]:
    return ["Yes" if value else "No"]


def _declaration(question: Question, value: Any, definition: Definition) -> list[str]:
    return ["Confirmed"]


def _date(question: Question, value: date, definition: Definition) -> list[str]:
    return [day_words(value)]


def day_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _money(question: Question, value: Decimal, definition: Definition) -> list[str]:
    return [money(value)]


def money(amount: Decimal) -> str:
    """Pounds, and pence where there are some."""
    return f"£{_amount(amount)}"


def _amount(amount: Decimal) -> str:
    return f"{amount:,.0f}" if amount == amount.to_integral() else f"{amount:,.2f}"


def _named(question: Question, value: Mapping[str, str], definition: Definition) -> list[str]:
    return [", ".join(value[name] for name in FIELDS[question.kind] if value.get(name))]


def _file(question: Question, value: Mapping[str, Any], definition: Definition) -> list[str]:
    return [str(value.get("name", ""))]


class CostLine(NamedTuple):
    """A line of costs: what it is, kind first, and the sum in another currency, where it was noted."""

    name: str
    pounds: Decimal
    foreign: str = ""

    @property
    def words(self) -> str:
        return _cost_words(self.name, money(self.pounds), self.foreign)


def cost_line(cost: Cost, labels: Mapping[str, str]) -> CostLine:
    noted = cost.foreign and cost.currency != "GBP"
    foreign = f"{_amount(cost.foreign)} {cost.currency}" if noted and cost.foreign else ""
    return CostLine(_cost_name(labels.get(cost.kind, ""), cost.what), cost.pounds, foreign)


def labels_of(definition: Definition) -> dict[str, str]:
    """What the scheme calls its kinds of cost."""
    return {one.key: one.label for one in definition.cost_kinds}


def _costs(question: Question, value: list[Cost], definition: Definition) -> list[str]:
    labels = labels_of(definition)
    return [*(cost_line(one, labels).words for one in value), f"Together: {money(total(value))}"]


def _cost_as_typed(one: Mapping[str, str], labels: Mapping[str, str]) -> str:
    foreign = f"{one['foreign']} {one['currency']}" if one["currency"] not in ("", "GBP") and one["foreign"] else ""
    return _cost_words(_cost_name(labels.get(one["kind"], ""), one["what"]), f"£{one['pounds'].removeprefix('£')}", foreign)  # fmt: skip


def _cost_name(label: str, what: str) -> str:
    return ": ".join(words for words in (label, what) if words) or "Something"


def _cost_words(name: str, pounds: str, foreign: str) -> str:
    return f"{name}, {pounds}{f' ({foreign})' if foreign else ''}"


WORDERS: Mapping[QuestionKind, Callable[[Question, Any, Definition], list[str]]] = {
    QuestionKind.CHOICE: _choice,
    QuestionKind.CHOICES: _choice,
    QuestionKind.YES_NO: _yes_no,
    QuestionKind.DECLARATION: _declaration,
    QuestionKind.DATE: _date,
    QuestionKind.MONEY: _money,
    QuestionKind.ORGANISATION: _named,
    QuestionKind.HOST: _named,
    QuestionKind.PERSON: _named,
    QuestionKind.FILE: _file,
    QuestionKind.COSTS: _costs,
}
