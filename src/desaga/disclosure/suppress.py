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

#: More figures than this that might be hidden: the good method alone, and how far from the least it is.
LARGEST_EXACT = 1500
MOST_ROUNDS = 400
#: Turns in which figures are proven many at once, before they are one by one.
TURNS = 6
ALONE = 3
#: So many seconds after time is up the good method has made the table safe, or everything is hidden.
GRACE = 20.0


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
    """The figures to hide beside the sensitive ones; both methods stop after `seconds` with the best that they have, which is safe."""
    if not web.sensitive or not web.need:
        return Choice(frozenset(), 0, 0)
    ends = time.monotonic() + seconds
    good = Improver(web, ends)
    first = good.improve(frozenset())
    if cost_of(web, first) == 0:
        return Choice(first, 0, 0)
    if time.monotonic() > ends:
        return Choice(first, cost_of(web, first), None)
    return Master(web, good, first, ends).solve(whole=len(web.free) <= largest_exact)


def cost_of(web: Web, hidden: Collection[int]) -> int:
    """What is lost with the figures hidden beside the sensitive ones."""
    return sum(web.cost[i] for i in hidden)


class Improver:
    """Makes any choice safe, cheaply, and takes out of it what is not needed, as far as time allows."""

    def __init__(self, web: Web, ends: float = INFINITE):
        self.web, self.ends = web, ends
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
        self._see(chosen)
        proofs = self._at_once(self.web.sensitive)
        for figure in sorted(self.web.sensitive, key=lambda i: (self.web.values[i], i)):
            if figure in proofs:
                continue
            if time.monotonic() > self.ends + GRACE:
                return set(self.web.free), {}
            movement = self._attacker.movement(figure)
            if movement.width < self.web.need - TOLERANCE:
                chosen |= self._cheapest(figure, self.web.need - movement.down, chosen, favoured)
                self._see(chosen)
                movement = self._attacker.movement(figure)
            proofs[figure] = movement
        return chosen, proofs

    def _at_once(self, figures: Collection[int]) -> dict[int, Movement]:
        """Proofs of as many figures as come of a few movements of all; those that are left out may yet be safe."""
        proofs: dict[int, Movement] = {}
        for turn in range(TURNS):
            left = [figure for figure in figures if figure not in proofs]
            if len(left) < 3:
                break
            proofs |= self._attacker.together(left, turn)
        return proofs

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
            if not proofs or time.monotonic() > self.ends:
                break
            used = [other for other, proof in proofs.items() if figure in proof.moved]
            anew = self._without(figure, chosen, sorted(used, key=lambda other: (len(proofs[other].moved), other)))
            if anew is not None:
                chosen = chosen - {figure}
                proofs |= anew
        return chosen

    def _without(self, figure: int, chosen: set[int], concerned: list[int]) -> dict[int, Movement] | None:
        """New proofs of the figures concerned if `figure` is shown; None where one of them would be exposed."""
        self._see(chosen - {figure})
        # First, one by one, those that most likely need it, whose proofs were short.
        anew: dict[int, Movement] = {}
        for place, other in enumerate(concerned):
            if place == ALONE:
                anew |= self._at_once(concerned[ALONE:])
            if other not in anew:
                anew[other] = self._attacker.movement(other)
                if anew[other].width < self.web.need - TOLERANCE:
                    return None
        return anew


class Master:
    """The integer program that chooses, and the conditions found so far."""

    def __init__(self, web: Web, good: Improver, first: frozenset[int], ends: float):
        self.web, self.good, self.best, self.ends = web, good, first, ends
        self.free = web.free
        self._place = {figure: place for place, figure in enumerate(self.free)}
        self._program = Program([0.0] * len(self.free), [1.0] * len(self.free), (), [web.cost[i] for i in self.free])
        self._attacker = Attacker(web)
        self.bound = 0

    def solve(self, *, whole: bool = True) -> Choice:
        """The relaxation first, which gives most of the conditions at little cost; then whole choices until one is safe.

        Without `whole` choices, where there are too many, the relaxation still says how far from the least the best so far may be.
        """
        try:
            self._relax()
            if whole:
                self._decide()
        except Unsolved:  # no time left: the best so far stands, with its gap
            pass
        lost = cost_of(self.web, self.best)
        return Choice(self.best, lost, min(self.bound, lost) or None)

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
        added = 0
        for figure in self.web.sensitive:
            added += self._condition(figure, always, part, least)
            self._check_time()
        return added

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
