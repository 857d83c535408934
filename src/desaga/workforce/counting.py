"""Exact numbers, as the HR data steward sees them and nobody else: the one place in this slice that writes one."""

from __future__ import annotations

from decimal import Decimal

from desaga.disclosure import STEWARD, count_cell, show


def exact(number: int) -> str:
    """A number of people, contracts or rows, with nothing hidden and nothing rounded: the steward's policy of the disclosure engine."""
    return show(count_cell(number, STEWARD))


def exact_fte(number: Decimal) -> str:
    """Full-time equivalents to one place, for the steward."""
    return show(count_cell(Decimal(f"{number:.1f}"), STEWARD))  # not a count of people but of posts
