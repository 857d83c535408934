"""Ranking the principles of a framework for the texts of actions."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from .vocabulary import Principle, principles_of
from .words import stems_of, words_of

#: A title says what an action is; how and success say what surrounds it.
PARTS = {"title": 1.0, "how": 0.5, "success": 0.4}
#: The score at which a proposal is as likely to hold as not: half of 1.
HALF = 4.0
#: What people accepted and refused of actions like this one weighs beside its own words.
OF_EXAMPLES = 6.0
MOST_WORDS = 5
Term = tuple[str, ...]
#: For several principles at once (pillars): those that come so near to the best.
NEAR_THE_BEST = 0.6


@dataclass(frozen=True)
class Example:
    """What somebody said of a proposal: an action's text, the principle, and whether it holds."""

    text: str
    code: str
    accepted: bool = True


@dataclass(frozen=True)
class Proposal:
    """A principle with how sure we are, between 0 and 1, and the words of the action that made it so, as they stand there."""

    code: str
    title: str
    score: float
    because: tuple[str, ...]


@dataclass
class _Weighed:
    score: float = 0.0
    because: dict[str, float] = field(default_factory=dict)


def propose(
    texts: Mapping[str, str], framework: str, examples: Iterable[Example] = (), *, most: int | None = None
) -> list[Proposal]:
    """The principles of a framework for one action, best first; only those for which something speaks.

    `texts` are the action's `title`, `how` and `success`. `examples` are of the same organisation. Raises KeyError for a
    framework without a vocabulary.
    """
    principles = principles_of(framework)
    rarity = _rarity(principles)
    longest = max(len(term) for term in rarity)
    said = {part: _said(texts.get(part, ""), longest) for part in PARTS}
    weighed = {one.code: _weigh(one, said, rarity) for one in principles}
    for code, pull in _pulls(texts, tuple(examples)).items():
        if code in weighed:
            weighed[code].score += OF_EXAMPLES * pull
    proposals = [_proposal(one, weighed[one.code]) for one in principles if weighed[one.code].score > 0]
    order = {one.code: place for place, one in enumerate(principles)}
    proposals.sort(key=lambda one: (-one.score, order[one.code]))
    return proposals[:most]


def several(proposals: Sequence[Proposal]) -> list[str]:
    """The codes of those that come near to the best: for frameworks of which an action answers several at once."""
    return [one.code for one in proposals if one.score >= NEAR_THE_BEST * proposals[0].score]


@lru_cache(maxsize=32)
def _rarity(principles: tuple[Principle, ...]) -> dict[Term, float]:
    """How much a term tells the principles apart: the fewer have it, the more."""
    having = Counter(term for one in principles for term, _ in one.terms)
    return {term: 1 + math.log(len(principles) / number) / 2 for term, number in having.items()}


def _said(text: str, longest: int) -> dict[Term, list[str]]:
    """Each run of stems of a text, up to so many, with the words as they stand there, once for each time."""
    words = words_of(text)
    said: dict[Term, list[str]] = {}
    for at, first in enumerate(words):
        for end in range(at + 1, min(at + longest, len(words)) + 1):
            run = tuple(word.stem for word in words[at:end])
            said.setdefault(run, []).append(text[first.start : words[end - 1].end])
    return said


def _weigh(
    principle: Principle, said: Mapping[str, Mapping[Term, list[str]]], rarity: Mapping[Term, float]
) -> _Weighed:
    found = _Weighed()
    for part, runs in said.items():
        for term, told in principle.terms:
            if places := runs.get(term):
                gain = PARTS[part] * told * rarity[term] * (1 + math.log(len(places)))
                found.score += gain
                found.because[places[0]] = max(found.because.get(places[0], 0.0), gain)
    return found


def _pulls(texts: Mapping[str, str], examples: tuple[Example, ...]) -> dict[str, float]:
    """How much the examples speak for each principle, or against it: the likest of each, between -1 and 1."""
    if not examples:
        return {}
    documents, weights = _learnt(examples)
    own = Counter(stems_of(" ".join(texts.get(part, "") for part in PARTS)))
    pulls: dict[str, list[float]] = {}
    for one, document in zip(examples, documents, strict=True):
        likeness = _cosine(own, document, weights)
        pulls.setdefault(one.code, []).append(likeness if one.accepted else -likeness)
    return {code: max(likenesses, key=lambda one: (abs(one), one)) for code, likenesses in pulls.items()}


@lru_cache(maxsize=8)
def _learnt(examples: tuple[Example, ...]) -> tuple[list[Counter[str]], dict[str, float]]:
    """The words of each example, and how much each word tells them apart."""
    documents = [Counter(stems_of(one.text)) for one in examples]
    having = Counter(word for document in documents for word in document)
    return documents, {word: math.log((1 + len(documents)) / number) for word, number in having.items()}


def _cosine(one: Counter[str], other: Counter[str], weights: Mapping[str, float]) -> float:
    shared = sum(one[word] * other[word] * weights.get(word, 1.0) ** 2 for word in one.keys() & other.keys())
    if not shared:
        return 0.0
    lengths = [
        math.sqrt(sum((number * weights.get(word, 1.0)) ** 2 for word, number in counted.items()))
        for counted in (one, other)
    ]
    return shared / (lengths[0] * lengths[1]) if all(lengths) else 0.0


def _proposal(principle: Principle, weighed: _Weighed) -> Proposal:
    words = sorted(weighed.because, key=lambda said: (-weighed.because[said], said))[:MOST_WORDS]
    score = weighed.score / (weighed.score + HALF)
    return Proposal(principle.code, principle.title, round(score, 3), tuple(words))
