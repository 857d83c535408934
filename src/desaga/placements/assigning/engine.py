"""From a panel to its assignment: solve, tidy where time ran out, check by other code, explain."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property

from .checking import affinity_of, faults, loads_of, repeats_of
from .explaining import Reasons
from .grid import Grid, grid_of
from .panel import Pair, Panel

#: Share of the time that the proof may take; the rest is left for tidying where it did not end.
PROOF = 0.8
#: A gap below this share of the affinities is the noise of floating point, and none.
NOISE = 1e-9
QUESTIONS = ("most seats filled", "loads even", "most affinity")


class Wrong(RuntimeError):
    """What was found breaks what must hold: a fault of the program, never of the input."""


@dataclass(frozen=True)
class Assignment:
    """Who reads what.

    `pairs` in the panel's order; `affinity` their sum; `repeats` how many reviewers stand beyond the first of one organisation for
    one application. No panel that fills as many seats, shares those that stay empty as fairly, is as even and has no more repeats (where `spread` counts) has more affinity
    than `bound`: equal where proven best. `impossible` has a sentence for each application with too few.
    `proven` names which of `QUESTIONS` were answered for certain.
    """

    pairs: tuple[Pair, ...]
    affinity: float
    bound: float
    loads: dict[str, int]
    impossible: dict[str, str]
    repeats: int
    proven: tuple[str, ...]
    reasons: Reasons = field(repr=False, compare=False)

    @cached_property
    def why(self) -> dict[Pair, str]:
        """Why each pair, in a sentence; worked out when first asked for."""
        return {pair: self.reasons.why(pair) for pair in self.pairs}

    @property
    def gap(self) -> float:
        """How much better, as a share of the bound, another might be: 0 is proven best."""
        return (self.bound - self.affinity) / (abs(self.bound) or 1.0)

    def as_data(self) -> dict[str, object]:
        """For JSON: what `desaga assign-panel --json` prints."""
        return {
            "pairs": [list(pair) for pair in self.pairs],
            "affinity": self.affinity,
            "bound": self.bound,
            "loads": self.loads,
            "impossible": [{"application": one, "because": said} for one, said in self.impossible.items()],
        }


def share_out(panel: Panel, *, seconds: float = 60.0) -> Assignment:
    """The best assignment of a panel, or the best found in `seconds`, which then says by how much a better one might be."""
    from .programme import solve  # HiGHS and NumPy are loaded when first needed

    until = time.monotonic() + seconds
    grid = grid_of(panel)
    found = solve(grid, (until - time.monotonic()) * PROOF)
    chosen = found.chosen
    if found.answered < len(QUESTIONS) or chosen is None:
        from .swapping import improved

        chosen = improved(grid, chosen, until)
    return _told(panel, grid, chosen, found.bound, found.answered)


def _told(panel: Panel, grid: Grid, chosen: list[int], bound: float | None, answered: int) -> Assignment:
    pairs = _in_order(panel, grid.pairs(chosen))
    if wrong := list(faults(panel, pairs)):
        raise Wrong("; ".join(wrong))
    reasons, has = Reasons(panel, pairs), Counter(application for application, _ in pairs)
    affinity, repeats = affinity_of(panel, pairs), repeats_of(panel, pairs)
    most = _most(grid) if bound is None else min(_most(grid), bound + grid.spread * repeats)
    noise = NOISE * (max(map(abs, grid.score), default=0) * len(pairs) + grid.spread * repeats)
    if most < affinity - noise:
        raise Wrong(f"{affinity} is more than {most}, which was proven to be the most")
    return Assignment(
        pairs=pairs,
        affinity=affinity,
        bound=affinity if most - affinity <= noise else most,
        loads=loads_of(panel, pairs),
        impossible={one.id: reasons.because(one) for one in panel.applications if has[one.id] < panel.per_application},
        repeats=repeats,
        proven=QUESTIONS[:answered],
        reasons=reasons,
    )


def _in_order(panel: Panel, pairs: set[Pair]) -> tuple[Pair, ...]:
    """As the panel's applications stand, and for each as its reviewers do."""
    readers: dict[str, set[str]] = {}
    for application, reviewer in pairs:
        readers.setdefault(application, set()).add(reviewer)
    return tuple(
        (application.id, reviewer.id)
        for application in panel.applications
        for reviewer in panel.reviewers
        if reviewer.id in readers.get(application.id, ())
    )


def _most(grid: Grid) -> float:
    """The affinity if every application had those it likes best: more than any panel has, and quickly told."""
    liked: list[list[float]] = [[] for _ in grid.seats]
    for (a, _), score in zip(grid.allowed, grid.score, strict=True):
        liked[a].append(max(score, 0.0))
    return sum(sum(sorted(row, reverse=True)[:seats]) for row, seats in zip(liked, grid.seats, strict=True))
