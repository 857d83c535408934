from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from desaga.organisations.ownership import OwnedByOrganisation

from .plans import Plan


class BulkChange(OwnedByOrganisation):
    """Something that somebody did to many actions of a plan at once, with all that is needed to undo it.

    `before` maps an action's id to what was there: `{"fields", "owner", "made", "doubts"}`; `after` to when it was changed by this,
    which it still says while nobody changed it since.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="+")
    words = models.TextField("what was done")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    before = models.JSONField()
    after = models.JSONField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["plan", "-pk"]
        verbose_name = "change of many actions"

    def __str__(self) -> str:
        return self.words
