from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone

from desaga.organisations.ownership import OwnedByOrganisation

from .plans import Plan


class SavedView(OwnedByOrganisation):
    """A way to look at a table of actions, under a name: which actions, in which order, with which columns.

    It holds for one plan, or for all of the organisation (`plan` None). `asks` are words of the address of a plan's page:
    `{"q", "party", "principle", "theme", "status", "due", "sort", "columns": [...]}`, those that are set.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    name = models.CharField("name", max_length=80)
    asks = models.JSONField("what it asks for", default=dict)
    is_shared = models.BooleanField("shared", default=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = "view"
        constraints = [
            models.UniqueConstraint(
                Lower("name"), "organisation", "owner", "plan", name="saved_view_name_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return self.name


class DefaultView(OwnedByOrganisation):
    """With which view somebody's page of a plan opens; of all plans that have none of their own, where `plan` is None."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, null=True, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    view = models.ForeignKey(SavedView, on_delete=models.CASCADE, related_name="defaults")

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "user", "plan"], name="default_view_once", nulls_distinct=False
            )
        ]

    def __str__(self) -> str:
        return str(self.view)
