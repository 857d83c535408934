"""From what a page sends to what is kept of an answer, and how two of them are told apart. Pure: no Django, no database.

What is kept is what was typed, right or wrong; `answering.read` makes sense of it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import blake2b
from typing import Any, Protocol

from .answering import MOST_COSTS
from .defining import Question, QuestionKind

DATE, ORGANISATION, HOST, PERSON = (
    ("day", "month", "year"),
    ("name",),
    ("organisation", "country", "contact"),
    ("name", "email"),
)
#: The smaller fields of questions that have some.
FIELDS: Mapping[QuestionKind, tuple[str, ...]] = {
    QuestionKind.DATE: DATE,
    QuestionKind.ORGANISATION: ORGANISATION,
    QuestionKind.HOST: HOST,
    QuestionKind.PERSON: PERSON,
}
COST = ("kind", "what", "pounds", "currency", "foreign")
#: What stands in a line of costs before anything is typed.
BLANK_COST = dict.fromkeys(COST, "")


class Sent(Protocol):
    """A form as it was sent."""

    def get(self, name: str, default: str = "") -> Any: ...

    def getlist(self, name: str) -> list[Any]: ...

    def __contains__(self, name: object) -> bool: ...


def sent_answer(question: Question, sent: Sent) -> Any:
    """What the page sent under a question, in the shape in which it is kept. Files come another way."""
    key = question.key
    if question.kind == QuestionKind.CHOICES:
        return [str(one) for one in sent.getlist(key)]
    if question.kind == QuestionKind.DECLARATION:
        return key in sent
    if fields := FIELDS.get(question.kind):
        return {name: plain(sent.get(f"{key}_{name}", "")) for name in fields}
    if question.kind == QuestionKind.COSTS:
        return [_cost(sent, key, number) for number in range(_number_of_costs(sent, key))]
    return plain(sent.get(key, ""))


def _number_of_costs(sent: Sent, key: str) -> int:
    told = str(sent.get(f"{key}_rows", "0"))
    return min(int(told), MOST_COSTS + 1) if told.isascii() and told.isdigit() and len(told) < 4 else 0


def _cost(sent: Sent, key: str, number: int) -> dict[str, str]:
    return {name: plain(sent.get(f"{key}_{number}_{name}", "")) for name in COST}


def plain(words: Any) -> str:
    """Line ends as everybody writes them; and without the one character that a database refuses."""
    return str(words).replace("\r\n", "\n").replace("\x00", "")


def shown(question: Question, raw: Any) -> Any:
    """What a page shows of what is kept: every small field there, and at least one line of costs."""
    if question.kind == QuestionKind.CHOICES:
        return [str(one) for one in raw] if isinstance(raw, list) else []
    if question.kind == QuestionKind.DECLARATION:
        return raw is True
    if fields := FIELDS.get(question.kind):
        told = raw if isinstance(raw, Mapping) else {}
        return {name: str(told.get(name) or "") for name in fields}
    if question.kind == QuestionKind.COSTS:
        return shown_costs(raw)
    if question.kind == QuestionKind.FILE:
        return raw if isinstance(raw, Mapping) else {}
    return raw if isinstance(raw, str) else ""


def shown_costs(raw: Any) -> list[dict[str, str]]:
    told = [one for one in raw if isinstance(one, Mapping)] if isinstance(raw, list) else []
    return [{name: str(one.get(name) or "") for name in COST} for one in told] or [dict(BLANK_COST)]


def mark_of(question: Question, raw: Any) -> str:
    """The same for the same answer: a page carries it, to tell what was changed on it, and what elsewhere meanwhile."""
    words = json.dumps(shown(question, raw), ensure_ascii=False, sort_keys=True)
    return blake2b(words.encode(), digest_size=8).hexdigest()


def without_cost(raw: Any, number: int) -> list[dict[str, str]]:
    """The lines of costs without one of them."""
    return [one for place, one in enumerate(shown_costs(raw)) if place != number]


def with_cost(raw: Any) -> list[dict[str, str]]:
    """The lines of costs with an empty one at the end, up to the most there may be."""
    lines = shown_costs(raw)
    return [*lines, dict(BLANK_COST)] if len(lines) < MOST_COSTS else lines
