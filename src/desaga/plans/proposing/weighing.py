"""How alike two texts are by their words, rare ones counting more: TF-IDF, and BM25 for those who want to compare."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from .words import COMMONPLACE, Word

Vector = dict[str, float]

#: BM25's usual constants: how soon a repeated word stops to count, and how much a long text is held back.
K1, B = 1.2, 0.75
#: What a commonplace word counts beside another.
COMMONPLACE_SHARE = 0.25


def telling(words: Iterable[Word]) -> list[str]:
    """The stems that say what a text is about: no words that only hold it together, no numbers, no single letters."""
    return [word.stem for word in words if not word.is_function and len(word.stem) > 1 and not word.stem.isdigit()]


class Rarity:
    """How much each stem tells, by how few of the texts use it."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        sets = [set(stems) for stems in texts]
        self._number = len(sets)
        self._uses = Counter(one for stems in sets for one in stems)

    def of(self, stem: str) -> float:
        """More than 0; a stem that no text uses is the rarest."""
        weight = math.log(1 + (self._number + 1) / (self._uses[stem] + 0.5))
        return weight * (COMMONPLACE_SHARE if stem in COMMONPLACE else 1)

    def vector(self, stems: Mapping[str, float]) -> Vector:
        """A text's stems weighted by how often and how rare, as a vector of length 1; empty for an empty text."""
        weighted = {stem: (1 + math.log(count)) * self.of(stem) for stem, count in stems.items() if count >= 1}
        length = math.sqrt(sum(weight * weight for weight in weighted.values()))
        return {stem: weight / length for stem, weight in weighted.items()} if length else {}


def likeness(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length 1: 0 for no word in common, 1 for the same words."""
    few, many = sorted((one, other), key=len)
    return sum(weight * many[stem] for stem, weight in few.items() if stem in many)


def bm25(query: Iterable[str], texts: Sequence[Sequence[str]]) -> list[float]:
    """What each text scores for the query's stems."""
    counts = [Counter(stems) for stems in texts]
    usual = sum(len(stems) for stems in texts) / len(texts) if texts else 0.0
    wanted = set(query)
    uses = {stem: sum(stem in count for count in counts) for stem in wanted}
    found = []
    for count, stems in zip(counts, texts, strict=True):
        held = K1 * (1 - B + B * len(stems) / (usual or 1))
        found.append(
            sum(
                math.log(1 + (len(texts) - uses[stem] + 0.5) / (uses[stem] + 0.5))
                * count[stem]
                * (K1 + 1)
                / (count[stem] + held)
                for stem in wanted
                if count[stem]
            )
        )
    return found
