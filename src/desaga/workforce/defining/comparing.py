"""Two definitions on the same people: who moves. Exact numbers, for the steward alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .deciding import STRENGTH
from .model import Outcome

#: Outcome and rule, as one definition has it.
Said = tuple[Outcome, int]


@dataclass(frozen=True, slots=True)
class Move:
    """So many people go from what one definition says to what the other does. Rules may differ where the outcome does not."""

    before: Said
    after: Said
    people: int

    @property
    def changes(self) -> bool:
        return self.before[0] != self.after[0]

    @property
    def code(self) -> str:
        """What names the move in an address: "ask-9-technician-1"."""
        return "-".join(map(str, (*self.before, *self.after)))

    @property
    def counts_less(self) -> bool:
        """Whether they count for less by the second: then the job by which they counted is the first's to tell."""
        return STRENGTH[self.after[0]] < STRENGTH[self.before[0]]


def moves(before: Mapping[str, Said], after: Mapping[str, Said]) -> list[Move]:
    """How many go from where to where, the most first. Both are of the same people."""
    counted = Counter((said, after[key]) for key, said in before.items())
    return in_order(Move(one, other, people) for (one, other), people in counted.items())


def in_order(found: Iterable[Move]) -> list[Move]:
    return sorted(found, key=lambda move: (not move.changes, -move.people, move.before, move.after))


def balance(found: Iterable[Move]) -> Counter[tuple[Outcome, Outcome]]:
    """How many go from which outcome to which."""
    counted: Counter[tuple[Outcome, Outcome]] = Counter()
    for move in found:
        counted[move.before[0], move.after[0]] += move.people
    return counted
