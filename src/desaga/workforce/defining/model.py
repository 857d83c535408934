"""What a definition of technical staff is: ordered rules over what contracts say, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum


class Outcome(StrEnum):
    """What a rule says of a contract that it fits."""

    TECHNICIAN = "technician"
    OTHER = "other"
    ASK = "ask"


class Looks(StrEnum):
    """What of a contract a condition looks at."""

    SOC = "soc"
    TITLE = "title"
    JOB_FAMILY = "job_family"
    GRADE = "grade"
    UNIT = "unit"
    LEVEL = "level"
    FUNCTION = "function"
    MARKER = "marker"
    TEACHES = "teaches"
    RESEARCHES = "researches"


class Counting(StrEnum):
    """Which of a person's contracts decide about the person."""

    ANY = "any"
    MAIN = "main"
    LARGEST = "largest"


#: A value of a condition: nothing stands there, or the extract does not have it.
EMPTY = "(empty)"
#: The number by which the last rule, for the rest, is called; the others are counted from 1.
REST = 0


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing looked at, and the values any of which fits. With `is_not`, it fits where none of them does."""

    looks: Looks
    values: tuple[str, ...]
    is_not: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """All conditions fit: the outcome. `reason` is shown to whoever asks why; `source` is where it can be looked up."""

    conditions: tuple[Condition, ...]
    outcome: Outcome
    reason: str
    source: str = ""
    is_unverified: bool = False


@dataclass(frozen=True, slots=True)
class Definition:
    """The first rule that fits a contract decides about it; what none fits is decided by `rest`, so there is always one."""

    title: str
    rules: tuple[Rule, ...]
    rest: Outcome = Outcome.OTHER
    rest_reason: str = "No rule fits."
    counting: Counting = Counting.ANY
    note: str = field(default="")

    def rule(self, number: int) -> Rule:
        """The rule of a number; for `REST`, the last one."""
        if number == REST:
            return Rule((), self.rest, self.rest_reason)
        return self.rules[number - 1]

    def with_rule(self, rule: Rule, number: int | None = None) -> Definition:
        """With a rule in the place of the one of that number; without a number, after the others."""
        if number is None:
            return replace(self, rules=(*self.rules, rule))
        return replace(self, rules=(*self.rules[: number - 1], rule, *self.rules[number:]))

    def without_rule(self, number: int) -> Definition:
        return replace(self, rules=(*self.rules[: number - 1], *self.rules[number:]))

    def moved(self, number: int, by: int) -> Definition:
        """With a rule moved up (-1) or down (1); where it cannot go further, as it is."""
        to = number + by
        if not 1 <= to <= len(self.rules):
            return self
        rules = list(self.rules)
        rules.insert(to - 1, rules.pop(number - 1))
        return replace(self, rules=tuple(rules))
