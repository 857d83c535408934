"""Which texts are most like one, by the rare words that they share (BM25), and which words those are. Nothing is kept here."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Container, Iterable, Mapping
from dataclasses import dataclass

from .weighing import K1, B, telling
from .words import COMMONPLACE, words_of

#: A word of the title counts as so many of the rest.
TITLE_COUNTS = 2
#: What is less like than this, beside the text itself, is not worth reading; nor what shares one word alone.
LEAST_SHARE, FEWEST_WORDS = 0.15, 2
MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class Near:
    """A text that is alike: its key, how much of what the asked text says it says too (0 to 1), and the stems in common, the rarest first."""

    key: int
    share: float
    stems: tuple[str, ...]


def counts_of(title: str, *rest: str) -> Counter[str]:
    """The stems of an action that tell what it is about; commonplace ones are left out."""
    counts = Counter({stem: TITLE_COUNTS * number for stem, number in Counter(telling(words_of(title))).items()})
    counts.update(stem for text in rest for stem in telling(words_of(text)))
    for stem in COMMONPLACE & counts.keys():
        del counts[stem]
    return counts


class Texts:
    """Texts by their keys, ready to be asked which are like another."""

    def __init__(self, counts: Mapping[int, Mapping[str, int]]) -> None:
        self._uses: dict[str, list[tuple[int, int]]] = {}
        for key, stems in counts.items():
            for stem, number in stems.items():
                self._uses.setdefault(stem, []).append((key, number))
        self._lengths = {key: sum(stems.values()) for key, stems in counts.items()}
        self._usual = sum(self._lengths.values()) / len(self._lengths) if counts else 1.0

    def nearest(self, asked: Mapping[str, int], most: int, but: Container[int] = ()) -> list[Near]:
        """The texts most like the asked one, the likest first, without those of `but`."""
        found: dict[int, dict[str, float]] = {}
        whole = 0.0
        for stem in sorted(asked):
            uses = self._uses.get(stem)
            if not uses:
                continue  # What nobody else writes tells nothing of how alike the others are.
            rarity = self._rarity(stem)
            whole += rarity * self._weight(asked[stem], sum(asked.values()))
            for key, number in uses:
                found.setdefault(key, {})[stem] = rarity * self._weight(number, self._lengths[key])
        scores = {key: sum(one.values()) for key, one in found.items() if len(one) >= FEWEST_WORDS and key not in but}
        best = heapq.nsmallest(most, scores, key=lambda key: (-scores[key], key))
        near = [Near(key, min(1.0, scores[key] / whole), _weightiest(found[key])) for key in best]
        return [one for one in near if one.share >= LEAST_SHARE]

    def _rarity(self, stem: str) -> float:
        uses = len(self._uses.get(stem, ()))
        return math.log(1 + (len(self._lengths) - uses + 0.5) / (uses + 0.5))

    def _weight(self, number: int, length: int) -> float:
        return number * (K1 + 1) / (number + K1 * (1 - B + B * length / (self._usual or 1)))


def _weightiest(words: Mapping[str, float]) -> tuple[str, ...]:
    return tuple(sorted(words, key=lambda stem: (-words[stem], stem))[:MOST_WORDS])


def as_written(stems: Iterable[str], *texts: str) -> list[list[str]]:
    """How the texts write each of these words, in every form; what stands in none of them is left out."""
    written: dict[str, dict[str, None]] = {}
    for text in texts:
        for word in words_of(text):
            written.setdefault(word.stem, {})[text[word.start : word.end]] = None
    return [list(written[stem]) for stem in stems if stem in written]
