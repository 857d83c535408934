"""Which action of an earlier plan an action of a later one may come from: by likeness of words, with what made it so.

Two voices: how many telling words two actions share (TF-IDF over both plans), and how like their titles are letter by letter, which
a misspelt or reordered title survives. The same owner and the same principle speak for a pair that has words in common, and for no
other. Proposed is the best earlier one of each later one, and the best later one of each earlier one, so that what was split or
merged is found from either side; all others that come near stand behind it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from .weighing import Rarity, Vector, telling
from .words import Word, words_of

#: What each voice counts. Words count most: titles of different actions often begin alike.
WORDS, TITLE = 0.7, 0.3
SAME_OWNER, SAME_PRINCIPLE = 0.1, 0.05
#: Below this a pair is not proposed; from the earlier side more is asked, since most that ended have no successor.
THRESHOLD, THRESHOLD_BACK = 0.28, 0.36
#: So many candidates of each are looked at closely, so that 500 by 500 stays quick.
NEAR = 8
#: Of so many words in common is told.
TOLD = 6
ALSO = 3
#: So much of the shorter title in the longer one makes the longer one an extension of it.
MOST_OF_IT = 2 / 3
#: A word of the title counts as often as so many of the rest.
OF_TITLE = 2


@dataclass(frozen=True, slots=True)
class Told:
    """What is known of an action: a key that names it, its words, whom it names, and what it answers."""

    key: int
    title: str
    rest: str = ""
    owners: frozenset[str] = frozenset()
    principles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Pair:
    """An earlier and a later action by their keys, how like they are (0 to 1), why, and how the one may have gone on as the other."""

    earlier: int
    later: int
    score: float
    because: str
    fate: str
    is_best: bool = True


class _Side:
    """One plan's actions with their words weighed."""

    def __init__(self, actions: Sequence[Told], words: Sequence[Sequence[Word]], rarity: Rarity) -> None:
        self.actions = actions
        self.forms = [_forms(one, found) for one, found in zip(actions, words, strict=True)]
        self.vectors: list[Vector] = [rarity.vector(Counter(telling(found))) for found in words]


def predecessors(earlier: Sequence[Told], later: Sequence[Told], refused: Iterable[tuple[int, int]] = ()) -> list[Pair]:
    """The pairs to propose, the best first; then, with `is_best` false, what comes near. What was refused is not among them."""
    before, after = [[_words(one) for one in side] for side in (earlier, later)]
    rarity = Rarity(telling(found) for found in (*before, *after))
    old, new = _Side(earlier, before, rarity), _Side(later, after, rarity)
    scored = _scored(old, new, frozenset(refused))
    best = _best(scored)
    near = _near(scored, best)
    found = [_pair(old, new, *at, scored[at], is_best=at in best) for at in (*best, *near)]
    return sorted(found, key=lambda pair: (not pair.is_best, -pair.score, pair.later, pair.earlier))


def _words(one: Told) -> list[Word]:
    return [*words_of(one.title) * OF_TITLE, *words_of(one.rest)]


def _forms(one: Told, words: Sequence[Word]) -> Mapping[str, str]:
    """Each stem as the action writes it first."""
    text, cut = one.title, len(words_of(one.title)) * OF_TITLE
    forms: dict[str, str] = {}
    for at, word in enumerate(words):
        source = text if at < cut else one.rest
        forms.setdefault(word.stem, source[word.start : word.end].casefold())
    return forms


def _scored(old: _Side, new: _Side, refused: frozenset[tuple[int, int]]) -> dict[tuple[int, int], float]:
    """The score of every pair that is near enough to be looked at closely, by places."""
    postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for place, vector in enumerate(old.vectors):
        for stem, weight in vector.items():
            postings[stem].append((place, weight))
    likeness: dict[tuple[int, int], float] = {}
    for place, vector in enumerate(new.vectors):
        sums: Counter[int] = Counter()
        for stem, weight in vector.items():
            for other, held in postings.get(stem, ()):
                sums[other] += weight * held  # type: ignore[assignment]
        likeness |= {(other, place): value for other, value in sums.items()}
    close = _closest(likeness, of=1) | _closest(likeness, of=0)
    return {
        at: _score(old.actions[at[0]], new.actions[at[1]], likeness[at])
        for at in close
        if (old.actions[at[0]].key, new.actions[at[1]].key) not in refused
    }


