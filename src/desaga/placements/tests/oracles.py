"""The best panel by trying all of them, and whether a panel could be fuller or more even, by walking hand-overs. No solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, product

from desaga.placements.assigning import Pair, Panel


def every_assignment(panel: Panel) -> Iterator[frozenset[Pair]]:
    """All that break nothing, also with empty seats."""
    kept = set(panel.kept)
    choices = []
    for one in panel.applications:
        by_hand = {pair for pair in kept if pair[0] == one.id}
        free = [(one.id, r.id) for r in panel.reviewers if (one.id, r.id) not in {*panel.conflicts, *by_hand}]
        more = max(panel.per_application - len(by_hand), 0)
        choices.append([by_hand | set(some) for n in range(more + 1) for some in combinations(free, n)])
    most = {one.id: one.max for one in panel.reviewers}
    for picked in product(*choices):
        pairs = frozenset().union(*picked)
        loads = Counter(reviewer for _, reviewer in pairs)
        if all(most[reviewer] is None or load <= most[reviewer] for reviewer, load in loads.items()):
            yield pairs


def fairness(panel: Panel, pairs: frozenset[Pair]) -> tuple[int, list[int], list[int]]:
    """Empty seats, how they are shared, how loads are shared: the smaller the better. Not squares: the greatest first."""
    seats = Counter(application for application, _ in pairs)
    loads = Counter(reviewer for _, reviewer in pairs)
    missing = [max(panel.per_application - seats[one.id], 0) for one in panel.applications]
    return (
        sum(missing),
        sorted(missing, reverse=True),
        sorted((loads[one.id] for one in panel.reviewers), reverse=True),
    )


def value(panel: Panel, pairs: frozenset[Pair]) -> float:
    """Affinity less spread, reckoned the slow way."""
    homes = {one.id: one.organisation for one in panel.reviewers}
    total = sum(panel.affinity.get(a, {}).get(r, 0) for a, r in pairs)
    for one in panel.applications:
        here = [homes[r] for a, r in pairs if a == one.id and homes[r]]
        total -= panel.spread * (len(here) - len(set(here)))
    return total


def best(panel: Panel) -> tuple[tuple[int, list[int], list[int]], float]:
    """The fairest there is, and the most value with it."""
    fairest = min(fairness(panel, pairs) for pairs in every_assignment(panel))
    return fairest, max(value(panel, pairs) for pairs in every_assignment(panel) if fairness(panel, pairs) == fairest)


def could_be_fairer(panel: Panel, pairs: frozenset[Pair]) -> str:
    """A seat that a chain of hand-overs could fill or share better, or a load that one could even; nothing where there is none."""
    seats, loads = Counter(a for a, _ in pairs), Counter(r for _, r in pairs)
    most = {one.id: len(panel.applications) if one.max is None else one.max for one in panel.reviewers}
    for one in panel.applications:
        a, missing = one.id, panel.per_application - seats[one.id]
        if missing <= 0:
            continue
        takers = _reached(panel, pairs, {r for r in most if _may(panel, pairs, a, r)})
        if any(loads[r] < most[r] for r in takers):
            return f"{a} could have one more"
        losers = {b for b, r in pairs - set(panel.kept) if r in takers}
        if any(panel.per_application - seats[b] < missing - 1 for b in losers):
            return f"{a} lacks too much beside others"
    for r in most:
        others = _reached(panel, pairs, {r}) - {r}
        if any(loads[s] < loads[r] - 1 and loads[s] < most[s] for s in others):
            return f"{r} could hand one over"
    return ""


def _may(panel: Panel, pairs: frozenset[Pair], a: str, r: str) -> bool:
    return (a, r) not in panel.conflicts and (a, r) not in pairs


def _reached(panel: Panel, pairs: frozenset[Pair], start: set[str]) -> set[str]:
    """Who can end up with one more, when somebody of `start` does and hands one of theirs on, and so on."""
    seen, waiting = set(start), list(start)
    movable = pairs - set(panel.kept)
    while waiting:
        giver = waiting.pop()
        for a in (a for a, r in movable if r == giver):
            for one in panel.reviewers:
                if one.id not in seen and _may(panel, pairs, a, one.id):
                    seen.add(one.id)
                    waiting.append(one.id)
    return seen
