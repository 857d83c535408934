from __future__ import annotations

from django.conf import settings
from django.db import models

from desaga.evidence.models import Evidence
from desaga.organisations.ownership import OwnedByOrganisation

from .actions import Action, Update


class ActionEvidence(OwnedByOrganisation):
    """That a piece of evidence serves an action; one piece may serve many. `update` is the one that it came with, if it did.

    It is the organisation's alone: whoever may read the plan need not know of its evidence.
    """

    plan = models.ForeignKey("plans.Plan", on_delete=models.PROTECT, related_name="+")
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="evidence_used")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+")
    update = models.ForeignKey(Update, on_delete=models.CASCADE, null=True, related_name="+")
    used_at = models.DateTimeField("used since")
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["action_id", "-used_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["action", "evidence"], name="evidence_serves_action_once")]

    def __str__(self) -> str:
        return f"{self.evidence} for {self.action}"
