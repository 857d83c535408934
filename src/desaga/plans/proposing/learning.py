"""What people accepted and refused, heeded for actions with like words.

Nearest neighbours, so that each influence can be named: the share of like texts that answer a principle is mixed with what the words
say by themselves, the more the more alike the texts are. A text with accepted answers speaks softly against what it was not said to
answer; a refusal speaks only against what was refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .model import Example
from .weighing import Rarity, Vector, likeness

#: How much likeness it takes to weigh as much as the words by themselves.
OWN_WEIGHT = 0.4
#: Likeness is taken to this power, so that one close text counts more than many remote ones.
CLOSENESS = 2.0
#: What a text counts against principles about which nobody said anything.
UNSAID = 0.5
#: What every example tells of how often a principle is answered at all.
AT_LEAST = 0.003
MOST_SHARED = 3


@dataclass
class _Remembered:
    counts: Mapping[str, float]
    accepted: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)
    vector: Vector = field(default_factory=dict)


@dataclass
class Heeded:
    """What the examples say of one action."""

    near: list[tuple[float, float, _Remembered]]
    vector: Vector

    def score(self, code: str, own: float) -> float:
        """The score that the words have by themselves, moved towards what was said of like texts."""
        weight, total = OWN_WEIGHT, OWN_WEIGHT * own
        for closeness, _, text in self.near:
            if code in text.accepted:
                weight += closeness
                total += closeness
            elif code in text.refused:
                weight += closeness
            elif text.accepted:
                weight += closeness * UNSAID
        return total / weight

    def words(self, code: str) -> dict[str, float]:
        """The stems that the action shares with texts that were accepted for the principle, with how much they made alike."""
        found: dict[str, float] = {}
        for closeness, alike, text in self.near:
            if code not in text.accepted or not alike:
                continue
            shared = {stem: self.vector[stem] * text.vector[stem] for stem in self.vector.keys() & text.vector.keys()}
            for stem, weight in sorted(shared.items(), key=lambda one: (-one[1], one[0]))[:MOST_SHARED]:
                found[stem] = found.get(stem, 0.0) + closeness * weight / alike
        return found


class Learnt:
    """Examples of one framework, ready to be asked about actions."""

    def __init__(
        self, examples: Iterable[tuple[Mapping[str, float], Example]], wordings: Iterable[Sequence[str]]
    ) -> None:
        texts: dict[frozenset[tuple[str, float]], _Remembered] = {}
        for counts, one in examples:
            text = texts.setdefault(frozenset(counts.items()), _Remembered(counts))
            (text.accepted if one.accepted else text.refused).add(one.code)
        self._texts = [text for text in texts.values() if text.counts]
        self._rarity = Rarity([*map(list, wordings), *(list(text.counts) for text in self._texts)])
        for text in self._texts:
            text.vector = self._rarity.vector(text.counts)
            text.refused -= text.accepted

    def about(self, counts: Mapping[str, float]) -> Heeded:
        vector = self._rarity.vector(counts)
        near = []
        for text in self._texts:
            alike = min(1.0, likeness(vector, text.vector))
            near.append((AT_LEAST + alike**CLOSENESS, alike, text))
        return Heeded(near, vector)
