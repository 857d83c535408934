"""An application in words, part by part: all of it for staff, and for a panel without what it must not read. Pure: no Django, no database."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from .answering import PEOPLE, Wrong, counted, is_asked, look, parts, read, total
from .defining import Definition, Question, QuestionKind
from .wording import NOTHING, CostLine, as_typed, cost_line, in_words, labels_of

BLACK = "█████"
#: Answers that tell who somebody is, whatever the scheme says of its questions.
TELLS_WHO = ("name", "employer")


@dataclass(frozen=True)
class Told:
    """One answer in words. `costs` are the lines of a question of costs; `file` is the id of a file."""

    key: str
    label: str
    words: str
    costs: Sequence[CostLine] = ()
    sum: Decimal | None = None
    file: int | None = None
    is_text: bool = False


@dataclass(frozen=True)
class PartTold:
    key: str
    title: str
    answers: Sequence[Told]


@dataclass(frozen=True)
class Hidden:
    """What a reader must not read: names, and words that staff blackened, by answer."""

    names: bool = False
    blackened: Mapping[str, Sequence[str]] = field(default_factory=dict)
    #: Files of which there is a copy without names: that is read in their place.
    redacted: Mapping[int, str] = field(default_factory=dict)


def tell(definition: Definition, typed: Mapping[str, Any], hidden: Hidden | None = None) -> list[PartTold]:
    """All parts with what was answered. With `hidden` it is the copy for a panel: whom to ask is left out, and what tells who somebody is where names are hidden; words are blackened."""
    looked = look(definition, typed)
    found = []
    for part in parts(definition):
        asked = [
            one
            for one in part.questions
            if is_asked(one, looked.values)
            and not (hidden and _is_left_out(one, hidden) and not _is_redacted(one, typed.get(one.key), hidden))
        ]
        if asked and not (hidden and part.key == PEOPLE):
            found.append(
                PartTold(
                    part.key, part.title, [_told(one, typed.get(one.key), definition, hidden, typed) for one in asked]
                )
            )
    return found


def _is_left_out(question: Question, hidden: Hidden) -> bool:
    """While names are hidden, papers are left out too: who made them stands in them."""
    names = (
        question.names_people or question.key in TELLS_WHO or question.kind in (QuestionKind.PERSON, QuestionKind.FILE)
    )
    return hidden.names and names


def _is_redacted(question: Question, raw: Any, hidden: Hidden) -> bool:
    """A file whose copy without names the panel reads."""
    return question.kind == QuestionKind.FILE and isinstance(raw, Mapping) and raw.get("file") in hidden.redacted


def _told(
    question: Question, raw: Any, definition: Definition, hidden: Hidden | None, typed: Mapping[str, Any]
) -> Told:
    try:
        value = read(question, raw, definition)
    except Wrong:
        value = None
    if hidden and hidden.names and question.kind == QuestionKind.HOST and isinstance(value, Mapping):
        value = {name: told for name, told in value.items() if name != "contact"}
    if hidden is not None and question.kind == QuestionKind.COSTS and value:
        value = counted(value, definition)
    lines = in_words(question, value, definition) or (
        as_typed(question, raw, definition) if isinstance(raw, str) else ()
    )
    words = "\n".join(lines) or NOTHING
    if hidden and hidden.names and isinstance(raw, Mapping) and _is_redacted(question, raw, hidden):
        words = f"{hidden.redacted[raw['file']]}, a copy without names"
    costs = list(value) if question.kind == QuestionKind.COSTS and value else []
    told = [cost_line(one, labels_of(definition)) for one in costs]
    if hidden:
        black = [
            *hidden.blackened.get(question.key, ()),
            *(names_of(str(typed.get("name") or "")) if hidden.names else ()),
        ]
        words = blacken(words, black)
        told = [one._replace(name=blacken(one.name, black)) for one in told]
    return Told(
        key=question.key,
        label=question.label,
        words=words,
        costs=told,
        sum=total(costs) if costs else None,
        file=value.get("file") if question.kind == QuestionKind.FILE and isinstance(value, dict) else None,
        is_text=question.kind == QuestionKind.TEXT,
    )


def names_of(name: str) -> list[str]:
    """A name and its parts, to be blackened wherever they stand; parts of two letters or fewer stand in other words too."""
    name = name.strip()
    return [name, *(part for part in name.split() if len(part) > 2)] if name else []


def blacken(text: str, words: Iterable[str]) -> str:
    """The text with these words made black, wherever they stand as words, in whatever case; the longest first."""
    wanted = sorted({one.strip() for one in words if one.strip()}, key=len, reverse=True)
    if not wanted or not text:
        return text
    either = "|".join(r"\s+".join(map(re.escape, one.split())) for one in wanted)
    return re.sub(rf"(?<!\w)(?:{either})(?!\w)", BLACK, text, flags=re.IGNORECASE)
