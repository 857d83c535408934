"""Two versions of a scheme beside each other: what was and what is, thing by thing, in words. Pure: no Django, no database."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .defining import Definition
from .editing import LISTS, SAID, WORDS

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Compared:
    """One thing that differs. Empty where it was not there, or is no more."""

    what: str
    was: tuple[str, ...]
    now: tuple[str, ...]


#: What a field of a thing is called, in the order in which it is told; others are told by their own name.
FIELDS: Mapping[str, str] = {
    "label": "", "title": "", "words": "", "hint": "Hint", "kind": "Kind", "required": "Must be answered", "choices": "Answers", "only_if": "Only if",
    "cap": "At most £", "apart": "Beside the award", "asks": "Asks for", "chase_days": "Reminded after days", "open_days": "Open for days",
    "guidance": "Guidance", "weight": "Weight", "scores": "Scores", "after_days": "Days after", "after_months": "Months after", "intro": "Above its questions",
    "names_people": "Names people", "for_host": "The host reads it", "party": "By",
}  # fmt: skip


def compare(old: Definition, new: Definition) -> list[Compared]:
    """All that differs, in the order of a definition."""
    before, after = old.model_dump(mode="json"), new.model_dump(mode="json")
    return [*_facts(before, after), *_lists(before, after), *_questions(before, after)]


def _facts(before: Data, after: Data) -> Iterator[Compared]:
    for name, words in WORDS.items():
        if before[name] != after[name]:
            yield Compared(words[:1].upper() + words[1:], _words(before[name]), _words(after[name]))


def _lists(before: Data, after: Data) -> Iterator[Compared]:
    for place, (_, said) in SAID.items():
        yield from _of(said, before[LISTS[place]], after[LISTS[place]])


def _questions(before: Data, after: Data) -> Iterator[Compared]:
    for part in _keys(before["sections"], after["sections"]):
        yield from _of("question", _asked(before["sections"], part), _asked(after["sections"], part))
    yield from _of("report", [{**before["report"], "key": "report"}], [{**after["report"], "key": "report"}])
    yield from _of("question of the report", before["report"]["questions"], after["report"]["questions"])
    for later in _keys(before["outcomes"], after["outcomes"]):
        yield from _of("later question", _asked(before["outcomes"], later), _asked(after["outcomes"], later))


def _keys(before: Sequence[Data], after: Sequence[Data]) -> list[str]:
    return list(dict.fromkeys([*(one["key"] for one in after), *(one["key"] for one in before)]))


def _asked(holders: Sequence[Data], key: str) -> Sequence[Data]:
    return next((one["questions"] for one in holders if one["key"] == key), ())


def _of(said: str, before: Sequence[Data], after: Sequence[Data]) -> Iterator[Compared]:
    old, new = ({one["key"]: one for one in things} for things in (before, after))
    for key in _keys(before, after):
        was, now = (_thing(things[key]) if key in things else () for things in (old, new))
        if was != now:
            yield Compared(said[:1].upper() + said[1:], was, now)
    kept = [key for key in old if key in new]
    if kept != [key for key in new if key in old]:
        yield Compared(f"Order of each {said}", _named(old, kept), _named(new, [key for key in new if key in old]))


def _named(things: Mapping[str, Data], keys: Sequence[str]) -> tuple[str, ...]:
    return tuple(str(one.get("label") or one.get("title") or one.get("words")) for one in map(things.__getitem__, keys))


def _thing(thing: Data) -> tuple[str, ...]:
    """A thing in lines: what it is called, then each fact of it. Its questions are told by themselves."""
    facts = {name: thing[name] for name in (*FIELDS, *thing) if name in thing and name not in ("key", "questions")}
    lines = []
    for name, value in facts.items():
        words = "; ".join(_words(value))
        if words and value is not False and not (name == "required" and value is True):
            label = FIELDS.get(name, name.replace("_", " ").capitalize())
            lines.append(f"{label}: {words}" if label else words)
    if thing.get("required") is False:
        lines.append("Need not be answered")
    return tuple(lines)


def _words(value: Any) -> tuple[str, ...]:
    if value in (None, "", [], {}):
        return ()
    if isinstance(value, bool):
        return ("Yes" if value else "No",)
    if isinstance(value, Mapping):
        return tuple(
            f"{name.replace('_', ' ')}: {'; '.join(_words(one))}" for name, one in value.items() if _words(one)
        )
    if isinstance(value, list):
        return tuple(_item(one) for one in value)
    return (str(value),)


def _item(one: Any) -> str:
    if isinstance(one, Mapping):
        told = [str(one[name]) for name in ("value", "label", "guidance") if one.get(name) not in (None, "")]
        # A key beside its words says nothing to people; a score's number does.
        return " ".join(told[1:] if isinstance(one.get("value"), str) else told)
    return " / ".join(map(str, one)) if isinstance(one, list) else str(one)
