"""What an action's alignments with one edition of a framework become in the next. Pure Python.

What asks the same is carried over for the reason for which it was held before; whatever changed in what it asks is only suggested, with
a reason in words, for somebody to look at. See docs/adr/0018.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from desaga.frameworks.moving import Move, Relation, Succession

from .states import Basis

#: The strongest reason first.
STRENGTH = (Basis.CELL, Basis.THEME, Basis.CODE, Basis.SUGGESTED)
ASKED = "does this action still answer it?"


@dataclass(frozen=True, slots=True)
class Held:
    """That an action is aligned with a principle of the old edition."""

    code: str
    basis: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Onward:
    """That an action is to be aligned with a principle of the new edition; `was` are the old principles that led there."""

    code: str
    was: tuple[str, ...]
    basis: Basis
    reason: str = ""


def onward(held: Iterable[Held], succession: Succession) -> list[Onward]:
    """What the alignments of one action become, each new principle once, for the strongest reason that there is."""
    found: dict[str, Onward] = {}
    for one in held:
        move = succession.for_code(one.code)
        for code in move.new if move else ():
            found[code] = _joined(found.get(code), _moved(one, move, code))  # type: ignore[arg-type]
    return list(found.values())


def _moved(one: Held, move: Move, code: str) -> Onward:
    if move.relation is Relation.SAME and len(move.new) == 1:
        reason = (one.reason or f"It was only suggested of {one.code}.") if one.basis == Basis.SUGGESTED else ""
        return Onward(code, (one.code,), Basis(one.basis), reason)
    return Onward(code, (one.code,), Basis.SUGGESTED, reason_of(move, code))


def _joined(first: Onward | None, second: Onward) -> Onward:
    if first is None:
        return second
    strong = min(first, second, key=lambda one: STRENGTH.index(one.basis))
    reasons = dict.fromkeys(filter(None, (first.reason, second.reason)))
    reason = " ".join(reasons) if strong.basis == Basis.SUGGESTED else ""
    return replace(strong, was=tuple(dict.fromkeys(first.was + second.was)), reason=reason)


def reason_of(move: Move, code: str) -> str:
    """Why it is only suggested that the action answers the new principle: "R3 was split into R3a and R3b: …"."""
    became = "" if code == move.old else f", as {code}"
    told = {
        Relation.REWORDED: f"{move.old} is worded anew{became}: {ASKED}",
        Relation.NARROWED: f"{move.old} asks for less now{became}: {ASKED}",
        Relation.WIDENED: f"{move.old} asks for more now{became}: {ASKED}",
        Relation.MERGED: f"{move.old} and others became {code}: {ASKED}",
    }
    split = f"{move.old} was split into {_and(move.new)}: which does this action answer?"
    reason = split if len(move.new) > 1 else told.get(move.relation, f"{move.old} became {code}: {ASKED}")
    return f"{reason} {move.note}".strip()


def _and(codes: tuple[str, ...]) -> str:
    return f"{', '.join(codes[:-1])} and {codes[-1]}" if len(codes) > 1 else codes[0]


def dropped(held: Iterable[Held], succession: Succession) -> list[str]:
    """The old principles of these that nothing follows: what is no longer asked, and what the mapping does not speak of."""
    moves = {one.code: succession.for_code(one.code) for one in held}
    return [code for code, move in moves.items() if move is None or not move.new]
