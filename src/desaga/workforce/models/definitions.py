"""Definitions of technical staff, what they made of a snapshot, and what people said where rules could not."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.ownership import OwnedByOrganisation

from ..defining import Definition, Outcome, from_data
from ..states import ClassifyingState
from .snapshots import ContractRow, Snapshot

LONGEST_REASON = 1000


class DefinitionVersion(OwnedByOrganisation):
    """One version of an organisation's definition: a draft until it is adopted, then dated and never changed (migration 0010).

    `content` is the definition as data (`defining/serial.py`). `edits` counts changes of a draft: whoever changes one says which they saw.
    """

    number = models.PositiveSmallIntegerField()
    content = models.JSONField()
    edits = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(default=timezone.now)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    adopted_at = models.DateTimeField(null=True)
    adopted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    in_force_from = models.DateField("in force from", null=True)
    because = models.TextField("what changed, and why", blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="definition_number_once"),
            models.UniqueConstraint(fields=["organisation"], condition=Q(adopted_at=None), name="definition_one_draft"),
            models.CheckConstraint(
                condition=Q(adopted_at=None, in_force_from=None) | Q(adopted_at__isnull=False, in_force_from__isnull=False),
                name="definition_adopted_is_dated",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"Version {self.number} of the definition of technical staff"

    def get_absolute_url(self) -> str:
        return reverse("workforce:show_version", args=[self.organisation.slug, self.pk])

    @property
    def is_draft(self) -> bool:
        return self.adopted_at is None

    @property
    def definition(self) -> Definition:
        return from_data(self.content)

    @property
    def title(self) -> str:
        return str(self.content["title"])

    @property
    def name(self) -> str:
        return f"Version {self.number}{', a draft' if self.is_draft else ''}"


class Decision(OwnedByOrganisation):
    """What a person said of somebody: an answer where the rules ask, or an override of what they say.

    It holds for the person while their job is what it was (`job`, a digest of title, grade, unit, code and family), in every version.
    `press` is the same for all that was said at once. Taken back, never changed.
    """

    person_key = models.UUIDField()
    job = models.CharField(max_length=32)
    technical = models.BooleanField()
    is_override = models.BooleanField(default=False)
    reason = models.CharField(max_length=LONGEST_REASON, blank=True)
    press = models.UUIDField()
    decided_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)
    taken_back_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-decided_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "person_key", "job", "is_override"], condition=Q(taken_back_at=None), name="decision_in_force_once"
            ),
            models.CheckConstraint(condition=Q(is_override=False) | ~Q(reason=""), name="decision_override_has_reason"),
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | Q(taken_back_at__gte=F("decided_at")), name="decision_taken_back_later"
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["organisation", "press"], name="decision_by_press")]

    def __str__(self) -> str:
        return f"{'Override' if self.is_override else 'Answer'} of {timezone.localdate(self.decided_at).isoformat()}"


class Classification(OwnedByOrganisation):
    """What a version makes of a snapshot: asked for, worked out by the worker, and kept so that figures read it quickly."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="classifications")
    version = models.ForeignKey(DefinitionVersion, on_delete=models.PROTECT, related_name="classifications")
    state = models.CharField(max_length=10, choices=ClassifyingState, default=ClassifyingState.ASKED)
    run = models.UUIDField(help_text="Whose turn it is: a worker that finds another's here stops.")
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    worked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["snapshot", "version"], name="classification_once"),
            models.CheckConstraint(
                condition=Q(state__in=ClassifyingState.values), name="classification_state_known"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.snapshot} by version {self.version.number}"

    @property
    def is_done(self) -> bool:
        return self.state == ClassifyingState.DONE


class ClassifiedRow(OwnedByOrganisation):
    """One person under one classification: what which rule said, by which contract, and what holds in the end."""

    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    classification = models.ForeignKey(
        Classification, on_delete=models.PROTECT, related_name="rows", db_constraint=False, db_index=False
    )
    key = models.UUIDField()
    job = models.CharField(max_length=32)
    contract = models.ForeignKey(
        ContractRow, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    is_present = models.BooleanField("in post on the day", default=True)
    rule = models.PositiveSmallIntegerField(help_text="0 for the last rule.")
    outcome = models.CharField(max_length=10, choices=[(one.value, one.value) for one in Outcome])
    technical = models.BooleanField()
    decision = models.ForeignKey(
        Decision, on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["classification", "key"], name="classified_once"),
            models.CheckConstraint(
                condition=Q(outcome__in=[one.value for one in Outcome]), name="classified_outcome_known"
            ),
        ]
        indexes = [models.Index(fields=["key"], name="classified_by_person")]

    def __str__(self) -> str:
        return f"Person {self.key}"
