from __future__ import annotations

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone

from desaga.organisations.models import Group
from desaga.organisations.ownership import OwnedByOrganisation

from .states import EntryKind, LineKind

EARLIEST_YEAR, LATEST_YEAR = 2000, 2100


def money(label: str, **options: object) -> models.DecimalField:
    """An amount in pounds, exact to the penny."""
    return models.DecimalField(label, max_digits=12, decimal_places=2, **options)  # type: ignore[arg-type]


class TermsOfReference(OwnedByOrganisation):
    """One version of a group's terms of reference: their text, or where they are kept. The database changes none.

    Terms that were looked at and left as they are get a new version with the same words and the next day of review.
    """

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="terms", verbose_name="group")
    number = models.PositiveIntegerField("version", editable=False)
    text = models.TextField("text", blank=True, max_length=50_000)
    kept_at = models.CharField("kept at", max_length=500, blank=True)
    agreed_on = models.DateField("agreed on")
    review_on = models.DateField("review due on", null=True, blank=True)
    note = models.CharField("what is new", max_length=300, blank=True)
    written_at = models.DateTimeField(default=timezone.now, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["group_id", "-number"]
        verbose_name = verbose_name_plural = "terms of reference"
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="terms_number_once"),
            models.CheckConstraint(condition=~Q(text="", kept_at=""), name="terms_say_something"),
            models.CheckConstraint(
                condition=Q(review_on=None) | Q(review_on__gt=F("agreed_on")), name="terms_reviewed_after_agreed"
            ),
        ]

    def __str__(self) -> str:
        return f"Terms of reference of {self.group}, version {self.number}"

    @property
    def version_words(self) -> str:
        return f"Version {self.number}"

    @property
    def link(self) -> str:
        """Where they are kept, if that is an address on the web that can be followed."""
        return self.kept_at if self.kept_at.startswith(("https://", "http://")) and " " not in self.kept_at else ""


class BudgetLine(OwnedByOrganisation):
    """What money is for in one financial year, and how much of it there is.

    `year` is the calendar year in which the financial year begins. `plan` says of which plan it is; without one it is of the
    whole programme.
    """

    year = models.PositiveSmallIntegerField("financial year")
    name = models.CharField("name", max_length=200)
    kind = models.CharField("kind", max_length=20, choices=LineKind, default=LineKind.OTHER)
    allotted = money("allotted", validators=[MinValueValidator(0)])
    note = models.TextField("note", blank=True, max_length=2000)
    plan = models.ForeignKey(
        "plans.Plan", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="plan"
    )

    class Meta:
        ordering = ["-year", "name"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=LineKind.values), name="budget_line_kind_known"),
            models.CheckConstraint(condition=Q(allotted__gte=0), name="budget_line_allotted_from_nought"),
            models.CheckConstraint(
                condition=Q(year__range=(EARLIEST_YEAR, LATEST_YEAR)), name="budget_line_year_in_reach"
            ),
            models.UniqueConstraint(
                "organisation",
                "year",
                Lower("name"),
                name="budget_line_name_once_a_year",
                violation_error_message="This year has a line of this name already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BudgetEntry(OwnedByOrganisation):
    """Something that a line is used for. Money that comes back is spent below nought."""

    line = models.ForeignKey(BudgetLine, on_delete=models.PROTECT, related_name="entries", verbose_name="line")
    kind = models.CharField("kind", max_length=10, choices=EntryKind)
    amount = money("amount")
    on = models.DateField("date")
    what = models.CharField("what for", max_length=300)
    reference = models.CharField(
        "reference", max_length=100, blank=True, help_text="An order or invoice number, so that finance finds it."
    )

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name_plural = "budget entries"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="budget_entry_kind_known"),
            models.CheckConstraint(
                condition=Q(amount__gt=0) | Q(kind=EntryKind.SPENT, amount__lt=0),
                name="budget_entry_amount_says_something",
                violation_error_message="Write an amount above nought. Only money that comes back is below.",
            ),
        ]

    def __str__(self) -> str:
        return self.what
