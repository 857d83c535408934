"""Which figures to hide beside the sensitive ones, losing least.

Exact: cutting planes over an integer program. The master chooses what to hide; for each sensitive figure the attacker's
linear program either leaves it wide enough or returns a condition that the choice breaks. Good: for each exposed figure
the cheapest movement that protects it is hidden, then everything not needed is shown again. The good answer is the exact
method's first, and its answer where time runs out.
"""

from __future__ import annotations

import math
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from .attack import TOLERANCE, Attacker, Movement
from .solver import INFINITE, Program, Unsolved
from .web import Web

#: More figures than this that might be hidden: the good method alone.
LARGEST_EXACT = 1500
MOST_ROUNDS = 400


@dataclass(frozen=True, slots=True)
class Choice:
    """What is hidden beside the sensitive figures, what that costs, and what no choice can cost less than (None: not known)."""

    hidden: frozenset[int]
    lost: int
    bound: int | None

    @property
    def gap(self) -> float | None:
        """The share of the loss that a better choice might save; 0 is proven least, None is not known."""
        if self.bound is None:
            return None
        return (self.lost - self.bound) / self.lost if self.lost else 0.0


def choose(web: Web, *, seconds: float = 10.0, largest_exact: int = LARGEST_EXACT) -> Choice:
    """The figures to hide beside the sensitive ones; the exact method stops after `seconds` with the best it has."""
    if not web.sensitive or not web.need:
        return Choice(frozenset(), 0, 0)
    ends = time.monotonic() + seconds
    good = Improver(web)
    first = good.improve(frozenset())
    if cost_of(web, first) == 0:
        return Choice(first, 0, 0)
    if len(web.free) > largest_exact:
        return Choice(first, cost_of(web, first), None)
    return Master(web, good, first, ends).solve()


def cost_of(web: Web, hidden: Collection[int]) -> int:
    """What is lost with the figures hidden beside the sensitive ones."""
    return sum(web.cost[i] for i in hidden)


class Improver:
    """Makes any choice safe, cheaply, and takes out of it what is not needed."""

    def __init__(self, web: Web):
        self.web = web
        self._attacker = Attacker(web)
        size = len(web.values)
        weights = [dict(row) for row in web.relations]
        rows = [
            ([*row, *(size + i for i in row)], [*row.values(), *(-w for w in row.values())], 0.0, 0.0)
            for row in weights
        ]
        self._paths = Program([0.0] * 2 * size, [0.0] * 2 * size, rows)
        most = [web.room(i, 1 if web.values[i] else 0) for i in range(size)]
        self._paths.bound([0.0] * 2 * size, [above for _, above in most] + [below for below, _ in most])
        self._most = most

    def improve(self, hidden: Collection[int], free_of_charge: Collection[int] = ()) -> frozenset[int]:
        """A safe choice that holds `hidden`, less what proves needless; `free_of_charge` are favoured."""
        chosen, proofs = self._protect(set(hidden), set(free_of_charge))
        return frozenset(self._reduce(chosen, proofs))

    def _see(self, chosen: Collection[int]) -> None:
        always = set(self.web.sensitive)
        self._attacker.see([float(i in chosen or i in always) for i in range(len(self.web.values))])

    def _protect(self, chosen: set[int], favoured: set[int]) -> tuple[set[int], dict[int, Movement]]:
        proofs = {}
        self._see(chosen)
        for figure in sorted(self.web.sensitive, key=lambda i: (self.web.values[i], i)):
            movement = self._attacker.movement(figure)
            if movement.width < self.web.need - TOLERANCE:
                chosen |= self._cheapest(figure, self.web.need - movement.down, chosen, favoured)
                self._see(chosen)
                movement = self._attacker.movement(figure)
            proofs[figure] = movement
        return chosen, proofs

    def _cheapest(self, figure: int, up: float, chosen: set[int], favoured: set[int]) -> set[int]:
        """The figures of the cheapest movement that takes `figure` up so far."""
        web, size = self.web, len(self.web.values)
        known = chosen | set(web.sensitive)
        price = [0.0 if i in known else web.cost[i] * (0.05 if i in favoured else 1.0) + 0.001 for i in range(size)]
        # What rounding leaves free is free: a figure is paid for only as far as it is used, an honest guess.
        self._paths.price(price + price)
        below, above = self._most[figure]
        self._paths.bound_one(figure, up, max(up, above))
        self._paths.bound_one(size + figure, 0.0, 0.0)
        self._paths.run()
        moved = self._paths.values
        self._paths.bound_one(figure, 0.0, above)
        self._paths.bound_one(size + figure, 0.0, below)
        return {
            i
            for i in range(size)
            if i not in known
            and (moved[i] > web.slack[i][1] + TOLERANCE or moved[size + i] > web.slack[i][0] + TOLERANCE)
        }

    def _reduce(self, chosen: set[int], proofs: dict[int, Movement]) -> set[int]:
        """Show again, the dearest first, whatever no sensitive figure needs; only proofs that used it are made anew."""
        for figure in sorted(chosen, key=lambda i: (-self.web.cost[i], i)):
            self._see(chosen - {figure})
            anew = {}
            for other, proof in proofs.items():
                if figure in proof.moved:
                    anew[other] = self._attacker.movement(other)
                    if anew[other].width < self.web.need - TOLERANCE:
                        break
            else:
                chosen = chosen - {figure}
                proofs |= anew
        return chosen


