"""A line small enough for a row of a table: how a series went, zero-based, with what is aimed at. Points for SVG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

WIDTH, HEIGHT, EDGE = 120, 28, 3


@dataclass(frozen=True, slots=True)
class Spark:
    """The points of a polyline in a box of `WIDTH` by `HEIGHT`, the height of the aim in it, and the line in words."""

    points: str
    aim_at: float | None = None
    described: str = ""


def spark_of(readings: Sequence[tuple[date, float]], *, aim: float | None = None, described: str = "") -> Spark | None:
    """The readings by day as a small line; None for fewer than two. Raises ValueError where one is below zero."""
    if len(readings) < 2:
        return None
    if any(value < 0 for _, value in readings):
        raise ValueError("a small line is zero-based: it has no room below")
    top = max([value for _, value in readings] + ([aim] if aim is not None else []) + [1])
    first, last = readings[0][0], readings[-1][0]
    days = max((last - first).days, 1)

    def across(day: date) -> float:
        return EDGE + (WIDTH - 2 * EDGE) * ((day - first).days / days)

    def down(value: float) -> float:
        return HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * (value / top)

    points = " ".join(f"{across(day):.1f},{down(value):.1f}" for day, value in readings)
    return Spark(points, None if aim is None else round(down(aim), 1), described)
