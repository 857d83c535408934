from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from desaga.organisations.ownership import OwnedByOrganisation, Publishable

from ..kinds import KINDS, LONGEST_LINE


class EntryVersion(Publishable, OwnedByOrganisation):
    """One version of one entry of the reference data, as the editors of the national site wrote it. Its words never change; the latest published one counts.

    `based_on` marks what was shipped when it was written; `is_withdrawn` says that from here on there is no such entry.
    """

    kind = models.CharField(max_length=20)
    key = models.SlugField(max_length=60)
    number = models.PositiveIntegerField()
    content = models.JSONField(default=dict)
    is_withdrawn = models.BooleanField(default=False)
    why = models.CharField("what changed", max_length=LONGEST_LINE, blank=True)
    based_on = models.CharField(max_length=64, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["kind", "key", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "kind", "key", "number"], name="entry_version_once"),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="entry_kind_known"),
            models.CheckConstraint(condition=Q(number__gt=0), name="entry_version_counted"),
        ]

    def __str__(self) -> str:
        return f"{self.content.get('name') or self.key}, version {self.number}"
