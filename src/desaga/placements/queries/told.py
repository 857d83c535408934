"""What the applicant's page says of an award: see `templates/placements/parts/award.html`."""

from __future__ import annotations

from typing import Any

from ..models import Application
from .awards import award_of


def award_told(application: Application) -> dict[str, Any] | None:
    """None where nothing was offered."""
    award = award_of(application)
    return {"award": award} if award else None
