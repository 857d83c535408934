"""What other slices are told of stories, and tell them: uses of a consent, and placements that are offered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from desaga.consents.models import Consent
from desaga.consents.uses import Use
from desaga.placements.offering import OfferedText

from . import queries
from .operations.offers import drop_offers, keep_offer


def uses_of_consent(consent: Consent) -> Iterator[Use]:
    """Every story that shows the person today."""
    for story in queries.shown_by(consent):
        if story.is_shown:
            yield Use(kind="Story", title=str(story), address=story.address, since=story.published_at)


class StoryOffers:
    """Takes what technicians offer after a placement."""

    def offered(self, offered: OfferedText, organisation: Any, actor: Any, now: datetime) -> None:
        keep_offer(offered, organisation, actor, now)

    def taken_back(self, source_key: str, actor: Any, now: datetime) -> None:
        drop_offers(source_key, actor, now)
