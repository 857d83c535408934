"""Principles proposed for actions, with the words that made it so.

Three voices speak, and each names its words: the hand-made vocabulary, the framework's own wording, and what people in this
organisation accepted and refused for actions with like words. What nothing speaks for is not proposed.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from .learning import OWN_WEIGHT, Heard, Learnt
from .model import ActionText, Asked, Example, FrameworkAsked, Suggestion, parts_of, text_of
from .vocabularies import Vocabulary, vocabulary_of
from .weighing import Rarity, Vector, telling
from .words import COMMONPLACE, Word, words_of

#: What a word counts that has been said already in the same action, and each further phrase beside the weightiest.
SAID_AGAIN = 0.3
FURTHER = 0.9
#: How much likeness to the wording counts: beside a vocabulary, and where there is none.
WORDING, WORDING_ALONE = 0.8, 3.0
#: Words of an action from which on it is held back for its length, and how much.
USUAL_LENGTH, HELD_BACK = 40, 0.3
MOST_WORDS = 6
#: How many texts of answered actions are kept as they were heard, in each process.
KEPT = 4096


@dataclass
class Read:
    """An action's words, part by part, and what they tell."""

    parts: list[tuple[str, float, list[Word]]]
    counts: Counter[str] = field(default_factory=Counter)

    @property
    def length(self) -> int:
        return sum(self.counts.values())


def read(said: str | ActionText) -> Read:
    parts = [(text, share, words_of(text)) for text, share in parts_of(text_of(said)) if text]
    return Read(parts, Counter(stem for _, _, words in parts for stem in telling(words)))


@dataclass
class Voice:
    """What speaks for one principle: its strength, and the words with their share of it."""

    strength: float = 0.0
    words: dict[str, float] = field(default_factory=dict)

    def add(self, word: str, weight: float) -> None:
        self.words[word] = self.words.get(word, 0.0) + weight


def propose(
    actions: Sequence[str | ActionText],
    framework: FrameworkAsked,
    examples: Sequence[Example] = (),
    themselves: Sequence[str] = (),
) -> list[list[Suggestion]]:
    """For each action the framework's principles that anything in its words speaks for, the best first.

    The same action is answered the same, whatever stands beside it. The order of principles and of examples means nothing.
    `themselves`: what examples call each of the actions, so that what was said of an action is not held against its other principles.
    """
    proposer = _Proposer.of(framework, examples)
    named = themselves or [""] * len(actions)
    return [proposer.suggestions(read(action), itself) for action, itself in zip(actions, named, strict=True)]


@dataclass(frozen=True)
class _Proposer:
    framework: FrameworkAsked
    ears: _Ears
    learnt: Learnt

    @classmethod
    def of(cls, framework: FrameworkAsked, examples: Sequence[Example]) -> _Proposer:
        ears = _ears_of(framework)
        told = [(_heard(framework, text_of(one.text)), one.code, one.accepted, one.of) for one in examples]
        return cls(framework, ears, Learnt(told, ears.stems))

    def suggestions(self, action: Read, itself: str = "") -> list[Suggestion]:
        voices = self.ears.voices(action)
        strengths = _strengths(voices)
        learnt = self.learnt.about(Heard(action.counts, lambda: strengths), itself)
        found = []
        for principle in self.framework.principles:
            voice = voices[principle.code]
            score = learnt.score(principle.code, 1 - math.exp(-voice.strength))
            for stem, weight in learnt.shared(principle.code).items():
                voice.add(_as_written(action, stem), weight / OWN_WEIGHT)
            because = _weightiest(voice.words)
            score = round(min(1.0, max(0.0, score)), 4)
            if because and score > 0 and score >= self.framework.threshold:
                found.append(Suggestion(principle.code, score, because, learnt.named(principle.code)))
        return sorted(found, key=lambda one: (-one.score, one.code))


