"""Scores: what was typed of each criterion, the mark that comes of it, and how readers differ. Pure: no Django, no database.

A mark is out of 100: the weighted mean of the shares that each score is of its criterion's highest. So criteria with scores to 3 and to 10 weigh as their
weights say, and marks of two versions of a scheme can be read beside each other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, NamedTuple

from .defining import Criterion

LONGEST_REASON = 3000
HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True)
class Sheet:
    """What a reader gave: value and reason by criterion, and what is missing or wrong."""

    values: Mapping[str, int] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    troubles: Mapping[str, str] = field(default_factory=dict)


def read_sheet(criteria: Sequence[Criterion], typed: Mapping[str, Any]) -> Sheet:
    """Read what was typed, by criterion `{"value": "2", "reason": "…"}`; each needs a score that the scheme has, and a reason."""
    values, reasons, troubles = {}, {}, {}
    for criterion in criteria:
        told = typed.get(criterion.key) or {}
        reason = str(told.get("reason", "")).strip()
        value = {str(one.value): one.value for one in criterion.scores}.get(str(told.get("value", "")))
        if value is not None:
            values[criterion.key] = value
        if reason:
            reasons[criterion.key] = reason
        if trouble := _trouble(criterion, value, reason):
            troubles[criterion.key] = trouble
    return Sheet(values, reasons, troubles)


def _trouble(criterion: Criterion, value: int | None, reason: str) -> str:
    if value is None:
        return f"Choose a score for “{criterion.label}”."
    if not reason:
        return f"Give a reason for your score of “{criterion.label}”."
    if len(reason) > LONGEST_REASON:
        return f"Shorten the reason for “{criterion.label}” to {LONGEST_REASON:,} characters; it has {len(reason):,}."
    return ""


def mark_of(criteria: Sequence[Criterion], values: Mapping[str, int]) -> Decimal:
    """Out of 100."""
    shares = sum((one.weight * values[one.key] / max(_highest(one), 1) for one in criteria), Decimal(0))
    mark = 100 * shares / sum((one.weight for one in criteria), Decimal(0))
    return mark.quantize(HUNDREDTH, ROUND_HALF_UP)


def _highest(criterion: Criterion) -> int:
    return max(one.value for one in criterion.scores)


class Standing(NamedTuple):
    """How readers see an application: the mean of their marks, and from which to which they go."""

    mean: Decimal | None
    least: Decimal | None
    most: Decimal | None
    number: int

    @property
    def spread(self) -> Decimal | None:
        return None if self.least is None or self.most is None else self.most - self.least


def standing_of(marks: Sequence[Decimal]) -> Standing:
    """Of those who gave a mark: who abstained is not among them."""
    if not marks:
        return Standing(None, None, None, 0)
    mean = (sum(marks, Decimal(0)) / len(marks)).quantize(HUNDREDTH, ROUND_HALF_UP)
    return Standing(mean, min(marks), max(marks), len(marks))
