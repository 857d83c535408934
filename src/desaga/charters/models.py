from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from desaga.organisations.models import Organisation
from desaga.organisations.ownership import OwnedByOrganisation, Publishable, ScopeReadingManager
from desaga.organisations.states import OrganisationKind

from .shipped import labels
from .states import DATE_FORMATS, OUTSIDE, TONES, Nation, Precision, SignatureState

LONGEST_NAME, LONGEST_SUMMARY, LONGEST_WORDS = 200, 300, 3000


class Charter(Publishable, OwnedByOrganisation):
    """What organisations can sign, kept by one body. Its aims are principles of a framework, held here as they stood when it was last saved.

    `aims` is a list of `{code, title}`. `shipped` is the key of the shipped charter that it was made from, where it was.
    """

    slug = models.SlugField("short address", max_length=60)
    name = models.CharField("name", max_length=LONGEST_NAME)
    framework = models.TextField("framework", editable=False)
    aims = models.JSONField("aims", default=list, editable=False)
    summary = models.CharField("in one sentence", max_length=LONGEST_SUMMARY)
    about = models.TextField("what signing means", max_length=LONGEST_WORDS, blank=True)
    source = models.URLField("source", blank=True)
    source_read_on = models.DateField("source read on", null=True, blank=True)
    shipped = models.CharField(max_length=40, blank=True, editable=False)
    is_historic = models.BooleanField("historic: nobody signs it any more", default=False)

    class Meta:
        ordering = ["is_historic", "name", "pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "slug"], name="charter_slug_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("charters:show_charter", args=[self.organisation.slug, self.slug])

    @property
    def cohorts(self) -> list[tuple[str, str]]:
        return labels(self.shipped, "cohorts")

    @property
    def stages(self) -> list[tuple[str, str]]:
        return labels(self.shipped, "stages")


class SignedManager(ScopeReadingManager):
    """Signatures of the organisation in scope as the one that signs."""

    def condition(self, organisation: Any, person_id: int | None) -> Q:
        return Q(signatory=organisation) if organisation else Q(pk__in=[])


class OfSignature(OwnedByOrganisation):
    """A row that keeper and signatory share. `objects` are the keeper's, `signed` the signatory's."""

    signatory = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")

    signed = SignedManager()

    class Meta:
        abstract = True


class Signature(OfSignature):
    """That an organisation signs a charter, with where it stands. `signatory` is empty where it has no workspace: then the keeper writes for it.

    `report_due_on` is the day by which the next yearly report is due.
    """

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="signatures")
    name = models.CharField("name", max_length=LONGEST_NAME)
    kind = models.CharField("kind", max_length=20, choices=OrganisationKind)
    nation = models.CharField("nation", max_length=20, choices=Nation, blank=True)
    home_page = models.URLField("home page", blank=True)
    state = models.CharField("state", max_length=10, choices=SignatureState, default=SignatureState.OFFERED, editable=False)  # fmt: skip
    signed_on = models.DateField("signed on", null=True)
    precision = models.CharField("how exactly", max_length=6, choices=Precision, default=Precision.DAY)
    signed_by = models.CharField("signed by", max_length=LONGEST_NAME, blank=True)
    words = models.TextField("in their own words", max_length=LONGEST_WORDS, blank=True)
    cohort = models.CharField("cohort", max_length=20, blank=True)
    stage = models.CharField("stage", max_length=20, blank=True)
    plan_url = models.URLField("plan’s public page", blank=True)
    note = models.CharField("note", max_length=LONGEST_SUMMARY, blank=True)
    report_due_on = models.DateField("next report due", null=True)
    reminded_at = models.DateTimeField(null=True, editable=False)
    confirmed_at = models.DateTimeField("confirmed", null=True, editable=False)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    #: Where the public reads its plan: set by the query for the public list.
    plan_address: str = ""

    class Meta:
        default_manager_name = "objects"
        ordering = ["name", "pk"]
        indexes = [
            models.Index(fields=["charter", "state", "name"], name="signature_by_charter"),
            models.Index(fields=["signatory", "report_due_on"], name="signature_by_signatory"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SignatureState.values), name="signature_state_known"),
            models.CheckConstraint(condition=Q(kind__in=OrganisationKind.values), name="signature_kind_known"),
            models.CheckConstraint(condition=Q(nation__in=["", *Nation.values]), name="signature_nation_known"),
            models.CheckConstraint(condition=Q(precision__in=Precision.values), name="signature_precision_known"),
            models.CheckConstraint(
                condition=~Q(state=SignatureState.CONFIRMED) | Q(confirmed_at__isnull=False),
                name="signature_confirmed_has_a_time",
            ),
            models.UniqueConstraint(
                fields=["charter", "signatory"],
                condition=~Q(state=SignatureState.WITHDRAWN),
                name="signature_once_by_each",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.charter.name}"

    @property
    def tone(self) -> str:
        return TONES[SignatureState(self.state)]

    @property
    def is_shown(self) -> bool:
        return self.state in OUTSIDE

    @property
    def signed_words(self) -> str:
        """When it was signed, as exactly as it is known; nothing where it is not."""
        return date_format(self.signed_on, DATE_FORMATS[Precision(self.precision)]) if self.signed_on else ""

    @property
    def cohort_words(self) -> str:
        return dict(self.charter.cohorts).get(self.cohort, self.cohort)

    @property
    def stage_words(self) -> str:
        return dict(self.charter.stages).get(self.stage, self.stage)


class Pledge(OfSignature):
    """What a signatory pledges towards one aim; `code` and `title` are the aim's, as alignments name it."""

    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="pledges")
    code = models.CharField("aim", max_length=100)
    title = models.CharField("what the aim says", max_length=500)
    words = models.TextField("what we pledge", max_length=LONGEST_WORDS)

    class Meta:
        default_manager_name = "objects"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["signature", "code"], name="pledge_once_an_aim")]

    def __str__(self) -> str:
        return self.code


class Report(Publishable, OfSignature):
    """What a signatory did in a year: a draft until it is published."""

    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="reports")
    year = models.PositiveSmallIntegerField("year")
    summary = models.TextField("the year in short", max_length=LONGEST_WORDS, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        default_manager_name = "objects"
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["signature", "year"], name="report_once_a_year")]

    def __str__(self) -> str:
        return f"Report for {self.year}"


class ReportLine(OfSignature):
    """What was done towards one aim, what shows it, and what comes next."""

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="lines")
    code = models.CharField("aim", max_length=100)
    title = models.CharField("what the aim says", max_length=500)
    done = models.TextField("done", max_length=LONGEST_WORDS, blank=True)
    evidence = models.CharField("what shows it", max_length=LONGEST_NAME, blank=True)
    evidence_url = models.URLField("where it is", blank=True)
    next = models.TextField("next", max_length=LONGEST_WORDS, blank=True)

    class Meta:
        default_manager_name = "objects"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["report", "code"], name="report_line_once_an_aim")]

    def __str__(self) -> str:
        return self.code


class SignatureEvent(OfSignature):
    """One step of a signature's history, read by both sides: so it names who acted by the organisation, not by the person. Never changed."""

    signature = models.ForeignKey(Signature, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=40)
    who = models.CharField(max_length=LONGEST_NAME, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        default_manager_name = "objects"
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.kind.capitalize()
