"""Exact numbers, as the HR data steward sees them and nobody else: the one place in this slice that writes one."""

from __future__ import annotations


def exact(number: int) -> str:
    """A number of people, contracts or rows, with nothing hidden and nothing rounded: the steward's policy of the disclosure engine."""
    # For anybody but the steward this is not a count of people to be shown: their figures are released.
    return f"{number:,}"
