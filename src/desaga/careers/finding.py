"""What could I do? From a few answers to fields of work and routes, each with the reason why it fits. Pure: nothing is kept, nobody is scored.

Fields come in the order of how many of one's interests they share, then as they stand; a route fits where no answer speaks against it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .kinds import FROM, LEARNS, NATIONS

MOST_FIELDS = 4


@dataclass(frozen=True, slots=True)
class Answers:
    """What somebody chose; empty is "any"."""

    likes: Collection[str] = ()
    nation: str = ""
    start: str = ""
    learns: str = ""

    @property
    def is_empty(self) -> bool:
        return not (self.likes or self.nation or self.start or self.learns)


@dataclass(frozen=True, slots=True)
class Fit:
    """One thing that fits, and why: a sentence."""

    entry: Any
    why: str


def joined(words: Sequence[str]) -> str:
    """ "a, b and c"."""
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}" if words else ""


def fields_for(answers: Answers, fields: Sequence[Any], because: Mapping[str, str]) -> list[Fit]:
    """Fields of work that share an interest, the most shared first; none where no interest was chosen."""
    found = []
    for entry in fields:
        shared = [because[one] for one in because if one in answers.likes and one in entry.content["likes"]]
        if shared:
            found.append((len(shared), Fit(entry, f"Because {joined(shared)}.")))
    found.sort(key=lambda one: -one[0])
    return [fit for _, fit in found[:MOST_FIELDS]]


def routes_for(answers: Answers, routes: Sequence[Any]) -> list[Fit]:
    """Routes that no answer speaks against, with what they were chosen for."""
    asked = (("nation", "nations", answers.nation), ("start", "from", answers.start), ("learns", "learns", answers.learns))  # fmt: skip
    given = [(name, part, value) for name, part, value in asked if value]
    return [
        Fit(entry, why_route(given))
        for entry in routes
        if all(value in entry.content[part] for _, part, value in given)
    ]


def why_route(given: Sequence[tuple[str, str, str]]) -> str:
    """Why a route is among the results; every route is, where nothing was asked."""
    words = {
        "nation": lambda value: f"do this in {NATIONS[value]}",
        "start": lambda value: f"start {FROM[value][0].lower()}{FROM[value][1:]}",
        "learns": lambda value: f"learn {LEARNS[value][0].lower()}{LEARNS[value][1:]}",
    }
    told = [words[name](value) for name, _, value in given]
    return f"You can {joined(told)}." if told else "It is one of the ways in."
