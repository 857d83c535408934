from __future__ import annotations

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from desaga.organisations.ownership import OwnedByOrganisation


class HostPlace(OwnedByOrganisation):
    """An entry of the directory of hosts of whoever runs schemes, in the United Kingdom and abroad; of the organisation, never of a person.

    Its number stays for good. `country_code` is of ISO 3166-1; empty where nobody knows the country. A double is `merged_into` the entry that stands for
    both, and keeps its name, by which it is still found; who sent an application to it keeps pointing at it, and through it at the one that stands.
    """

    name = models.CharField("host", max_length=300)
    country = models.CharField("country", max_length=100)
    country_code = models.CharField("country code", max_length=2, blank=True)
    ror = models.CharField(
        "ROR number", max_length=9, blank=True, validators=[RegexValidator("^0[a-z0-9]{6}[0-9]{2}$", "Nine signs, such as 024mrxd33.")]
    )  # fmt: skip
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="merged")
    merged_at = models.DateTimeField(null=True, editable=False)
    merged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["name", "country"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name", "country"], name="host_place_once"),
            models.UniqueConstraint(
                fields=["organisation", "ror"], condition=~Q(ror="") & Q(merged_into=None), name="host_place_ror_once"
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None, merged_at=None) | Q(merged_into__isnull=False, merged_at__isnull=False),
                name="host_place_merged_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.country}"

    @property
    def standing(self) -> HostPlace:
        """The entry that stands for this one."""
        return self.merged_into or self
