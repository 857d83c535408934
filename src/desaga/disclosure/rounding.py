"""Rounding with halves up, and what a rounded figure still tells."""

from __future__ import annotations

from decimal import ROUND_FLOOR, Decimal


def rounded(number: int | Decimal, base: int) -> int | Decimal:
    """The nearest multiple of `base`, halves up (2.5 to 5, 7.5 to 10): never Python's `round`, whose halves go to even.

    HESA, https://www.hesa.ac.uk/about/regulation/data-protection/rounding-and-suppression-anonymise-statistics .
    Base 1 leaves the number as it is.
    """
    if base == 1:
        return number
    return int((Decimal(number) / base + Decimal("0.5")).to_integral_value(ROUND_FLOOR)) * base


def behind(shown: int, base: int) -> tuple[int, int]:
    """The least and most whole count that is shown as `shown`: behind 5 stand 3 to 7, behind 0 stand 0 to 2."""
    if base == 1:
        return shown, shown
    return int(least_behind(shown, base)), shown + (base - 1) // 2


def least_behind(shown: int | Decimal, base: int) -> int | Decimal:
    """The least whole count that is shown as `shown`; without rounding that itself."""
    return shown if base == 1 else max(0, shown - base // 2)
