"""What was typed, in words to be read: on the page where answers are checked, in the copy by e-mail, by whoever decides. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from .answering import Cost, Looked, Wrong, is_asked, parts, pounds
from .defining import Definition, Question, QuestionKind, Section
from .shaping import shown

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
    """What stands under a question, as typed where it cannot be understood."""
    value = shown(question, raw)
    told = WORDERS.get(question.kind, _plain)(question, value, definition)
    return tuple(words for words in told if words) or (NOTHING,)


def _plain(question: Question, value: Any, definition: Definition) -> list[str]:
    return str(value).strip().split("\n")


def _choice(question: Question, value: Any, definition: Definition) -> list[str]:
    chosen = value if isinstance(value, list) else [value]
    return [one.label for one in question.choices if one.value in chosen]


def _yes_no(question: Question, value: Any, definition: Definition) -> list[str]:
    return [{"yes": "Yes", "no": "No"}.get(value, "")]


def _declaration(question: Question, value: Any, definition: Definition) -> list[str]:
    return ["Confirmed" if value else ""]


def _date(question: Question, value: Mapping[str, str], definition: Definition) -> list[str]:
    try:
        return [day_words(date(*(int(value[name]) for name in ("year", "month", "day"))))]
    except (ValueError, OverflowError):
        return [" ".join(words for words in value.values() if words)]


def day_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _money(question: Question, value: Any, definition: Definition) -> list[str]:
    try:
        return [money(pounds(value))] if value else []
    except Wrong:
        return [str(value)]


def money(amount: Decimal) -> str:
    """Pounds, and pence where there are some."""
    return f"£{amount:,.0f}" if amount == amount.to_integral() else f"£{amount:,.2f}"


def _named(question: Question, value: Mapping[str, str], definition: Definition) -> list[str]:
    return [", ".join(words for words in value.values() if words)]


def _file(question: Question, value: Mapping[str, Any], definition: Definition) -> list[str]:
    return [str(value.get("name", ""))]


def _costs(question: Question, value: list[dict[str, str]], definition: Definition) -> list[str]:
    labels = {one.key: one.label for one in definition.cost_kinds}
    lines = [_cost(one, labels) for one in value if any(one.values())]
    try:
        sum_ = sum((pounds(one["pounds"]) for one in value if any(one.values())), Decimal(0))
    except Wrong:
        return lines
    return [*lines, f"Together: {money(sum_)}"] if lines else []


def _cost(one: Mapping[str, str], labels: Mapping[str, str]) -> str:
    foreign = one["currency"] not in ("", "GBP") and one["foreign"]
    noted = f" ({one['foreign']} {one['currency']})" if foreign else ""
    what = ": ".join(words for words in (labels.get(one["kind"], ""), one["what"]) if words)
    return f"{what or 'Something'}, £{one['pounds'].removeprefix('£')}{noted}"


def cost_words(cost: Cost, labels: Mapping[str, str]) -> str:
    foreign = {"currency": cost.currency, "foreign": str(cost.foreign or "")}
    return _cost({"kind": cost.kind, "what": cost.what, "pounds": f"{cost.pounds:,.2f}", **foreign}, labels)


WORDERS: Mapping[QuestionKind, Any] = {
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
