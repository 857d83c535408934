"""How far a measure is: from its readings, as a share of the way and as a line small enough for a row. Knows no database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .states import Direction

WIDTH, HEIGHT, EDGE = 120, 28, 3


@dataclass(frozen=True, slots=True)
class Read:
    """A value on a day."""

    on: date
    value: Decimal


def latest_of_days(readings: Sequence[Read]) -> list[Read]:
    """The reading that counts of each day: what was said last of it; by day."""
    return [Read(on, value) for on, value in sorted({one.on: one.value for one in readings}.items())]


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


def points_of(readings: Sequence[Read], target: Decimal | None) -> tuple[str, float | None]:
    """The readings as points of an SVG polyline in a box of `WIDTH` by `HEIGHT`, zero-based, and the height of the target in it."""
    top = max([one.value for one in readings] + ([target] if target is not None else []) + [Decimal(1)])
    first, last = readings[0].on, readings[-1].on
    days = max((last - first).days, 1)

    def across(one: Read) -> float:
        return EDGE + (WIDTH - 2 * EDGE) * ((one.on - first).days / days)

    def down(value: Decimal) -> float:
        return HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * float(value / top)

    points = " ".join(f"{across(one):.1f},{down(one.value):.1f}" for one in readings)
    return points, None if target is None else round(down(target), 1)
