"""The hand-made vocabularies: which words speak for which principle of a framework, and how surely."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

from .words import COMMONPLACE, Word, stems_of, words_of

#: How much one phrase speaks for a topic.
SURENESS = {"sure": 1.2, "likely": 0.6, "hint": 0.2}
#: The share that is left where a phrase's words stand near each other, but not as the phrase.
NEAR = 0.5
#: How many other words may stand among the words of a phrase.
GAP = 2

Stems = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A phrase found: the places of its words in the list, whose principle it speaks for, and how much."""

    places: tuple[int, ...]
    principle: str
    weight: float


@dataclass(frozen=True, slots=True)
class _Entry:
    weight: float
    topic: str


class Vocabulary:
    """The phrases of one framework's principles, ready to be found in texts."""

    def __init__(self, phrases: Mapping[str, Mapping[Stems, _Entry]], denied: Mapping[str, Iterable[Stems]]) -> None:
        self.principles = frozenset(phrases)
        self._speaks: dict[Stems, list[tuple[str, _Entry]]] = {}
        for principle, entries in phrases.items():
            for stems, entry in entries.items():
                self._speaks.setdefault(stems, []).append((principle, entry))
        self._by_stem: dict[str, list[Stems]] = {}
        for stems in self._speaks:
            for one in set(stems):
                self._by_stem.setdefault(one, []).append(stems)
        self._denied: dict[str, list[tuple[Stems, str]]] = {}
        for topic, forms in denied.items():
            for stems in forms:
                self._denied.setdefault(stems[0], []).append((stems, topic))

    def __bool__(self) -> bool:
        return bool(self._speaks)

    def matches(self, words: list[Word]) -> Iterator[Match]:
        """Every phrase that stands in the words, for each principle that it speaks for."""
        denied = self._places_denied(words)
        content = [place for place, word in enumerate(words) if not word.is_function]
        present = {word.stem for word in words}
        for at, place in enumerate(content):
            for stems in self._by_stem.get(words[place].stem, ()):
                found = _found(stems, words, content, at) if present.issuperset(stems) else None
                if not found:
                    continue
                places, share = found
                for principle, entry in self._speaks[stems]:
                    if not any((entry.topic, one) in denied for one in places):
                        yield Match(places, principle, entry.weight * share)

    def _places_denied(self, words: list[Word]) -> set[tuple[str, int]]:
        denied: set[tuple[str, int]] = set()
        for place, word in enumerate(words):
            for stems, topic in self._denied.get(word.stem, ()):
                if tuple(one.stem for one in words[place : place + len(stems)]) == stems:
                    denied.update((topic, place + step) for step in range(len(stems)))
        return denied


def _found(stems: Stems, words: list[Word], content: list[int], at: int) -> tuple[tuple[int, ...], float] | None:
    """Where a phrase stands whose leftmost word is the content word `at`: as it is, or its words near each other."""
    size = len(stems)
    places = content[at : at + size]
    if tuple(words[place].stem for place in places) == stems and _in_one_sentence(words, places):
        return tuple(places), 1.0
    if size == 1 or any(stem.isdigit() or stem in COMMONPLACE for stem in stems):
        return None
    window = content[at : at + size + GAP]
    near: list[int] = []
    for one in stems:
        place = next((place for place in window if words[place].stem == one and place not in near), None)
        if place is None:
            return None
        near.append(place)
    near.sort()
    return (tuple(near), NEAR) if near[0] == content[at] and _in_one_sentence(words, near) else None


def _in_one_sentence(words: list[Word], places: list[int]) -> bool:
    return words[places[0]].sentence == words[places[-1]].sentence


NO_VOCABULARY = Vocabulary({}, {})


@lru_cache(maxsize=16)
def vocabulary_of(name: str) -> Vocabulary:
    """The vocabulary of a framework by its family's key ("talent"); an empty one where there is none."""
    links = _read(name)
    if links is None:
        return NO_VOCABULARY
    topics = _topics()
    phrases: dict[str, dict[Stems, _Entry]] = {}
    for principle, said in links.items():
        entries = phrases.setdefault(principle, {})
        for topic, share in said.get("topics", {}).items():
            _add(entries, topics[topic], topic, share)
        _add(entries, said, principle, 1.0)
    denied = {topic: [_all_stems(phrase) for phrase in _phrases(said.get("not", ""))] for topic, said in topics.items()}
    return Vocabulary(phrases, denied)


@lru_cache(maxsize=16)
def wordings_of(name: str) -> Mapping[str, str]:
    """The telling words of each principle's published text, in no sentence, by its code; nothing where we have none."""
    return {code: said["wording"] for code, said in (_read(name) or {}).items() if "wording" in said}


def _add(entries: dict[Stems, _Entry], said: Mapping[str, Any], topic: str, share: float) -> None:
    for sureness, weight in SURENESS.items():
        for phrase in _phrases(said.get(sureness, "")):
            stems = stems_of(phrase)
            if stems not in entries or entries[stems].weight < weight * share:
                entries[stems] = _Entry(weight * share, topic)


def _phrases(listed: str) -> list[str]:
    return [phrase.strip() for phrase in listed.split(";") if phrase.strip()]


def _all_stems(phrase: str) -> Stems:
    return tuple(word.stem for word in words_of(phrase))


@lru_cache(maxsize=1)
def _topics() -> dict[str, Any]:
    return _read("topics") or {}


def _read(name: str) -> dict[str, Any] | None:
    file = resources.files(__package__).joinpath("vocabulary", f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8")) if file.is_file() else None
