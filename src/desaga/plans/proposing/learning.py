"""What people accepted and refused, heeded for actions that are alike.

Nearest neighbours, so that each influence can be named. The share of like texts that answer a principle is mixed with what the
action's words say by themselves, the more, the more alike the texts are. A text with accepted principles speaks softly against
those that were not said of it; a refusal speaks against what was refused and nothing else.

The constants were chosen by leave-one-out on the invented plans of the demo, and are held by `bench/proposals.py` to the real one.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .weighing import Rarity, Vector, likeness
from .words import COMMONPLACE

#: How much closeness it takes to weigh as much as the words by themselves.
OWN_WEIGHT = 0.1
#: Likeness is taken to this power: one close text counts more than many remote ones.
CLOSENESS = 3.0
#: How much of likeness is that the same principles are spoken for, by other words too; the rest is the words alone.
SAME_MATTER = 0.7
#: What a text counts against principles about which nothing was said.
UNSAID = 0.3
#: What many examples together tell of how often a principle is answered at all; half of it, when there are so many texts.
USUAL_WEIGHT, MANY = 0.06, 10
#: So many texts with the most words in common are looked at closely, and so many of them speak.
LOOKED_AT, NEAREST = 64, 8
MOST_SHARED = 3
#: So many examples are named as reasons, and none that is farther.
MOST_NAMED, NAMED_FROM = 2, 0.01


@dataclass(frozen=True, slots=True)
class Heard:
    """A text as it is compared: its stems with their number, and how strongly it speaks for each principle, asked when it is wanted."""

    counts: Mapping[str, float]
    voices: Callable[[], Mapping[str, float]]


@dataclass(slots=True)
class _Remembered:
    heard: Heard
    #: By code, the actions of which it was said; and all of them.
    accepted: dict[str, set[str]] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    of: set[str] = field(default_factory=set)
    words: Vector = field(default_factory=dict)
    name: str = ""
    _matter: Vector | None = None

    @property
    def matter(self) -> Vector:
        if self._matter is None:
            self._matter = _unit(self.heard.voices())
        return self._matter


@dataclass(frozen=True, slots=True)
class Heeded:
    """What the examples say of one action: its words, the nearest texts with their closeness, how usual each principle is."""

    words: Vector
    near: Sequence[tuple[float, _Remembered]]
    usual: Mapping[str, float]
    usual_weight: float
    itself: str = ""

    def score(self, code: str, own: float) -> float:
        """The score that the words have by themselves, moved towards what was said of like texts."""
        weight, total = OWN_WEIGHT, OWN_WEIGHT * own
        weight += self.usual_weight
        total += self.usual_weight * self.usual.get(code, 0.0)
        for closeness, text in self.near:
            if code in text.accepted:
                weight += closeness
                total += closeness
            elif code in text.refused:
                weight += closeness
            elif text.accepted:
                weight += closeness * UNSAID
        return total / weight

    def shared(self, code: str) -> dict[str, float]:
        """The stems that the action shares with near texts accepted for the principle, with what they count."""
        found: dict[str, float] = {}
        for closeness, text in self.near:
            if code not in text.accepted:
                continue
            told = (self.words.keys() & text.words.keys()) - COMMONPLACE
            shared = {stem: self.words[stem] * text.words[stem] for stem in told}
            for stem in heapq.nsmallest(MOST_SHARED, shared, key=lambda one: (-shared[one], one)):
                found[stem] = found.get(stem, 0.0) + closeness * shared[stem]
        return found

    def named(self, code: str) -> tuple[str, ...]:
        """The actions of which the principle was accepted, the nearest first."""
        near = [text.accepted.get(code, set()) - {"", self.itself} for far, text in self.near if far >= NAMED_FROM]
        return tuple(dict.fromkeys(min(of) for of in near if of))[:MOST_NAMED]


class Learnt:
    """Examples of one framework, ready to be asked about actions."""

    def __init__(self, examples: Iterable[tuple[Heard, str, bool, str]], wordings: Iterable[Sequence[str]]) -> None:
        texts: dict[frozenset[tuple[str, float]], _Remembered] = {}
        for heard, code, accepted, of in examples:
            if heard.counts:
                text = texts.setdefault(frozenset(heard.counts.items()), _Remembered(heard))
                text.of.add(of)
                if accepted:
                    text.accepted.setdefault(code, set()).add(of)
                else:
                    text.refused.add(code)
        self._texts = list(texts.values())
        self._rarity = Rarity([*wordings, *(list(text.heard.counts) for text in self._texts)])
        for text in self._texts:
            text.words = self._rarity.vector(text.heard.counts)
            text.name = " ".join(sorted(text.heard.counts))
            # Who accepts after all what was refused once has the last word.
            text.refused -= text.accepted.keys()
        self._uses: dict[str, list[tuple[int, float]]] = {}
        for at, text in enumerate(self._texts):
            for stem, weight in text.words.items():
                self._uses.setdefault(stem, []).append((at, weight))
        answered = [set(text.accepted) for text in self._texts if text.accepted]
        self._usual = {code: sum(code in one for one in answered) / len(answered) for code in set().union(*answered)}
        self._usual_weight = USUAL_WEIGHT * len(answered) / (len(answered) + MANY)

    def about(self, action: Heard, itself: str = "") -> Heeded:
        """What the examples say of an action, but for those that are only of the action itself: they say nothing of its other principles."""
        words, matter = self._rarity.vector(action.counts), _unit(action.voices())
        alike: dict[int, float] = {}
        for stem in sorted(words):
            for at, weight in self._uses.get(stem, ()):
                alike[at] = alike.get(at, 0.0) + words[stem] * weight
        if itself:
            alike = {at: likeness for at, likeness in alike.items() if self._texts[at].of != {itself}}
        likest = heapq.nsmallest(LOOKED_AT, alike, key=lambda at: (-alike[at], self._texts[at].name))
        near = [(_closeness(alike[at], matter, self._texts[at].matter), at) for at in likest]
        nearest = heapq.nsmallest(NEAREST, near, key=lambda one: (-one[0], self._texts[one[1]].name))
        near_texts = [(closeness, self._texts[at]) for closeness, at in nearest]
        return Heeded(words, near_texts, self._usual, self._usual_weight, itself)


def _closeness(alike: float, matter: Vector, other: Vector) -> float:
    alike = min(1.0, alike)
    same_matter = min(1.0, likeness(matter, other)) * math.sqrt(alike)
    return ((1 - SAME_MATTER) * alike + SAME_MATTER * same_matter) ** CLOSENESS


def _unit(weights: Mapping[str, float]) -> Vector:
    length = math.sqrt(sum(weight * weight for weight in weights.values()))
    return {key: weight / length for key, weight in weights.items() if weight} if length else {}
