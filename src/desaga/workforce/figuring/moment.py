"""What figures are counted from: the day, the day before it, and what became of people in between; each worked out once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..population import Population
from . import cuts
from .flows import Flow, Move, movements
from .model import Cut, Figure
from .presence import Day, Present, day_of
from .stating import Stating

FIELD_WORDS = {
    "unit": "unit",
    "grade": "grade",
    "terms": "terms of employment",
    "mode": "mode of employment",
    "level": "contract level",
    "age": "date of birth or age",
    "joined": "date of joining",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "disability": "disability",
    "fte": "FTE",
    "teaches": "contribution to teaching",
    "researches": "contribution to research",
    "leaving_reason": "reason for leaving",
    "grade_since": "day of coming into the grade",
    "function": "academic employment function",
    "posts": "advertised posts",
}
#: Fields of which the later snapshot alone must have them: who left is asked then.
OF_THE_LATER = frozenset({"leaving_reason", "sex"})


@dataclass(frozen=True)
class Moment:
    """A snapshot to be counted, beside an earlier one where there is one."""

    now: Day
    before: Day | None
    frame: cuts.Frame

    @classmethod
    def of(cls, now: Population, before: Population | None, stating: Stating) -> Moment:
        return cls(day_of(now), day_of(before) if before is not None else None, cuts.Frame(stating, now.on))

    @cached_property
    def technical(self) -> list[Present]:
        return self.now.technical()

    @cached_property
    def everybody(self) -> list[Present]:
        return list(self.now.present.values())

    @cached_property
    def moves(self) -> list[Move]:
        return [] if self.before is None else movements(self.before, self.now)

    def of_flow(self, *flows: Flow) -> list[Move]:
        return [move for move in self.moves if move.flow in flows]

    @property
    def days(self) -> int:
        """How many days lie between the two snapshots."""
        return 0 if self.before is None else (self.now.on - self.before.on).days

    def why_not(self, figure: Figure, cut: Cut) -> str:
        """Why a figure cannot be counted, in a sentence; empty where it can."""
        if figure.over_time and self.before is None:
            return "There is no earlier snapshot to compare with."
        if figure.over_time and self.days <= 0:
            return "The snapshot to compare with is not an earlier one."
        missing = self._missing(figure, cut)
        if not missing:
            return ""
        words = " and ".join(FIELD_WORDS.get(name, name) for name in missing)
        return f"The extract did not have the {words}."

    def _missing(self, figure: Figure, cut: Cut) -> tuple[str, ...]:
        needs = list(figure.needs)
        for key in (cut.rows, cut.columns):
            needs += cuts.dimension(key).needs if key and key != "field" else ()
        needs = list(dict.fromkeys(needs))
        missing = list(self.now.population.missing(needs))
        if figure.over_time and self.before is not None:
            missing += self.before.population.missing(name for name in needs if name not in OF_THE_LATER)
        return tuple(dict.fromkeys(missing))
