from __future__ import annotations

from django.conf import settings
from django.db import models

from desaga.organisations.ownership import OwnedByOrganisation

from .snapshots import Snapshot


class Readiness(OwnedByOrganisation):
    """How ready a snapshot's technical population was for the Staff record when it was last looked at.

    `lines` has for each field (`figuring.quality`) how many people have a value, and of these how many a valid one; null is not known.
    """

    snapshot = models.OneToOneField(Snapshot, on_delete=models.PROTECT, related_name="readiness")
    people = models.PositiveIntegerField("technical staff")
    lines = models.JSONField(default=dict)
    measured_at = models.DateTimeField("looked at")
    measured_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "readiness"

    def __str__(self) -> str:
        return f"Readiness of the snapshot of {self.snapshot}"