class _Ears:
    """What a framework's vocabulary and wording hear in an action."""

    def __init__(self, framework: FrameworkAsked) -> None:
        self.principles = [one.code for one in framework.principles]
        self.vocabulary: Vocabulary = vocabulary_of(framework.vocabulary)
        wordings = {one.code: telling(words_of(_wording(one))) for one in framework.principles}
        self.stems = list(wordings.values())
        self.rarity = Rarity(self.stems)
        self.wordings: dict[str, Vector] = {
            code: self.rarity.vector(Counter(stems)) for code, stems in wordings.items()
        }

    def voices(self, action: Read) -> dict[str, Voice]:
        voices = {code: Voice() for code in self.principles}
        self._hear_vocabulary(action, voices)
        self._hear_wording(action, voices)
        held = 1 + HELD_BACK * max(0.0, action.length / USUAL_LENGTH - 1)
        for voice in voices.values():
            voice.strength /= held
        return voices

    def _hear_vocabulary(self, action: Read, voices: dict[str, Voice]) -> None:
        found: dict[str, list[tuple[float, tuple[int, ...], int]]] = {}
        for number, (_, share, words) in enumerate(action.parts):
            for match in self.vocabulary.matches(words):
                if match.principle in voices:
                    found.setdefault(match.principle, []).append((match.weight * share, match.places, number))
        for code, matches in found.items():
            voices[code].strength += self._sum(action, matches, voices[code])

    @staticmethod
    def _sum(action: Read, matches: list[tuple[float, tuple[int, ...], int]], voice: Voice) -> float:
        """The strength of the matches, each word of the text counted once, for the weightiest phrase that it is part of."""
        taken: set[tuple[int, int]] = set()
        said: Counter[tuple[str, ...]] = Counter()
        total, further = 0.0, 1.0
        for weight, places, number in sorted(matches, key=lambda one: (-one[0], -len(one[1]), one[2], one[1])):
            text, _, words = action.parts[number]
            if any((number, place) in taken for place in places):
                continue
            taken.update((number, place) for place in places)
            stems = tuple(sorted(words[place].stem for place in places))
            counted = weight * (SAID_AGAIN ** said[stems])
            said[stems] += 1
            for piece in _pieces(text, [words[place] for place in places]):
                voice.add(piece, counted)
            total += counted * further
            further *= FURTHER
        return total

    def _hear_wording(self, action: Read, voices: dict[str, Voice]) -> None:
        vector = self.rarity.vector(action.counts)
        share = WORDING if self.vocabulary else WORDING_ALONE
        for code, wording in self.wordings.items():
            for stem in (vector.keys() & wording.keys()) - COMMONPLACE:
                weight = share * vector[stem] * wording[stem]
                voices[code].strength += weight
                voices[code].add(_as_written(action, stem), weight)


def _wording(principle: Asked) -> str:
    return "\n".join(filter(None, (principle.title or principle.code, principle.text)))


def _pieces(text: str, words: Sequence[Word]) -> list[str]:
    """The words as they stand in the text: one piece where they stand side by side in a line, else each for itself."""
    whole = text[words[0].start : words[-1].end]
    together = re.fullmatch(r"\S+(?: \S+)*", whole) and len(whole.split()) <= len(words) + 2
    return [whole] if together else [text[word.start : word.end] for word in words]


def _strengths(voices: dict[str, Voice]) -> dict[str, float]:
    return {code: voice.strength for code, voice in voices.items()}


@lru_cache(maxsize=32)
def _ears_of(framework: FrameworkAsked) -> _Ears:
    return _Ears(framework)


def _heard(framework: FrameworkAsked, text: ActionText) -> Heard:
    return Heard(_counts_of(text), lambda: _strengths_of(framework, text))


@lru_cache(maxsize=KEPT)
def _counts_of(text: ActionText) -> Counter[str]:
    return read(text).counts


@lru_cache(maxsize=KEPT)
def _strengths_of(framework: FrameworkAsked, text: ActionText) -> dict[str, float]:
    """The same text is heard the same, so that a page that asks again need not listen again."""
    return _strengths(_ears_of(framework).voices(read(text)))


def _as_written(action: Read, stem: str) -> str:
    """The first form in which an action uses a word that it does use."""
    return next(text[word.start : word.end] for text, _, words in action.parts for word in words if word.stem == stem)


def _weightiest(words: dict[str, float]) -> tuple[str, ...]:
    """The words that count most, each once and none that is part of another that stands already."""
    kept: list[str] = []
    for word, _ in sorted(words.items(), key=lambda one: (-one[1], one[0])):
        if not any(word.casefold() in other.casefold() for other in kept):
            kept.append(word)
    return tuple(kept[:MOST_WORDS])
