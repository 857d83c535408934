"""Tables of invented counts, protected: what an attacker recovers, what is lost, and how long it takes.

Run with `.venv/bin/python bench/disclosure.py`. Seeded. Tables with margins, 15 % of the cells under the threshold of 5, the others
5 to 60; protection 5. The attacker is that of the tests, who shares no code with the engine. Beside each: the hidden figures that it recovers
exactly, also where it knows that no zero is hidden, and the small ones of which it is left less than the protection; the same where only small
figures are hidden; and what is lost (people in the figures hidden besides) by us, by the good method alone and at the optimum, or what
that is at least, with the gap that is accepted.
Of the larger table 2 % are small. Ends with status 1 where a limit is not kept.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import dataclass

from desaga.disclosure import Table, custom, protect
from desaga.disclosure.suppress import choose
from desaga.disclosure.tables import table_web
from desaga.disclosure.tests.attackers import hidden_in, reaches

POLICY = custom(5, 1, 5)
TABLES = 3
#: Share of the loss that may be left on the table, and seconds that one waits for a table.
GAP, SECONDS, SECONDS_LARGE = 0.05, 20.0, 30.0


def table_of(size: int, share: float, seed: int) -> Table:
    chance = random.Random(seed)
    counts = [
        [chance.randint(1, 4) if chance.random() < share else chance.randint(5, 60) for _ in range(size)]
        for _ in range(size)
    ]
    labels = tuple(str(n) for n in range(size))
    return Table(labels, labels, tuple(tuple(row) for row in counts))


@dataclass(frozen=True)
class Recovered:
    """Hidden figures that the attacker knows exactly, from nought up and from one up, and small ones left too little doubt."""

    exactly: int
    exactly_from_one: int
    narrow: int

    def __str__(self) -> str:
        return f"{self.exactly} exactly, {self.exactly_from_one} knowing that none is zero, {self.narrow} under the protection"


def attack(table: Table, hidden: set[tuple[int, int]]) -> Recovered:
    """What the attacker recovers of a table of which these places are hidden."""
    grid = table.with_margins()
    found, from_one = reaches(grid, hidden), reaches(grid, hidden, floor=1)
    return Recovered(
        sum(least == most for least, most in found.values()),
        sum(least == most for least, most in from_one.values()),
        sum(most - least < POLICY.protection for (r, c), (least, most) in found.items() if POLICY.hides(grid[r][c])),
    )


def measure(size: int, share: float, seed: int, limit: float) -> bool:
    table = table_of(size, share, seed)
    began = time.perf_counter()
    found = protect(table, POLICY, seconds=limit)
    taken = time.perf_counter() - began
    small = {(r, c) for r, row in enumerate(table.with_margins()) for c, count in enumerate(row) if POLICY.hides(count)}
    ours, primary_only = attack(table, hidden_in(found)), attack(table, small)
    web = table_web(table.with_margins(), POLICY)
    good = choose(web, seconds=limit, largest_exact=0).lost
    least = "not known" if found.gap is None else f"{found.information_lost * (1 - found.gap):.0f}"
    gap = "not known" if found.gap is None else f"{found.gap:.1%}"
    kept = ours == Recovered(0, 0, 0) and taken <= limit * 1.2 and (1.0 if found.gap is None else found.gap) <= GAP
    print(
        f"{size}×{size} seed {seed}: {found.primary} small; attacker recovers {ours}, limit 0 (primary only: {primary_only}); "
        f"lost {found.information_lost} in {found.secondary}, optimum {'at least ' if found.gap else ''}{least} (good method {good}), "
        f"gap {gap}, accepted {GAP:.0%}; {taken:.1f} s, limit {limit:.0f} s{'' if kept else '  OVER THE LIMIT'}"
    )
    return kept


def main() -> int:
    kept = [measure(20, 0.15, seed, SECONDS) for seed in range(TABLES)]
    kept.append(measure(60, 0.02, 0, SECONDS_LARGE))
    return int(not all(kept))


if __name__ == "__main__":
    sys.exit(main())
