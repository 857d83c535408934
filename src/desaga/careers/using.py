"""What `consents` is told: where a technician's answer is shown."""

from __future__ import annotations

from collections.abc import Iterator

from desaga.consents.models import Consent
from desaga.consents.uses import Use

from . import queries


def uses_of_consent(consent: Consent) -> Iterator[Use]:
    """Every answer of theirs that is shown."""
    for one in queries.shown_by(consent):
        yield Use(kind="Answer", title=one.words, since=one.published_at)
