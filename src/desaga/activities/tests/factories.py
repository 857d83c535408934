"""Activities to test with, recorded through the operation."""

from __future__ import annotations

from datetime import date
from typing import Any

from ..models import Activity
from ..operations import record_activity


def make_activity(
    user: Any, *, on: date = date(2026, 3, 2), what: str = "Microscopy user day", **fields: Any
) -> Activity:
    """Something that the user's person did."""
    told = {"kind": "course", **fields}
    return record_activity(actor=user, person=user.person, what=what, on=on, **told)
