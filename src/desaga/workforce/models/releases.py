"""Figures of a period as they are released: protected for each audience, and frozen. No row of a person is kept here."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.ownership import OwnedByOrganisation, Publishable

from ..states import FROZEN, NOT_YET_RELEASED, Audience, ReleaseState
from .snapshots import Snapshot

TONES = {
    ReleaseState.CHECKED: "waiting",
    ReleaseState.REFUSED: "late",
    ReleaseState.FAILED: "late",
    ReleaseState.RELEASED: "done",
    ReleaseState.RESTATED: "stopped",
    ReleaseState.WITHDRAWN: "stopped",
    ReleaseState.DROPPED: "stopped",
}


class Release(OwnedByOrganisation):
    """The figures of one day, to be released, released, or released once. Once released the database keeps all of it but its state.

    `definition` says who was counted as technical staff: name, version and whole sentences. `policies` are the disclosure policies in force,
    by audience, with their numbers and their sentence. `found` is what the disclosure check found: how much each audience sees, and
    `findings`, the cells for which it was refused.
    """

    name = models.CharField("period", max_length=60)
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="releases")
    compared_with = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, null=True, related_name="+", verbose_name="compared with"
    )
    state = models.CharField(max_length=10, choices=ReleaseState, default=ReleaseState.PREPARED, editable=False)
    restates = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="restatements", verbose_name="in the place of"
    )
    what_changed = models.TextField("what changed", max_length=2000, blank=True)
    definition = models.JSONField(default=dict, editable=False)
    policies = models.JSONField(default=dict, editable=False)
    found = models.JSONField(default=dict, editable=False)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    prepared_at = models.DateTimeField("prepared", default=timezone.now, editable=False)
    released_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    released_at = models.DateTimeField("released", null=True, editable=False)
    withdrawn_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField("withdrawn", null=True, editable=False)
    withdrawn_because = models.TextField("why it was withdrawn", max_length=2000, blank=True)

    class Meta:
        ordering = ["-snapshot__as_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReleaseState.values), name="release_state_known"),
            models.CheckConstraint(
                condition=Q(released_at=None) ^ Q(state__in=FROZEN), name="release_says_when_it_was_released"
            ),
            models.CheckConstraint(
                condition=Q(restates=None) | ~Q(what_changed=""), name="restatement_says_what_changed"
            ),
            models.UniqueConstraint(
                fields=["organisation", "snapshot"],
                condition=Q(state=ReleaseState.RELEASED),
                name="snapshot_released_once",
            ),
            models.UniqueConstraint(
                fields=["restates"], condition=Q(state__in=FROZEN, restates__isnull=False), name="release_restated_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("workforce:show_release", args=[self.organisation.slug, self.pk])

    @property
    def tone(self) -> str:
        return TONES.get(ReleaseState(self.state), "going")

    @property
    def is_open(self) -> bool:
        """Whether it may still be released or dropped."""
        return self.state in NOT_YET_RELEASED

    @property
    def was_released(self) -> bool:
        return self.state in FROZEN

    @property
    def hides_more(self) -> bool:
        """Whether it is counted so that more is hidden, for what earlier figures show."""
        return bool(self.found.get("hide_more"))

    @property
    def may_hide_more(self) -> bool:
        """Whether there is something left to hide: beside figures of its own day less was hidden until the steward is asked."""
        return self.restates_id is not None and not self.hides_more

    @property
    def leaves_out(self) -> bool:
        """Whether tables are left out of it, where they would tell of few people for all that can be hidden."""
        return bool(self.found.get("leave_out"))

    @property
    def may_leave_out(self) -> bool:
        return not self.may_hide_more and not self.leaves_out

    @property
    def workers_lost(self) -> int:
        """How many workers in a row fell silent over it, where it was given up for that."""
        return int(self.found.get("workers_lost", 0))

    @property
    def findings(self) -> list[dict[str, Any]]:
        return list(self.found.get("findings", ()))


class ReleasedTable(OwnedByOrganisation):
    """A figure in one cut as one audience reads it. `content` is what `releasing.tables` describes; no cell in it is under its policy.

    `place` orders the tables of a release, `size` is how many cells it has: so that a feed finds its page without reading the rest.
    """

    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="tables")
    audience = models.CharField(max_length=10, choices=Audience)
    figure = models.CharField(max_length=60)
    cut = models.CharField(max_length=60, blank=True)
    place = models.PositiveSmallIntegerField()
    size = models.PositiveIntegerField()
    content = models.JSONField()

    class Meta:
        ordering = ["release_id", "place"]
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="released_for_a_known_audience"),
            models.UniqueConstraint(fields=["release", "audience", "figure", "cut"], name="released_table_once"),
        ]

    def __str__(self) -> str:
        return f"{self.figure} {self.cut}".strip()


class ReleaseProgress(OwnedByOrganisation):
    """How far the worker is with counting. A table of its own, as it is written in transactions of its own."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="progress")
    step = models.CharField(max_length=80)
    done = models.PositiveSmallIntegerField(default=0)
    total = models.PositiveSmallIntegerField(default=0)
    worked_at = models.DateTimeField()
    resumed = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.step


class PublicFigures(Publishable, OwnedByOrganisation):
    """What anybody reads of an organisation's workforce: a copy of public tables, there only while the lead has it shown.

    `content` is the periods that are released, the newest first, each with its tables under the public policy. It follows releases.
    """

    digest = models.CharField(max_length=64)
    content = models.JSONField()
    shown_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name_plural = "public figures"
        constraints = [
            models.UniqueConstraint(fields=["organisation"], name="public_figures_once"),
            models.CheckConstraint(condition=Q(published_at__isnull=False), name="public_figures_are_shown"),
        ]

    def __str__(self) -> str:
        return "The public figures"
