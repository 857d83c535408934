"""Exact numbers, as the HR data steward sees them and nobody else: the one place in this slice that writes one."""

from __future__ import annotations

from desaga.disclosure import STEWARD, count_cell, show


def exact(number: int) -> str:
    """A number of people, contracts or rows, with nothing hidden and nothing rounded: the steward's policy of the disclosure engine."""
    return show(count_cell(number, STEWARD))
