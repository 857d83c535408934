"""What other slices announce: that a plan was reviewed."""

from __future__ import annotations

from typing import Any

from .operations import publications


def note_review(*, review: Any, actor: Any, **_: Any) -> None:
    """The public page says on which day the plan was last reviewed."""
    publications.note_review(actor=actor, plan=review.plan, on=review.meets_on)
