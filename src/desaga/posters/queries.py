"""What can be read of posters, within the current scope."""

from __future__ import annotations

from django.db.models import QuerySet

from desaga.consents.models import Consent
from desaga.stories.models import Story

from .models import Poster

LATEST = 20


def posters_of(story: Story) -> list[Poster]:
    """The last that were made of a story."""
    return list(Poster.objects.filter(story=story).select_related("made_by__person")[:LATEST])


def posters_resting_on(consent: Consent) -> QuerySet[Poster]:
    return Poster.objects.filter(consent=consent).order_by("pk")
