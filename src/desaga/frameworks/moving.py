"""What becomes of each principle when one edition of a framework follows another. Pure Python.

A *move* says it of one principle of the old edition; a *succession* holds the moves from one edition to the next, by the
names by which alignments know them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum


class Relation(StrEnum):
    """How what is asked changed."""

    SAME = "same"
    REWORDED = "reworded"
    NARROWED = "narrowed"
    WIDENED = "widened"
    SPLIT = "split"
    MERGED = "merged"
    DROPPED = "dropped"


RELATION_WORDS = {
    Relation.SAME: "Stays the same",
    Relation.REWORDED: "Asks the same in other words",
    Relation.NARROWED: "Asks for less",
    Relation.WIDENED: "Asks for more",
    Relation.SPLIT: "Becomes several",
    Relation.MERGED: "Becomes one with others",
    Relation.DROPPED: "Is dropped",
}


@dataclass(frozen=True, slots=True)
class Move:
    """What becomes of one principle: the codes that follow it, none where it is dropped."""

    old: str
    new: tuple[str, ...]
    relation: Relation
    note: str = ""


@dataclass(frozen=True, slots=True)
class Succession:
    """One edition of a framework after another, principle by principle."""

    old_name: str
    new_name: str
    moves: tuple[Move, ...]

    def for_code(self, code: str) -> Move | None:
        """What becomes of a principle of the old edition; None where nothing is said of it."""
        return next((move for move in self.moves if move.old == code), None)

    def additions(self, codes: Iterable[str]) -> tuple[str, ...]:
        """Those of the new edition's codes that follow no old principle."""
        reached = {code for move in self.moves for code in move.new}
        return tuple(code for code in codes if code not in reached)


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is not right with the move of one old principle, in a sentence that says how to mend it."""

    old: str
    sentence: str


def troubles(moves: Sequence[Move], *, old: Sequence[str], new: Sequence[str]) -> list[Trouble]:
    """What keeps moves from being a whole mapping of the `old` codes onto the `new` ones, in the old edition's order.

    Empty where each old principle is answered, and answered in a way that fits its relation.
    """
    by_old = {move.old: move for move in moves}
    reached = Counter(code for move in moves for code in set(move.new))
    found = []
    for code in old:
        move = by_old.get(code)
        sentence = _trouble_with(move, set(new), reached) if move else "Say what becomes of it."
        if sentence:
            found.append(Trouble(code, sentence))
    return found


def _trouble_with(move: Move, new: set[str], reached: Counter[str]) -> str:
    if gone := [code for code in move.new if code not in new]:
        return f"“{gone[0]}” is not in the new edition. Choose another principle."
    if move.relation is Relation.DROPPED:
        return "What is dropped becomes nothing. Take the principles away, or say how it goes on." if move.new else ""
    if not move.new:
        return "Choose what it becomes, or say that it is dropped."
    if move.relation is Relation.SPLIT:
        return "" if len(set(move.new)) > 1 else "Choose at least two principles that it becomes."
    if len(move.new) > 1:
        return "It becomes more than one principle: say so, or choose one."
    if move.relation is Relation.MERGED and reached[move.new[0]] < 2:
        return f"Nothing else becomes “{move.new[0]}”. Choose that for another principle too, or say how it goes on."
    return ""
