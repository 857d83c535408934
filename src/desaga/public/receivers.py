"""What other slices announce: that a plan was reviewed."""

from __future__ import annotations

from typing import Any

from .operations import publications
from .queries import day_held


def note_review(*, review: Any, actor: Any, **_: Any) -> None:
    """Published next, the public page says on which day the plan was last reviewed: that of the meeting, none that is still to come."""
    publications.note_review(actor=actor, plan=review.plan, on=day_held(review))
