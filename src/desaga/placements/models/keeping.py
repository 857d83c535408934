from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from desaga.organisations.ownership import OwnedByOrganisation

from .application import Application
from .scheme import Scheme


class Hold(OwnedByOrganisation):
    """That an application is kept as it is beyond its time, and why: a dispute, an audit. It goes with the application once that is stripped."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="holds")
    because = models.TextField("why it is kept", max_length=1000)
    placed_at = models.DateTimeField(editable=False)
    placed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    lifted_at = models.DateTimeField(null=True, editable=False)
    lifted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-placed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["application"], condition=Q(lifted_at=None), name="application_held_once"),
            models.CheckConstraint(condition=~Q(because=""), name="hold_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"Hold on {self.application.reference}"


class StrippingRun(OwnedByOrganisation):
    """That people were stripped from a scheme's applications: when, by whom (nobody: by itself, at night), and how much of what went. Numbers alone."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="stripping_runs")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    applications = models.PositiveIntegerField()
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"{self.applications} applications"


class EqualityFigures(OwnedByOrganisation):
    """The equality figures of one year of a scheme, protected: made once, when the year is over, and never again.

    Counted anew after one person changed an answer, or moved up from the reserve list, the two readings would tell who that person is.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="equality_figures")
    year = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    data = models.JSONField()

    class Meta:
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["scheme", "year"], name="equality_figures_made_once")]

    def __str__(self) -> str:
        return f"Equality figures of {self.year}"
