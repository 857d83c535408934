from __future__ import annotations

from typing import Any

import pghistory
from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.models import Unit
from desaga.organisations.ownership import OwnedByOrganisation, Publishable

from ..dates import said
from ..states import PlanState

PARTIAL_DATE = r"^\d{4}(-\d\d(-\d\d)?)?$"
IS_PARTIAL_DATE = RegexValidator(PARTIAL_DATE, "Write a date such as 2027, 2027-03 or 2027-03-31.")


def partial_date(name: str, **options: Any) -> models.CharField:
    """A date as exact as its author made it: "2025", "2025-03" or "2025-03-31"; empty where nothing is known."""
    return models.CharField(name, max_length=10, blank=True, validators=[IS_PARTIAL_DATE], **options)


def is_partial_date(*fields: str) -> Q:
    condition = Q()
    for field in fields:
        condition &= Q(**{field: ""}) | Q(**{f"{field}__regex": PARTIAL_DATE})
    return condition


class PartOfPlan(OwnedByOrganisation):
    """A row that follows its plan: who may see the plan may see it."""

    class Meta:
        abstract = True

    @classmethod
    def grant_kind(cls) -> str:
        return "plans.plan"

    @classmethod
    def grant_object(cls) -> str:
        return "plan_id"

    @classmethod
    def published_now(cls) -> Q:
        return Q(plan__published_at__lte=timezone.now())


@pghistory.track(context_field=None)
class Plan(Publishable, OwnedByOrganisation):
    """What an organisation, or a unit of it, has undertaken for a period.

    A unit's plan may stand `under` the institution's; that one stands under no other (docs/adr/0016), and the database sees to it.
    The last five fields hold what the plan's own document says about itself, in the interchange format: abbreviations,
    phases, frameworks, text that has no place, and doubts about the whole.
    """

    title = models.CharField("title", max_length=300)
    starts = partial_date("from", help_text="For example 2024, August 2024 or 1 August 2024.")
    ends = partial_date("until")
    state = models.CharField("state", max_length=10, choices=PlanState, default=PlanState.DRAFT, editable=False)
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="plan of the unit"
    )
    under = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="unit_plans",
        verbose_name="under the plan",
    )
    started_at = models.DateTimeField("begun", default=timezone.now, editable=False)
    glossary = models.JSONField(default=list, editable=False)
    phases = models.JSONField(default=list, editable=False)
    frameworks = models.JSONField(default=list, editable=False)
    unplaced = models.JSONField(default=list, editable=False)
    notices = models.JSONField(default=list, editable=False)
    # What of it the public may read (`publishing.PARTS`), in the lead's words; null where nobody has chosen.
    public_parts = models.JSONField(null=True, editable=False)

    is_granted = True

    class Meta:
        ordering = ["-starts", "title"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plan_state_known"),
            models.CheckConstraint(condition=is_partial_date("starts", "ends"), name="plan_period_partial_dates"),
            models.CheckConstraint(
                condition=Q(under=None) | Q(unit__isnull=False), name="plan_under_another_is_a_units"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("plans:show_plan", args=[self.organisation.slug, self.pk])

    @property
    def tone(self) -> str:
        """The tone of the tag that names the state."""
        return {PlanState.ACTIVE: "going", PlanState.CLOSED: "stopped"}.get(PlanState(self.state), "plain")

    @property
    def period(self) -> str:
        """The period in words: "August 2024 to July 2027"."""
        return " to ".join(filter(None, [said(self.starts), said(self.ends)]))


@pghistory.track(context_field=None)
class Theme(PartOfPlan):
    """A heading of a plan; `code` where it carries a label of its own."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="themes")
    order = models.PositiveIntegerField("order")
    code = models.TextField("code", blank=True)
    title = models.TextField("title")

    class Meta:
        ordering = ["plan", "order"]
        constraints = [models.UniqueConstraint(fields=["plan", "order"], name="theme_order_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """Label and title, once where they are the same."""
        if not self.code or self.title.casefold().startswith(self.code.casefold()):
            return self.title
        return f"{self.code}: {self.title}" if self.title else self.code


class StateChange(OwnedByOrganisation):
    """That a plan or a document went from one state to another: when, by whom. Never changed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, null=True, related_name="state_changes")
    document = models.ForeignKey(
        "plans.ImportedDocument", on_delete=models.PROTECT, null=True, related_name="state_changes"
    )
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    was = models.CharField(max_length=10)
    became = models.CharField(max_length=10)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(plan=None, document__isnull=False) | Q(plan__isnull=False, document=None),
                name="state_change_of_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"{self.was} to {self.became}"
