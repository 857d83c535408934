"""Stories as uses of a consent."""

from __future__ import annotations

from collections.abc import Iterator

from desaga.consents.models import Consent
from desaga.consents.uses import Use

from . import queries


def uses_of_consent(consent: Consent) -> Iterator[Use]:
    """Every story that shows the person today."""
    for story in queries.shown_by(consent):
        if story.is_shown:
            yield Use(kind="Story", title=str(story), address=story.address, since=story.published_at)
