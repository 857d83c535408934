"""How far a measure is, from its readings. Knows no database."""

from __future__ import annotations

from decimal import Decimal

from .states import Direction


def is_met(value: Decimal | None, target: Decimal | None, direction: str) -> bool:
    if value is None or target is None:
        return False
    return value <= target if direction == Direction.AT_MOST else value >= target


def share_of_way(value: Decimal | None, baseline: Decimal | None, target: Decimal | None, direction: str) -> int | None:
    """How much of the way is behind one, in per cent between 0 and 100; None where the way is not known.

    From the baseline, else from nothing where more is wanted. Less than was there at the beginning is 0.
    """
    if value is None or target is None:
        return None
    start = baseline if baseline is not None else Decimal(0) if direction == Direction.AT_LEAST else None
    if is_met(value, target, direction):
        return 100
    if start is None or start == target:
        return None
    return max(0, min(99, int((value - start) / (target - start) * 100)))
