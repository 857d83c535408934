from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils import timezone

from desaga.organisations.ownership import OwnedByOrganisation

from ..states import Purpose


class DataKey(OwnedByOrganisation):
    """The key that an organisation's personal data of one kind is sealed with, itself sealed with a key that the database never holds.

    Rotating the outer key seals these anew and touches no row of a snapshot: see `sealing.py` and ADR 0030.
    """

    purpose = models.CharField(max_length=10, choices=Purpose)
    sealed = models.BinaryField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "purpose"], name="data_key_once"),
            models.CheckConstraint(condition=Q(purpose__in=Purpose.values), name="data_key_purpose_known"),
        ]

    def __str__(self) -> str:
        return str(Purpose(self.purpose).label)


class Limits(OwnedByOrganisation):
    """When a file is too bad to be loaded, as the organisation sets it; and its full-time week."""

    most_faulty = models.PositiveSmallIntegerField(
        "rows with faults, per cent", default=5, help_text="A file with more faulty rows than this is not loaded."
    )
    largest_change = models.PositiveSmallIntegerField(
        "change in head count, per cent",
        default=20,
        help_text="A file whose head count differs more than this from the last one is loaded only when you say that it is right.",
    )
    full_time_hours = models.DecimalField("full-time week, hours", max_digits=4, decimal_places=2, default=35)

    class Meta:
        verbose_name = "limits"
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="limits_once"),
            models.CheckConstraint(condition=Q(most_faulty__lte=100), name="limits_faulty_per_cent"),
            models.CheckConstraint(
                condition=Q(full_time_hours__gt=0, full_time_hours__lte=60), name="limits_week_of_hours"
            ),
        ]

    def __str__(self) -> str:
        return "Limits for extracts"

    @property
    def hours(self) -> str:
        """The full-time week as people write it: 35, 36.5."""
        return plain_hours(self.full_time_hours)


def plain_hours(hours: Decimal) -> str:
    """Hours without noughts behind."""
    return str(hours).rstrip("0").rstrip(".") if "." in str(hours) else str(hours)
