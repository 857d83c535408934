from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from desaga.organisations.ownership import OwnedByOrganisation, Publishable

from .scheme import Budget, Scheme


class FundReport(OwnedByOrganisation):
    """The report of a scheme's year: that of a budget. What is counted is counted anew each time it is read, until it is first published.

    `starts_on` and `ends_on` are kept from then on: no other report that is published has a day of these.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="reports")
    budget = models.OneToOneField(Budget, on_delete=models.PROTECT, related_name="report")
    starts_on = models.DateField(null=True, editable=False)
    ends_on = models.DateField(null=True, editable=False)

    class Meta:
        ordering = ["-budget__starts_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None, ends_on=None) | Q(starts_on__isnull=False, ends_on__isnull=False),
                name="fund_report_has_both_days",
            )
        ]

    def __str__(self) -> str:
        return f"Report of {self.budget.name}"


class FundReportText(OwnedByOrganisation):
    """What people wrote into a report, by version: a foreword, and remarks under the keys of its sections. Never changed."""

    report = models.ForeignKey(FundReport, on_delete=models.CASCADE, related_name="texts")
    number = models.PositiveSmallIntegerField()
    foreword = models.TextField("foreword", blank=True, max_length=6000)
    remarks = models.JSONField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["report_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["report", "number"], name="fund_report_text_number_once")]

    def __str__(self) -> str:
        return f"version {self.number}"


class FundReportDraft(OwnedByOrganisation):
    """The PDF of a report that is not published, which takes too long to be made while somebody waits. `digest` is of what stands in it."""

    report = models.OneToOneField(FundReport, on_delete=models.CASCADE, related_name="draft")
    digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    content = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(made_at=None, content=None) | Q(made_at__isnull=False, content__isnull=False),
                name="fund_report_draft_made_is_there",
            )
        ]

    def __str__(self) -> str:
        return f"Draft of the {self.report}"


class FundPublication(OwnedByOrganisation, Publishable):
    """A report as it was published: its content for good, and files made of it by the worker. `published_at` is empty while they are made, and once it is taken down.

    Only whoever takes back a consent changes the content: their award leaves it, and the files are made anew.
    """

    report = models.ForeignKey(FundReport, on_delete=models.PROTECT, related_name="publications")
    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="publications")
    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    first_published_at = models.DateTimeField(null=True, editable=False)
    replaced_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["report_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["report", "number"], name="fund_publication_number_once"),
            models.UniqueConstraint(
                fields=["report"], condition=Q(replaced_at=None), name="fund_publication_one_holds"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(first_published_at__isnull=False),
                name="fund_publication_public_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.content.get('title', '')}"


class FundPublicationFile(OwnedByOrganisation):
    """One file of a publication, frozen; anybody may fetch it while the publication is public."""

    publication = models.ForeignKey(FundPublication, on_delete=models.CASCADE, related_name="files")
    ending = models.CharField(max_length=4)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["publication_id", "ending"]
        constraints = [
            models.UniqueConstraint(fields=["publication", "ending"], name="fund_publication_file_once"),
        ]

    def __str__(self) -> str:
        return self.ending
