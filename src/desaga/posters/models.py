from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from desaga.consents.models import Consent
from desaga.organisations.ownership import OwnedByOrganisation
from desaga.stories.models import Story

from .designs import DESIGNS, PAPERS


class Poster(OwnedByOrganisation):
    """That a poster was made of a story: which design, on what paper, by whom. It cannot be taken back, so it is told to whoever withdraws."""

    story = models.ForeignKey(Story, on_delete=models.SET_NULL, null=True, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    design = models.CharField(max_length=20, choices=[(key, one.name) for key, one in DESIGNS.items()])
    paper = models.CharField(max_length=2, choices=[(one, one) for one in PAPERS])
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-made_at", "-pk"]

    def __str__(self) -> str:
        # The audit calls it so, and outlives it.
        return f"Poster {self.pk}"
