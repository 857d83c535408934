"""How a workspace's search reaches what the slices keep: each registers how it is searched.

A slice registers in its `AppConfig.ready`; its function starts from the slice's own visibility query, so that nothing is
found that could not be opened.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

MOST_OF_A_KIND = 20


@dataclass(frozen=True, kw_only=True)
class Found:
    """One thing that was found: what it is called, where it is, and a line that tells it from its namesakes."""

    title: str
    url: str
    about: str = ""


# (words, user, organisation, most) -> at most so many finds. Called within the organisation.
Search = Callable[[str, Any, Any, int], Sequence[Found]]


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of thing that can be searched: its name in the plural, and how. `order` sorts, lowest first."""

    label: str
    search: Search
    order: int = 100


@dataclass(frozen=True, kw_only=True)
class Finds:
    """What was found of one kind; `has_more` where the list was cut."""

    label: str
    finds: Sequence[Found]
    has_more: bool


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Let this kind of thing be found; one of the same label takes its place."""
    _kinds[kind.label] = kind


def find(words: str, user: Any, organisation: Any) -> list[Finds]:
    """Everything that matches, kind by kind, kinds without a match left out; nothing for no words."""
    if not words.strip():
        return []
    answers = []
    for kind in sorted(_kinds.values(), key=lambda kind: kind.order):
        finds = list(kind.search(words.strip(), user, organisation, MOST_OF_A_KIND + 1))
        if finds:
            answers.append(Finds(label=kind.label, finds=finds[:MOST_OF_A_KIND], has_more=len(finds) > MOST_OF_A_KIND))
    return answers
