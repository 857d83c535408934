"""How many people or rows: exactly for whoever counts them, in words for everybody else, who reads protected figures."""

from __future__ import annotations

from typing import Any

from desaga.disclosure import STEWARD, count_cell, show

from .models import Access
from .retaining import CLASSES

SEES_NUMBERS = "privacy.see_numbers"


def exact(number: int) -> str:
    """A number with nothing hidden and nothing rounded."""
    return show(count_cell(number, STEWARD))


def people_seen(access: Access, *, exactly: bool) -> str:
    """How many people somebody looked at: the number, or "one", "several", "all", "none"."""
    if exactly:
        return exact(access.rows)
    if access.rows == 0:
        return "none"
    if access.keys:
        return "one" if len(access.keys) == 1 else "several"
    return "all" if access.snapshot_id else "several"


def told_of(kind: str, counts: Any, *, exactly: bool) -> list[str]:
    """What goes, or went, of a class of data: "412 people in snapshots", or what it is without the number."""
    held = CLASSES.get(kind)
    counted = exactly or (held is not None and not held.is_counted_by_few)
    return [f"{exact(number)} {what}" if counted else what for what, number in counts.items() if number]
