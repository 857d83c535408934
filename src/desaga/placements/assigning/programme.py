"""The three questions, each answered to the proven optimum among the answers of the one before: see the package."""

from __future__ import annotations

import math
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy

from .grid import Grid
from .highs import Array, Entries, Linear, Unsolved

#: A value or price this near to a whole number is that number.
NEAR = 1e-6


@dataclass
class Found:
    """`chosen` pairs, None while there are none; `answered` questions of three; `bound` on affinity less spread, None where unknown."""

    chosen: list[int] | None = None
    answered: int = 0
    bound: float | None = None


def solve(grid: Grid, seconds: float) -> Found:
    """Ask the three questions in turn; where time runs out, what was found by then."""
    if not grid.allowed:
        return Found([], 3, 0.0)
    found = Found()
    if seconds > 0:
        with suppress(Unsolved):
            _evened(grid, found, time.monotonic() + seconds).best(found)
    return found


def _evened(grid: Grid, found: Found, until: float) -> Programme:
    """The first two questions, answered.

    They are asked with little room above the even load, which is much quicker. Where no load reaches that level the answer is the
    same with all the room: whoever could take one more in a better answer could take it here. Else the level is doubled.
    """
    level = _level(grid)
    while True:
        programme = Programme(replace(grid, room=tuple(min(room, level) for room in grid.room)), until)
        found.chosen = programme.settle(programme.missing)
        found.chosen = programme.settle(programme.burden)
        loads = Counter(grid.allowed[i][1] for i in found.chosen)
        if level >= max(grid.room) or max(loads.values(), default=0) < level:
            found.answered = 2
            return programme
        level *= 2


def _level(grid: Grid) -> int:
    """What the busiest would read if nobody had a conflict, and two more."""
    by_hand = Counter(r for (_, r), kept in zip(grid.allowed, grid.kept, strict=True) if kept)
    level = 1
    while level < max(grid.room) and sum(min(room, level) for room in grid.room) < sum(grid.seats):
        level += 1
    return max(level, *by_hand.values(), 0) + 2


class Programme:
    """Columns: the allowed pairs; for each application a step for each seat that stays empty; for each reviewer a step for each
    application read; for each circle how many there are beyond the first. Rows: seats of each application; steps of each reviewer;
    circles. On the applications' side circles nest in applications, on the other reviewers stand apart: this is the matrix of
    a network, so that every corner of it, and of every face, is whole.
    """

    def __init__(self, grid: Grid, until: float):
        self.grid, self.until = grid, until
        pairs, seats, room, circles = len(grid.allowed), sum(grid.seats), sum(grid.room), len(grid.circles)
        self.size = pairs + seats + room + circles
        self.missing, self.burden = numpy.zeros(self.size), numpy.zeros(self.size)
        self.missing[pairs : pairs + seats] = _steps(grid.seats, grid.lacking)
        self.burden[pairs + seats : pairs + seats + room] = _steps(grid.room, [0] * len(grid.room))
        self.cost, self.scale = _cost(grid, self.size)
        self.lower, self.upper = numpy.zeros(self.size), numpy.ones(self.size)
        self.lower[:pairs] = grid.kept
        # One more than can be, so that no price ever rests on it.
        self.upper[self.size - circles :] = [len(circle) for circle in grid.circles]
        self.entries = _entries(grid)
        self.linear = Linear(self.size, self.entries)

    def settle(self, cost: Array) -> list[int]:
        """Answer a question with whole costs, and from now on allow only its best answers.

        A solution is best exactly if every column with a reduced cost stays at the bound that this cost drives it to. Costs and matrix
        being whole, so are the prices, and the proof is exact.
        """
        values, prices = self.linear.least(cost, self.lower, self.upper, self.until)
        prices = _whole(prices)
        reduced = self.reduced(cost, prices)
        if self.proven(cost, prices) != float(cost @ _whole(values)):
            raise Unsolved("no proof")
        self.upper = numpy.where(reduced > 0, self.lower, self.upper)
        self.lower = numpy.where(reduced < 0, self.upper, self.lower)
        return self._chosen(values)

    def best(self, found: Found) -> None:
        """The pairs of most affinity less spread among those still allowed, and what no others can exceed, be the answer there or not."""
        try:
            values, prices = self.linear.least(self.cost / self.scale, self.lower, self.upper, self.until)
        except Unsolved as error:
            if error.prices is not None:
                found.bound = -self.proven(self.cost, error.prices * self.scale)
            raise
        found.chosen, found.bound, found.answered = (
            self._chosen(values),
            -self.proven(self.cost, prices * self.scale),
            3,
        )

    def reduced(self, cost: Array, prices: Array) -> Array:
        """What each column costs once its rows are paid for."""
        paid = prices[self.entries.rows] * self.entries.weights
        return cost - numpy.bincount(self.entries.columns, weights=paid, minlength=self.size)

    def proven(self, cost: Array, prices: Array) -> float:
        """What no allowed solution can cost less than. It holds for any prices (weak duality), so also for rounded or unfinished ones."""
        fixed = len(self.entries.least) - len(self.grid.circles)
        prices = prices.copy()
        prices[fixed:] = numpy.minimum(prices[fixed:], 0)  # a circle's row has no least
        reduced = self.reduced(cost, prices)
        return math.fsum(
            (*(prices * self.entries.most), *numpy.minimum(reduced * self.lower, reduced * self.upper)),
        )

    def _chosen(self, values: Array) -> list[int]:
        return [int(i) for i in numpy.flatnonzero(_whole(values[: len(self.grid.allowed)]))]


