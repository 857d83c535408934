from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.ownership import OwnedByOrganisation

from .plans import Plan


class PlanVersion(OwnedByOrganisation):
    """A plan as it was at a moment, whole, in the interchange format. Never changed: the database sees to it."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField("number")
    name = models.CharField("name", max_length=120)
    kept_at = models.DateTimeField("kept", default=timezone.now)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    content = models.JSONField()

    class Meta:
        ordering = ["-number"]
        verbose_name = "version"
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_version_number_once")]

    def __str__(self) -> str:
        return f"Version {self.number}: {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("plans:show_version", args=[self.organisation.slug, self.plan_id, self.number])
