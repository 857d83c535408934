"""Which figures to hide beside the sensitive ones, losing least.

Exact: cutting planes over an integer program. The master chooses what to hide; for each sensitive figure the attacker's
linear program either leaves it wide enough or returns a condition that the choice breaks. Good: for each exposed figure
the cheapest movement that protects it is hidden, then everything not needed is shown again. The good answer is the exact
method's first, and its answer where time runs out.

Two attackers object: one who takes a hidden figure for anything from nought up, of the sensitive figures; and one who knows that
no zero is hidden (`Web.informed`), of every hidden figure, that it be not known exactly.
"""

from __future__ import annotations

import math
import time
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

from .attack import TOLERANCE, Attacker, Movement
from .solver import INFINITE, Program, Unsolved
from .web import Web

#: More figures than this that might be hidden: the good method alone, and how far from the least it is.
LARGEST_EXACT = 10_000
MOST_ROUNDS = 400
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
        self._attacker, self._paths = Attacker(web), Paths(web)

    def improve(self, hidden: Collection[int], free_of_charge: Collection[int] = ()) -> frozenset[int]:
        """A safe choice that holds `hidden`, less what proves needless; `free_of_charge` are favoured."""
        chosen, proofs = self._protect(set(hidden), set(free_of_charge))
        return frozenset(self._blur(self._reduce(chosen, proofs), set(free_of_charge)))

    def _see(self, chosen: Collection[int], attacker: Attacker | None = None) -> None:
        always = set(self.web.sensitive)
        (attacker or self._attacker).see([float(i in chosen or i in always) for i in range(len(self.web.values))])

    def _protect(self, chosen: set[int], favoured: set[int]) -> tuple[set[int], dict[int, Movement]]:
        self._see(chosen)
        proofs = self._attacker.at_once(self.web.sensitive)
        for figure in sorted(self.web.sensitive, key=lambda i: (self.web.values[i], i)):
            if figure in proofs:
                continue
            if time.monotonic() > self.ends + GRACE:
                return set(self.web.free), {}
            movement = self._attacker.movement(figure)
            if self._attacker.is_short(movement):
                known = chosen | set(self.web.sensitive)
                chosen |= self._paths.cheapest(figure, self.web.need - movement.down, known, favoured)
                self._see(chosen)
                movement = self._attacker.movement(figure)
            proofs[figure] = movement
        return chosen, proofs

    def _blur(self, chosen: set[int], favoured: set[int]) -> set[int]:
        """Hide more until whoever knows that no zero is hidden knows no hidden figure exactly."""
        if not self.web.doubt:
            return chosen
        self._see(chosen, self._informed)
        while short := self._informed.short(sorted(chosen | set(self.web.sensitive))):
            if time.monotonic() > self.ends + GRACE:
                return set(self.web.free)
            for figure in short:
                movement = self._informed.movement(figure)
                if self._informed.is_short(movement):
                    known = chosen | set(self.web.sensitive)
                    chosen = chosen | self._steps.cheapest(figure, self.web.doubt - movement.down, known, favoured)
                    self._see(chosen, self._informed)
        return chosen

    @cached_property
    def _informed(self) -> Attacker:
        return Attacker(self.web.informed)

    @cached_property
    def _steps(self) -> Paths:
        return Paths(self.web.informed)

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
                anew |= self._attacker.at_once(concerned[ALONE:])
            if other not in anew:
                anew[other] = self._attacker.movement(other)
                if self._attacker.is_short(anew[other]):
                    return None
        return anew


class Paths:
    """The cheapest movements of a figure, each figure in two columns: how far up, how far down."""

    def __init__(self, web: Web):
        self.web, size = web, len(web.values)
        weights = [dict(row) for row in web.relations]
        rows = [
            ([*row, *(size + i for i in row)], [*row.values(), *(-w for w in row.values())], 0.0, 0.0)
            for row in weights
        ]
        self._program = Program([0.0] * 2 * size, [0.0] * 2 * size, rows)
        self._most = [web.room(i, 1 if web.values[i] else 0) for i in range(size)]
        ends = [above for _, above in self._most] + [below for below, _ in self._most]
        self._program.bound([0.0] * 2 * size, ends)

    def cheapest(self, figure: int, up: float, known: Collection[int], favoured: Collection[int]) -> set[int]:
        """The figures, of those not hidden yet (`known`), that the cheapest movement that takes `figure` up so far needs hidden."""
        web, size = self.web, len(self.web.values)
        price = [0.0 if i in known else web.cost[i] * (0.05 if i in favoured else 1.0) + 0.001 for i in range(size)]
        # What rounding leaves free is free: a figure is paid for only as far as it is used, an honest guess.
        self._program.price(price + price)
        below, above = self._most[figure]
        self._program.bound_one(figure, up, max(up, above))
        self._program.bound_one(size + figure, 0.0, 0.0)
        self._program.run()
        moved = self._program.values
        self._program.bound_one(figure, 0.0, above)
        self._program.bound_one(size + figure, 0.0, below)
        return {
            i
            for i in range(size)
            if i not in known
            and (moved[i] > web.slack[i][1] + TOLERANCE or moved[size + i] > web.slack[i][0] + TOLERANCE)
        }


class Master:
    """The integer program that chooses, and the conditions found so far."""

    def __init__(self, web: Web, good: Improver, first: frozenset[int], ends: float):
        self.web, self.good, self.best, self.ends = web, good, first, ends
        self.free, self._always = web.free, frozenset(web.sensitive)
        self._place = {figure: place for place, figure in enumerate(self.free)}
        self._program = Program([0.0] * len(self.free), [1.0] * len(self.free), (), [web.cost[i] for i in self.free])
        self._attacker = Attacker(web)
        self._informed = Attacker(web.informed)
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
        seen = [float(i in self._always) for i in range(len(self.web.values))]
        for figure, x in zip(self.free, part, strict=True):
            seen[figure] = min(1.0, max(0.0, x))
        added = self._against(self._attacker, self.web.sensitive, seen, least)
        if added or not self.web.doubt:
            return added
        hidden = [i for i, x in enumerate(seen) if x > least]
        return self._against(self._informed, hidden, seen, least)

    def _against(self, attacker: Attacker, figures: Sequence[int], seen: Sequence[float], least: float) -> int:
        """Add the conditions that an attacker finds broken of these figures; how many."""
        attacker.see(seen)
        proven = attacker.at_once(figures) if attacker is self._informed else {}
        added = 0
        for figure in figures:
            if figure not in proven:
                added += self._condition(attacker, figure, seen, least)
                self._check_time()
        return added

    def _condition(self, attacker: Attacker, figure: int, seen: Sequence[float], least: float) -> int:
        """The condition of one figure, if it is broken: as much as is needed where it is hidden, and nothing where it is not."""
        width, weights, given = attacker.cut(figure)
        need = attacker.web.need
        if width > need * seen[figure] - least:
            return 0
        asked = need - given - sum(weight for i, weight in weights.items() if i in self._always)
        if asked <= TOLERANCE:
            return 0
        # Whoever is hidden is hidden wholly, so that no weight need be more than what is asked.
        row = {self._place[i]: min(weight, asked) for i, weight in weights.items() if i in self._place and weight > 0}
        least_sum = asked
        if figure in self._place:
            row[self._place[figure]] = row.get(self._place[figure], 0.0) - asked
            least_sum = 0.0
        if sum(weight * seen[self.free[place]] for place, weight in row.items()) > least_sum - TOLERANCE:
            return 0
        self._program.add((list(row), list(row.values()), least_sum, INFINITE))
        return 1