def _closest(likeness: Mapping[tuple[int, int], float], of: int) -> set[tuple[int, int]]:
    """The nearest few pairs of each action of one side: 0 the earlier, 1 the later."""
    grouped: dict[int, list[tuple[float, tuple[int, int]]]] = defaultdict(list)
    for at, value in likeness.items():
        grouped[at[of]].append((value, at))
    return {at for rows in grouped.values() for _, at in sorted(rows, reverse=True)[:NEAR]}


def _score(one: Told, other: Told, words: float) -> float:
    title = fuzz.token_sort_ratio(one.title.casefold(), other.title.casefold()) / 100
    score = WORDS * words + TITLE * max(0.0, 2 * title - 1)
    score += SAME_OWNER * bool(one.owners & other.owners) + SAME_PRINCIPLE * bool(one.principles & other.principles)
    return min(1.0, score)


def _best(scored: Mapping[tuple[int, int], float]) -> dict[tuple[int, int], None]:
    """The pairs that are the best for the later action, or, by a wider margin, for the earlier one; by score."""
    chosen: set[tuple[int, int]] = set()
    for of, least in ((1, THRESHOLD), (0, THRESHOLD_BACK)):
        top: dict[int, tuple[int, int]] = {}
        for at in sorted(scored, key=lambda at: (-scored[at], at)):
            top.setdefault(at[of], at)
        chosen |= {at for at in top.values() if scored[at] >= least}
    return dict.fromkeys(sorted(chosen, key=lambda at: (-scored[at], at)))


def _near(scored: Mapping[tuple[int, int], float], best: Mapping[tuple[int, int], None]) -> list[tuple[int, int]]:
    """A few more for each later action, for those who say that the best is wrong."""
    left: Counter[int] = Counter()
    found = []
    for at in sorted(scored, key=lambda at: (-scored[at], at)):
        if at not in best and scored[at] >= THRESHOLD and left[at[1]] < ALSO:
            left[at[1]] += 1
            found.append(at)
    return found


def _pair(old: _Side, new: _Side, place: int, other: int, score: float, *, is_best: bool) -> Pair:
    one, two = old.actions[place], new.actions[other]
    because = _because(old, new, place, other)
    return Pair(one.key, two.key, round(score, 3), because, _fate(one, two), is_best)


def _because(old: _Side, new: _Side, place: int, other: int) -> str:
    """In words: which they share, and whether owner or principle are the same."""
    mine, theirs = old.vectors[place], new.vectors[other]
    shared = sorted((stem for stem in mine if stem in theirs), key=lambda stem: -mine[stem] * theirs[stem])
    one, two = old.actions[place], new.actions[other]
    reasons = ["words in common: " + ", ".join(new.forms[other][stem] for stem in shared[:TOLD])] if shared else []
    if one.owners & two.owners:
        reasons.append("same owner: " + ", ".join(sorted(one.owners & two.owners)[:2]))
    if one.principles & two.principles:
        reasons.append("same principle: " + ", ".join(sorted(one.principles & two.principles)[:2]))
    return "; ".join(reasons)


def _fate(one: Told, two: Told) -> str:
    """How the one may have gone on as the other: the same, more of it, less of it, or something near."""
    was, is_now = (set(telling(words_of(told.title))) for told in (one, two))
    if not was or not is_now:
        return "related"
    kept = len(was & is_now)
    if kept == len(was) == len(is_now) or fuzz.token_sort_ratio(one.title.casefold(), two.title.casefold()) >= 92:
        return "continued"
    if len(is_now) > len(was) and kept / len(was) >= MOST_OF_IT:
        return "extended"
    if len(is_now) < len(was) and kept / len(is_now) >= MOST_OF_IT:
        return "narrowed"
    return "continued" if kept / len(was | is_now) >= 0.5 else "related"
