from __future__ import annotations

from django.db import models

from desaga.organisations.ownership import OwnedByOrganisation


class ReportingRule(OwnedByOrganisation):
    """How an organisation's status and RAG become what the Commitment's forms ask for, where it says otherwise than `reporting.by_default`.

    `changed` is `{"in_progress-red": "ongoing"}`: status and RAG, and what they count as.
    """

    changed = models.JSONField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation"], name="reporting_rule_once")]

    def __str__(self) -> str:
        return "Rule of how progress is reported"
