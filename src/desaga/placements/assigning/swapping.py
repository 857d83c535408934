"""A good panel without a proof, for when time ran out: deal, fill seats, even the loads, exchange while it gains. Pure Python."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable

from .grid import Grid

#: Seconds that there always are, so that a panel is whole and even also where the proof took all the time.
GRACE = 1.0
NEVER = float("-inf")


def improved(grid: Grid, start: list[int] | None, until: float) -> list[int]:
    """A panel by the same three questions in the same order: never worse than `start`, which is what the proof had by then."""
    until = max(until, time.monotonic() + GRACE)
    table = Table(grid)
    table.deal(until)
    for empty in range(len(grid.seats)):
        while table.missing(empty) and time.monotonic() < until and table.fill(empty):
            pass
    while time.monotonic() < until and table.even(until):
        pass
    while time.monotonic() < until and table.exchange(until):
        pass
    found = sorted(table.index[pair] for pair in table.pairs())
    return found if start is None else min(found, start, key=lambda chosen: _unfairness(grid, chosen))


def _unfairness(grid: Grid, chosen: list[int]) -> tuple[int, int, float]:
    table = Table(grid, chosen)
    empty = sum((table.missing(a) + lacking) ** 2 for a, lacking in enumerate(grid.lacking))
    worth = sum(table.worth(a, r, {s for s in table.readers[a] if s < r}) for a, r in table.pairs())
    return empty, sum(load**2 for load in table.loads), -worth


class Table:
    """Who reads what at this moment: at first the pairs made by hand."""

    def __init__(self, grid: Grid, chosen: Iterable[int] | None = None):
        self.grid = grid
        self.index = {pair: i for i, pair in enumerate(grid.allowed)}
        self.kept = {pair for pair, kept in zip(grid.allowed, grid.kept, strict=True) if kept}
        self.free: list[list[int]] = [[] for _ in grid.seats]  # without conflict
        for a, r in grid.allowed:
            self.free[a].append(r)
        self.circle = {grid.allowed[i]: n for n, circle in enumerate(grid.circles) for i in circle}
        self.readers: list[set[int]] = [set() for _ in grid.seats]
        self.reads: list[set[int]] = [set() for _ in grid.room]
        self.loads = [0 for _ in grid.room]
        for a, r in self.kept if chosen is None else map(grid.allowed.__getitem__, chosen):
            self.give(a, r)

    def pairs(self) -> list[tuple[int, int]]:
        return [(a, r) for a, readers in enumerate(self.readers) for r in sorted(readers)]

    def missing(self, a: int) -> int:
        return self.grid.seats[a] - len(self.readers[a])

    def give(self, a: int, r: int) -> None:
        self.readers[a].add(r)
        self.reads[r].add(a)
        self.loads[r] += 1

    def take(self, a: int, r: int) -> None:
        self.readers[a].remove(r)
        self.reads[r].remove(a)
        self.loads[r] -= 1

    def worth(self, a: int, r: int, beside: set[int]) -> float:
        """Affinity less spread of r for a, beside the others who read it."""
        score, circle = self.grid.score[self.index[a, r]], self.circle.get((a, r))
        if circle is None or all(self.circle.get((a, s)) != circle for s in beside):
            return score
        return score - self.grid.spread

    def deal(self, until: float) -> None:
        """Seat by seat, the applications with fewest choices first, to whoever has least and is liked best."""
        order = sorted(range(len(self.free)), key=lambda a: (len(self.free[a]), a))
        for _ in range(max(self.grid.seats)):
            for a in order:
                if time.monotonic() >= until:
                    return
                beside = self.readers[a]
                able = [r for r in self.free[a] if r not in beside and self.loads[r] < self.grid.room[r]]
                if self.missing(a) and able:
                    self.give(a, min(able, key=lambda r: (self.loads[r], -self.worth(a, r, beside), r)))

    def fill(self, empty: int) -> bool:
        """Give a seat a reader, by the shortest chain of hand-overs that ends with somebody who has room."""
        return self._chain([(empty, -1)], len(self.readers))

    def even(self, until: float) -> bool:
        """One round of handing one over from each who has at least two more than whom a chain reaches. Whether anybody could."""
        moved = False
        for r in sorted(range(len(self.loads)), key=lambda r: (-self.loads[r], r)):
            while time.monotonic() < until and self._chain([(a, r) for a in self._gives(r)], self.loads[r] - 2):
                moved = True
        return moved

    def _chain(self, start: list[tuple[int, int]], most: int) -> bool:
        """Hand over along the shortest chain from a start (application, who leaves it) to somebody with room who reads at most so many."""
        came: dict[int, tuple[int, int]] = {}  # reader: for which application, instead of whom
        queue = deque(start)
        while queue:
            a, leaving = queue.popleft()
            for r in self.free[a]:
                if r in came or r in self.readers[a]:
                    continue
                came[r] = (a, leaving)
                if self.loads[r] < self.grid.room[r] and self.loads[r] <= most:
                    self._hand_over(r, came, start[0][1])
                    return True
                queue.extend((b, r) for b in self._gives(r))
        return False

    def _gives(self, r: int) -> list[int]:
        """The applications that r could hand over."""
        return [a for a in sorted(self.reads[r]) if (a, r) not in self.kept]

    def _hand_over(self, r: int, came: dict[int, tuple[int, int]], first: int) -> None:
        while r != first:
            a, leaving = came[r]
            if leaving != -1:
                self.take(a, leaving)
            self.give(a, r)
            r = leaving

    def _gain(self, a: int, r: int, s: int) -> float:
        """What it gains that s reads a instead of r; never done where it cannot be."""
        if s in self.readers[a] or (a, s) not in self.index or (a, r) in self.kept:
            return NEVER
        beside = self.readers[a] - {r}
        return self.worth(a, s, beside) - self.worth(a, r, beside)

    def exchange(self, until: float) -> bool:
        """One round of exchanging two applications between two reviewers; loads and seats stay. Whether anything gained."""
        gained = False
        for a, r in self.pairs():
            if time.monotonic() >= until:
                break
            if r in self.readers[a]:
                gained |= self._exchange_one(a, r)
        return gained

    def _exchange_one(self, a: int, r: int) -> bool:
        best, partner = 1e-9 * (abs(self.worth(a, r, set())) + 1), None
        for s in self.free[a]:
            first = self._gain(a, r, s)
            if first == NEVER:
                continue
            for b in self._gives(s):
                gain = first + self._gain(b, s, r)
                if gain > best:
                    best, partner = gain, (b, s)
        if partner is None:
            return False
        b, s = partner
        for move, x, y in ((self.take, a, r), (self.take, b, s), (self.give, a, s), (self.give, b, r)):
            move(x, y)
        return True
