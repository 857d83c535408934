"""Panels of 300 applications and 40 reviewers, three each, shared out: how long, how much better than greedy, and beside the bare solver.

Run with `.venv/bin/python bench/panels.py`. Seeded. Reviewers and applicants come from 24 organisations, some larger than others; a reviewer has a conflict with
each application from their own and with some more by chance; affinity is the overlap of topics, with a preference now and then. *Greedy* gives each seat to the
pair that is worth most of those left, up to the even load, which is what one does by hand. *The bare solver* is HiGHS with one integer programme: the loads
between floor and ceiling, affinity less spread; it is told that this can be had, which we have to find out. Ends with status 1 where a panel takes longer than
the limit, is not proven best, is less even than can be, or where the bare solver finds a better one.
"""

from __future__ import annotations

import heapq
import math
import random
import sys
import time
from collections import Counter
from collections.abc import Sequence

import highspy
import numpy

from desaga.placements.assigning import Application, Pair, Panel, Reviewer, share_out
from desaga.placements.assigning.checking import affinity_of, faults, loads_of, repeats_of

APPLICATIONS, REVIEWERS, EACH, SEEDS = 300, 40, 3, 5
SECONDS = 10.0
TOPICS = 30


def panel_of(seed: int) -> Panel:
    chance = random.Random(seed)
    homes = [f"organisation {n}" for n in range(24)]
    size = [1 / (n + 2) for n in range(24)]
    applications = [Application(f"A{n:03}", chance.choices(homes, size)[0]) for n in range(APPLICATIONS)]
    reviewers = [
        Reviewer(f"R{n:02}", chance.choices(homes, size)[0], chance.choice((25, 30, None))) for n in range(REVIEWERS)
    ]
    topics = {one.id: set(chance.sample(range(TOPICS), 4)) for one in applications}
    topics |= {one.id: set(chance.sample(range(TOPICS), 7)) for one in reviewers}
    pairs = [(a, r) for a in applications for r in reviewers]
    conflicts = {(a.id, r.id) for a, r in pairs if a.organisation == r.organisation or chance.random() < 0.03}
    affinity: dict[str, dict[str, float]] = {one.id: {} for one in applications}
    for a, r in pairs:
        wish = chance.choice((2, 1, -1)) if chance.random() < 0.2 else 0
        affinity[a.id][r.id] = len(topics[a.id] & topics[r.id]) + wish + round(chance.random(), 2)
    return Panel(tuple(applications), tuple(reviewers), EACH, conflicts, affinity, spread=2)


def greedy(panel: Panel) -> list[Pair]:
    """Again and again the pair that is worth most, colleagues heeded, up to the even load; then whatever still fits."""
    even = math.ceil(APPLICATIONS * EACH / REVIEWERS)
    most = {one.id: APPLICATIONS if one.max is None else one.max for one in panel.reviewers}
    home = {one.id: one.organisation for one in panel.reviewers}
    loads: Counter[str] = Counter()
    seats: Counter[str] = Counter()
    circles: set[Pair] = set()
    taken: dict[Pair, None] = {}
    for limit in ({one: min(even, room) for one, room in most.items()}, most):
        pairs = ((a.id, r.id) for a in panel.applications for r in panel.reviewers)
        heap = [(-panel.score(pair), pair) for pair in pairs if pair not in panel.conflicts and pair not in taken]
        heapq.heapify(heap)
        while heap:
            cost, (a, r) = heapq.heappop(heap)
            circle = (a, home[r])
            now = panel.spread * (circle in circles) - panel.score((a, r))
            if seats[a] == EACH or loads[r] >= limit[r]:
                continue
            if now > cost:
                heapq.heappush(heap, (now, (a, r)))
                continue
            taken[a, r] = None
            circles.add(circle)
            loads[r] += 1
            seats[a] += 1
    return list(taken)


def bare(panel: Panel) -> tuple[float, float]:
    """Seconds, and affinity less spread, of one integer programme given to HiGHS as it is."""
    began = time.perf_counter()
    pairs = [(a, r) for a in panel.applications for r in panel.reviewers if (a.id, r.id) not in panel.conflicts]
    rows: dict[object, list[int]] = {}
    for i, (a, r) in enumerate(pairs):
        for row in (("seats", a.id), ("load", r.id), ("circle", a.id, r.organisation)):
            rows.setdefault(row, []).append(i)
    circles = [row for row in rows if row[0] == "circle" and len(rows[row]) > 1]
    highs, nothing = highspy._core._Highs(), numpy.array([], dtype=numpy.int32)
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 1)):
        highs.setOptionValue(option, value)
    cost = numpy.array([-panel.score((a.id, r.id)) for a, r in pairs] + [panel.spread] * len(circles), dtype=float)
    upper = numpy.array([1] * len(pairs) + [EACH] * len(circles), dtype=float)
    highs.addCols(len(cost), cost, 0 * upper, upper, 0, nothing, nothing, numpy.array([], dtype=float))
    whole = numpy.array([highspy.HighsVarType.kInteger] * len(cost))
    highs.changeColsIntegrality(len(cost), numpy.arange(len(cost), dtype=numpy.int32), whole)
    even = APPLICATIONS * EACH / REVIEWERS
    bounds = {"seats": (EACH, EACH), "load": (math.floor(even), math.ceil(even)), "circle": (-highspy.kHighsInf, 1)}
    for row, members in rows.items():
        beyond = [len(pairs) + circles.index(row)] if row in circles else []
        if row[0] != "circle" or beyond:
            columns = numpy.array(members + beyond, dtype=numpy.int32)
            highs.addRow(
                *bounds[row[0]], len(columns), columns, numpy.array([1.0] * len(members) + [-1.0] * len(beyond))
            )
    highs.run()
    return time.perf_counter() - began, -highs.getInfo().objective_function_value


def worth(panel: Panel, pairs: Sequence[Pair]) -> float:
    return affinity_of(panel, pairs) - panel.spread * repeats_of(panel, pairs)


def spread_of(loads: dict[str, int]) -> str:
    return f"{min(loads.values())} to {max(loads.values())}"


def measure(seed: int) -> bool:
    panel = panel_of(seed)
    began = time.perf_counter()
    found = share_out(panel, seconds=SECONDS)
    taken = time.perf_counter() - began
    alone, theirs = bare(panel)
    ours, by_hand = worth(panel, found.pairs), greedy(panel)
    loads = loads_of(panel, by_hand)
    even = max(found.loads.values()) - min(found.loads.values()) <= 1
    kept = (
        taken <= SECONDS and found.gap == 0 and even and not list(faults(panel, found.pairs)) and ours >= theirs - 1e-6
    )
    print(
        f"seed {seed}: {taken:.2f} s, limit {SECONDS:.0f} s; bare solver {alone:.2f} s, ratio {taken / alone:.2f}; affinity less spread {ours:.2f}, "
        f"bare solver {theirs:.2f}, greedy {worth(panel, by_hand):.2f} ({worth(panel, by_hand) / ours - 1:+.1%}); gap {found.gap:.1%}; "
        f"loads {spread_of(found.loads)}, greedy {spread_of(loads)}; beyond the first of one organisation {found.repeats}, "
        f"greedy {repeats_of(panel, by_hand)}{'' if kept else '  OVER THE LIMIT'}"
    )
    return kept


def main() -> int:
    kept = [measure(seed) for seed in range(SEEDS)]
    return int(not all(kept))


if __name__ == "__main__":
    sys.exit(main())
