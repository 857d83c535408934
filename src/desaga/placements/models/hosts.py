from __future__ import annotations

from django.db import models

from desaga.organisations.ownership import OwnedByOrganisation


class HostPlace(OwnedByOrganisation):
    """Where somebody wanted to go, remembered by whoever runs schemes, so that the next need not type it; of the organisation, never of a person."""

    name = models.CharField("host", max_length=300)
    country = models.CharField("country", max_length=100)

    class Meta:
        ordering = ["name", "country"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name", "country"], name="host_place_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.country}"