def _steps(counts: Sequence[int], before: Sequence[int]) -> list[int]:
    """1, 3, 5 … for each, the sum of the first n being n²; further on in that row where there were some `before`."""
    return [2 * step + 1 for count, first in zip(counts, before, strict=True) for step in range(first, first + count)]


def _cost(grid: Grid, size: int) -> tuple[Array, float]:
    """The cost of the third question, and what to divide it by so that none is above 1."""
    cost = numpy.zeros(size)
    cost[: len(grid.score)] = -numpy.array(grid.score)
    cost[size - len(grid.circles) :] = grid.spread
    return cost, float(numpy.abs(cost).max()) or 1.0


def _entries(grid: Grid) -> Entries:
    applications, reviewers = len(grid.seats), len(grid.room)
    pairs, seats = len(grid.allowed), sum(grid.seats)
    app, rev = numpy.array(grid.allowed, dtype=numpy.int64).T
    empty = numpy.repeat(numpy.arange(applications), grid.seats)
    read = numpy.repeat(numpy.arange(reviewers), grid.room)
    circle = numpy.repeat(numpy.arange(len(grid.circles)), [len(one) for one in grid.circles]).astype(numpy.int64)
    members = numpy.array([i for one in grid.circles for i in one], dtype=numpy.int64)
    steps = numpy.arange(pairs + seats + len(read) + len(grid.circles))
    own = numpy.arange(len(grid.circles))
    parts = [  # row, column, weight
        (app, steps[:pairs], 1),
        (empty, steps[pairs : pairs + seats], 1),
        (applications + rev, steps[:pairs], 1),
        (applications + read, steps[pairs + seats : pairs + seats + len(read)], -1),
        (applications + reviewers + circle, members, 1),
        (applications + reviewers + own, steps[pairs + seats + len(read) :], -1),
    ]
    most = numpy.concatenate((grid.seats, numpy.zeros(reviewers), numpy.ones(len(own))))
    return Entries(
        rows=numpy.concatenate([rows for rows, _, _ in parts]),
        columns=numpy.concatenate([columns for _, columns, _ in parts]),
        weights=numpy.concatenate([numpy.full(len(rows), weight, dtype=float) for rows, _, weight in parts]),
        least=numpy.concatenate((most[: applications + reviewers], numpy.full(len(own), -numpy.inf))),
        most=most,
    )


def _whole(values: Array) -> Array:
    """Whole numbers, which theory promises; where they are not, the answer is not one."""
    near = numpy.rint(values)
    if numpy.abs(values - near).max(initial=0) > NEAR:
        raise Unsolved("not whole")
    return near + 0.0