class Master:
    """The integer program that chooses, and the conditions found so far."""

    def __init__(self, web: Web, good: Improver, first: frozenset[int], ends: float):
        self.web, self.good, self.best, self.ends = web, good, first, ends
        self.free = web.free
        self._place = {figure: place for place, figure in enumerate(self.free)}
        self._program = Program([0.0] * len(self.free), [1.0] * len(self.free), (), [web.cost[i] for i in self.free])
        self._attacker = Attacker(web)
        self.bound = 0

    def solve(self) -> Choice:
        """The relaxation first, which gives most of the conditions at little cost; then whole choices until one is safe."""
        try:
            self._relax()
            self._decide()
        except Unsolved:  # no time left: the best so far stands, with its gap
            pass
        lost = cost_of(self.web, self.best)
        return Choice(self.best, lost, min(self.bound, lost))

    def _relax(self) -> None:
        for _ in range(MOST_ROUNDS):
            self._raise(self._program.run())
            part = self._program.values
            if self.bound >= cost_of(self.web, self.best) or not self._separate(part, 0.02):
                return
            self._check_time()

    def _decide(self) -> None:
        self._program.whole()
        for _ in range(MOST_ROUNDS):
            if self.bound >= cost_of(self.web, self.best):
                return
            self._program.limit(self.ends - time.monotonic())
            try:
                self._program.run()
            finally:
                self._raise(self._program.lower_bound())
            part = [float(round(x)) for x in self._program.values]
            taken = frozenset(figure for figure, x in zip(self.free, part, strict=True) if x)
            if not self._separate(part, TOLERANCE):
                self.best = min(self.best, taken, key=lambda one: cost_of(self.web, one))
                self.bound = cost_of(self.web, self.best)
                return
            self.best = min(self.best, self.good.improve(taken), key=lambda one: cost_of(self.web, one))
            self._check_time()

    def _raise(self, bound: float) -> None:
        if bound < INFINITE:
            self.bound = max(self.bound, math.ceil(bound - 1e-4))

    def _check_time(self) -> None:
        if time.monotonic() > self.ends:
            raise Unsolved("Time is up.")

    def _separate(self, part: Sequence[float], least: float) -> int:
        """Add the conditions that a choice breaks; how many."""
        always = set(self.web.sensitive)
        seen = [0.0] * len(self.web.values)
        for figure in always:
            seen[figure] = 1.0
        for figure, x in zip(self.free, part, strict=True):
            seen[figure] = min(1.0, max(0.0, x))
        self._attacker.see(seen)
        return sum(self._condition(figure, always, part, least) for figure in self.web.sensitive)

    def _condition(self, figure: int, always: set[int], part: Sequence[float], least: float) -> int:
        width, weights, given = self._attacker.cut(figure)
        if width > self.web.need - least:
            return 0
        asked = self.web.need - given - sum(weight for i, weight in weights.items() if i in always)
        if asked <= TOLERANCE:
            return 0
        # Whoever is hidden is hidden wholly, so that no weight need be more than what is asked.
        row = {self._place[i]: min(weight, asked) for i, weight in weights.items() if i in self._place and weight > 0}
        if sum(weight * part[place] for place, weight in row.items()) > asked - TOLERANCE:
            return 0
        self._program.add((list(row), list(row.values()), asked, INFINITE))
        return 1
