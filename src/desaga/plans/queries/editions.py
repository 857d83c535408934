"""A plan held against two editions of one framework, beside each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from desaga.frameworks.moving import RELATION_WORDS, Relation, Succession
from desaga.frameworks.queries import FrameworkKnown, succession

from ..models import Plan
from .coverage import Coverage, PrincipleCovered, coverage


@dataclass(frozen=True, slots=True)
class PrincipleCompared:
    """A principle of the newer edition with those of the older that led to it, or one of the older that ended (`now` is None).

    `how` says what became of it, where a mapping or the code tells.
    """

    before: Sequence[PrincipleCovered]
    now: PrincipleCovered | None
    how: str


@dataclass(frozen=True, slots=True)
class EditionsCompared:
    old: Coverage
    new: Coverage
    rows: Sequence[PrincipleCompared]


def editions_compared(
    plan: Plan, old: FrameworkKnown, new: FrameworkKnown, *, with_usual: bool = False
) -> EditionsCompared:
    """What was a gap and what is, by the newer edition's principles; by their mapping, or by the same code where there is none."""
    was, now = coverage(plan, old, with_usual=with_usual), coverage(plan, new, with_usual=with_usual)
    return EditionsCompared(was, now, _rows(was, now, succession(old.name, new.name)))


def _rows(was: Coverage, now: Coverage, moves: Succession | None) -> list[PrincipleCompared]:
    before = {one.code: one for one in was.principles}
    led: dict[str, list[tuple[PrincipleCovered, str]]] = defaultdict(list)
    ended = []
    for code, one in before.items():
        move = moves.for_code(code) if moves else None
        for new in move.new if move else (() if moves else (code,)):
            led[new].append((one, RELATION_WORDS[move.relation] if move else "The same code"))
        if move and not move.new:
            ended.append(PrincipleCompared([one], None, RELATION_WORDS[Relation.DROPPED]))
        elif moves and not move:
            ended.append(PrincipleCompared([one], None, "Nothing is said of it"))
    rows = [_row(one, led[one.code]) for one in now.principles]
    gone = [one for code, one in before.items() if not moves and code not in {row.code for row in now.principles}]
    return [*rows, *ended, *(PrincipleCompared([one], None, "No such code any more") for one in gone)]


def _row(now: PrincipleCovered, led: Sequence[tuple[PrincipleCovered, str]]) -> PrincipleCompared:
    how = "; ".join(dict.fromkeys(words for _, words in led)) or "New"
    return PrincipleCompared([one for one, _ in led], now, how)
