from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from desaga.organisations.ownership import OwnedByOrganisation

from .imports import ImportedDocument


class ReviewStep(OwnedByOrganisation):
    """Something that somebody did to rows of an import, with all that is needed to undo it.

    `before` and `after` map a row's id to its fields: of a row that changed those that did, of one that came into being
    or went all of them, each with the `version` that it had.
    """

    document = models.ForeignKey(ImportedDocument, on_delete=models.CASCADE, related_name="steps")
    words = models.CharField("what was done", max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    before = models.JSONField()
    after = models.JSONField()
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["document", "-id"]
        verbose_name = "step"

    def __str__(self) -> str:
        return self.words
