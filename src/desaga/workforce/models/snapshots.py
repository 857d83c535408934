"""A snapshot and its rows. They are written once, in one transaction, and never changed: the database sees to it (migration 0001).

The rows come by the hundred thousand: what a foreign key would look up row by row, triggers of the migration compare once a statement,
and more: that what a row names is of its own snapshot.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from desaga.organisations.ownership import OwnedByOrganisation

from ..states import Coverage
from .extracts import Extract

LONGEST_TEXT = 200


class Snapshot(OwnedByOrganisation):
    """The workforce as an extract showed it on one day. Immutable; a wrong one is superseded by another.

    `mapping` says which column of the file became what, `code_lists` the version of each list that was used, `counts` what was
    counted when it was loaded: people, contracts, and matched, new, gone and changed against `compared_with`. `vacant` are posts that nobody held, alike ones together (`reading/vacant.py`).
    """

    extract = models.OneToOneField(Extract, on_delete=models.PROTECT, related_name="snapshot")
    as_at = models.DateField("as at")
    year = models.PositiveSmallIntegerField("collection year")
    coverage = models.CharField("covers", max_length=10, choices=Coverage)
    supersedes = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="superseded_by", verbose_name="instead of"
    )
    compared_with = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    taken_in = models.BigIntegerField(
        editable=False,
        default=0,
        help_text="The database's transaction: only within it are rows added. The database writes it.",
    )
    taken_at = models.DateTimeField("loaded")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    people = models.PositiveIntegerField()
    contracts = models.PositiveIntegerField()
    has_equality = models.BooleanField(default=False)
    mapping = models.JSONField(default=dict)
    code_lists = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)
    vacant = models.JSONField(default=list)

    class Meta:
        ordering = ["-as_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(coverage__in=Coverage.values), name="snapshot_coverage_known")
        ]

    def __str__(self) -> str:
        return f"{self.as_at.day} {self.as_at:%B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("workforce:show_snapshot", args=[self.organisation.slug, self.pk])


class RowOfSnapshot(OwnedByOrganisation):
    """What each row of a snapshot says of itself."""

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )

    class Meta:
        abstract = True


class PersonRow(RowOfSnapshot):
    """One person in one snapshot. `key` is the same for a person in all snapshots of an organisation, and means nothing elsewhere.

    `number_key` is the key of the staff number as the file had it; it differs from `key` where somebody settled that a person
    came back, or went on, under another number. `sealed` holds number, name, date of birth and the numbers of contracts (`sealing.py`).
    """

    key = models.UUIDField()
    number_key = models.UUIDField()
    name_key = models.UUIDField(null=True, help_text="The key of name and date of birth together.")
    is_present = models.BooleanField("in post on the day", default=True)
    age = models.PositiveSmallIntegerField("age on the day of the snapshot", null=True)
    joined_on = models.DateField("joined the organisation", null=True)
    sealed = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["snapshot", "key"], name="person_once_a_snapshot")]

    def __str__(self) -> str:
        return f"Person {self.key}"


class ContractRow(RowOfSnapshot):
    """One contract of a person. `fte` is the share of a full-time week; the `fpe` of a person's contracts make 1 together."""

    person = models.ForeignKey(PersonRow, on_delete=models.PROTECT, related_name="contracts", db_constraint=False)
    key = models.UUIDField()
    is_main = models.BooleanField(default=True)
    is_current = models.BooleanField("holds on the day", default=True)
    job_title = models.CharField(max_length=LONGEST_TEXT, blank=True)
    job_family = models.CharField(max_length=LONGEST_TEXT, blank=True)
    grade = models.CharField(max_length=LONGEST_TEXT, blank=True)
    unit_text = models.CharField(max_length=LONGEST_TEXT, blank=True)
    unit = models.ForeignKey(
        "organisations.Unit", on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    cost_centre = models.CharField(max_length=LONGEST_TEXT, blank=True)
    marker = models.CharField("HR's own mark of technical staff", max_length=LONGEST_TEXT, blank=True)
    soc = models.CharField("SOC2020 unit group", max_length=4, blank=True)
    terms = models.CharField(max_length=2, blank=True)
    mode = models.CharField(max_length=2, blank=True)
    level = models.CharField(max_length=2, blank=True)
    academic_function = models.CharField(max_length=2, blank=True)
    paid = models.CharField("salaried or hourly paid", max_length=2, blank=True)
    leaving_reason = models.CharField(max_length=2, blank=True)
    fte = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    fpe = models.DecimalField(max_digits=5, decimal_places=4)
    teaching = models.DecimalField("share of teaching", max_digits=5, decimal_places=4, null=True)
    research = models.DecimalField("share of research", max_digits=5, decimal_places=4, null=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    grade_since = models.DateField("in the grade since", null=True)

    class Meta:
        indexes = [models.Index(fields=["snapshot"], name="contract_by_snapshot")]

    def __str__(self) -> str:
        return self.job_title or f"Contract {self.key}"


class ActivityRow(RowOfSnapshot):
    """A part of a contract with an occupation of its own; the shares of a contract make 1 together."""

    contract = models.ForeignKey(ContractRow, on_delete=models.PROTECT, related_name="activities", db_constraint=False)
    soc = models.CharField("SOC2020 unit group", max_length=4, blank=True)
    share = models.DecimalField(max_digits=5, decimal_places=4)

    class Meta:
        indexes = [models.Index(fields=["snapshot"], name="activity_by_snapshot")]

    def __str__(self) -> str:
        return self.soc


class EqualityRow(RowOfSnapshot):
    """What a person said of themselves, sealed with a key of its own: opened only by `operations.opening`, which writes down who did."""

    person = models.OneToOneField(PersonRow, on_delete=models.PROTECT, related_name="equality", db_constraint=False)
    sealed = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["snapshot"], name="equality_by_snapshot")]

    def __str__(self) -> str:
        return f"Equality of person {self.person_id}"
