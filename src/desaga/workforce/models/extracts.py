from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.ownership import OwnedByOrganisation

from ..states import AT_WORK, Coverage, ExtractState, Grain, MatchKind, MatchState, Weight

TONES = {
    ExtractState.READ: "waiting",
    ExtractState.CHECKED: "waiting",
    ExtractState.COMMITTED: "done",
    ExtractState.REFUSED: "late",
    ExtractState.CANCELLED: "stopped",
}


class Extract(OwnedByOrganisation):
    """A file from the HR system on its way to become a snapshot.

    `layout` is what the file looks like, without a word of it: the row of the headings, the number of rows and columns, whether somebody said what these are.
    `columns` maps the number of a column to the key of a field (`fields.py`); a column that is not there is left out.
    `counts` and `stops` are what the last check found.
    """

    name = models.CharField("name", max_length=255)
    size = models.PositiveBigIntegerField("size in bytes")
    coverage = models.CharField("covers", max_length=10, choices=Coverage)
    as_at = models.DateField("as at")
    year = models.PositiveSmallIntegerField(
        "collection year", help_text="The year in which the collection year begins."
    )
    submission = models.UUIDField(help_text="The form that it came with: one form makes one extract.")
    state = models.CharField(max_length=10, choices=ExtractState, default=ExtractState.HANDED_IN, editable=False)
    refusal = models.TextField("why it could not be read", blank=True, editable=False)
    handed_in_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    handed_in_at = models.DateTimeField("handed in", default=timezone.now, editable=False)
    layout = models.JSONField(default=dict, editable=False)
    grain = models.CharField("one row is", max_length=10, choices=Grain, blank=True)
    full_time_hours = models.DecimalField("full-time week, hours", max_digits=4, decimal_places=2, default=35)
    columns = models.JSONField(default=dict, editable=False)
    counts = models.JSONField(default=dict, editable=False)
    stops = models.JSONField(default=list, editable=False, help_text="Why it cannot be loaded, in sentences.")
    supersedes = models.ForeignKey(
        "workforce.Snapshot", on_delete=models.PROTECT, null=True, related_name="+", verbose_name="instead of"
    )
    change_agreed = models.BooleanField("the change in head count is right", default=False, editable=False)

    class Meta:
        ordering = ["-handed_in_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ExtractState.values), name="extract_state_known"),
            models.CheckConstraint(condition=Q(coverage__in=Coverage.values), name="extract_coverage_known"),
            models.CheckConstraint(condition=Q(grain__in=[*Grain.values, ""]), name="extract_grain_known"),
            models.UniqueConstraint(fields=["organisation", "submission"], name="extract_once_per_form"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("workforce:show_extract", args=[self.organisation.slug, self.pk])

    @property
    def tone(self) -> str:
        return TONES.get(ExtractState(self.state), "going")

    @property
    def is_at_work(self) -> bool:
        return self.state in AT_WORK

    @property
    def mapped(self) -> dict[int, str]:
        """Numbers of columns, from 0, to keys of fields. JSON knows only words as keys."""
        return {int(n): key for n, key in self.columns.items()}


class SealedFile(OwnedByOrganisation):
    """What is kept of an extract until it is loaded or thrown away, sealed: the file, its table, headings and samples for mapping, and who moved."""

    extract = models.OneToOneField(Extract, on_delete=models.CASCADE, related_name="file")
    content = models.BinaryField()
    table = models.BinaryField(null=True)
    profile = models.BinaryField(null=True)
    moved = models.BinaryField(null=True)

    def __str__(self) -> str:
        return str(self.extract)


class Progress(OwnedByOrganisation):
    """How far the worker is with an extract. A table of its own: the long transaction that loads locks the extract, not this.

    `run` is whose turn it is: a worker that was thought dead and finds another's name here stops.
    """

    extract = models.OneToOneField(Extract, on_delete=models.CASCADE, related_name="progress")
    run = models.UUIDField()
    step = models.CharField(max_length=60)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    worked_at = models.DateTimeField()
    cancel_asked_at = models.DateTimeField(null=True)
    resumed = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.step


class SavedMapping(OwnedByOrganisation):
    """How a file of certain headings was mapped, so that the next like it is mapped at once."""

    heads = models.CharField(max_length=64, help_text="A digest of the headings.")
    columns = models.JSONField(
        default=dict, help_text="Digest of a heading to key of a field; empty for a column left out."
    )
    grain = models.CharField(max_length=10, choices=Grain, blank=True)
    full_time_hours = models.DecimalField(max_digits=4, decimal_places=2, default=35)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "heads"], name="mapping_of_heads_once")]

    def __str__(self) -> str:
        return f"Mapping of {len(self.columns)} columns"  # not a count of people: of columns


class CodeChoice(OwnedByOrganisation):
    """What the organisation's word for something is in a code list; said once, used ever after. An empty code: none fits."""

    code_list = models.CharField(max_length=30)
    words = models.CharField(max_length=200, help_text="Folded: see `reading.values.folded`.")
    code = models.CharField(max_length=10, blank=True)
    chosen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    chosen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["code_list", "words"]
        constraints = [models.UniqueConstraint(fields=["organisation", "code_list", "words"], name="code_choice_once")]

    def __str__(self) -> str:
        return f"{self.code_list}: {self.code or 'no code'}"


class Fault(OwnedByOrganisation):
    """Something wrong in an extract: where, and by its kind what and how to mend it. The value is sealed; all go with the file."""

    extract = models.ForeignKey(Extract, on_delete=models.CASCADE, related_name="faults")
    row = models.PositiveIntegerField("row")
    column = models.PositiveSmallIntegerField(null=True, help_text="From 0; null for the whole row.")
    field = models.CharField(max_length=30, blank=True)
    kind = models.CharField(max_length=40)
    weight = models.CharField(max_length=10, choices=Weight)
    value = models.BinaryField()
    is_equality = models.BooleanField(default=False)

    class Meta:
        ordering = ["row", "pk"]
        indexes = [models.Index(fields=["extract", "row"], name="fault_by_row")]
        constraints = [models.CheckConstraint(condition=Q(weight__in=Weight.values), name="fault_weight_known")]

    def __str__(self) -> str:
        return f"{self.kind} in row {self.row}"


class Match(OwnedByOrganisation):
    """That somebody in an extract may be somebody we knew: proposed, then settled by a person. Kept as the log of matches.

    `number_key` is the key of the number in the extract, `known_key` that of the person known before; `words` is what whoever
    decides needs to see, sealed.
    """

    extract = models.ForeignKey(Extract, on_delete=models.PROTECT, related_name="matches")
    kind = models.CharField(max_length=20, choices=MatchKind)
    state = models.CharField(max_length=10, choices=MatchState, default=MatchState.PROPOSED)
    number_key = models.UUIDField()
    known_key = models.UUIDField()
    words = models.BinaryField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "matches"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=MatchKind.values), name="match_kind_known"),
            models.CheckConstraint(condition=Q(state__in=MatchState.values), name="match_state_known"),
            models.UniqueConstraint(fields=["extract", "number_key", "known_key"], name="match_once"),
        ]

    def __str__(self) -> str:
        return str(MatchKind(self.kind).label)

    @property
    def is_settled(self) -> Any:
        return self.state != MatchState.PROPOSED
