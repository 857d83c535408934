from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils import timezone

from desaga.disclosure import Cell, Kind
from desaga.organisations.ownership import OwnedByOrganisation

from .states import Better, Unit, cell_of, said


class ManualSeries(OwnedByOrganisation):
    """Something that an organisation counts by hand, since the platform does not know it yet.

    The unit stays: readings are in it. `ended_at`: it is read no more; its readings stay.
    """

    name = models.CharField("name", max_length=120)
    definition = models.TextField("what is counted", max_length=2000)
    unit = models.CharField("counted in", max_length=10, choices=Unit, default=Unit.NUMBER)
    better = models.CharField("which way is good", max_length=10, choices=Better, default=Better.MORE)
    started_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["name", "pk"]
        verbose_name_plural = "manual series"
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"], condition=Q(ended_at=None), name="manual_series_named_once"
            ),
            models.CheckConstraint(condition=Q(unit__in=Unit.values), name="manual_series_unit_known"),
            models.CheckConstraint(condition=Q(better__in=Better.values), name="manual_series_better_known"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("indicators:show_series", args=[self.organisation.slug, self.pk])


class Reading(OwnedByOrganisation):
    """Where a series stood on a day; only ever added, the database sees to it.

    Of a computed indicator (`key`, and where it is of a part, `cut`, `part` and what that was called) or of a manual `series`, never of both.
    Of one day the highest `version` counts: a later reading corrects an earlier one, and both stand with who and when. `value` is
    empty where it is not shown, as what is of too few people, or would give such a number away: what is hidden is not kept either. `kind` says
    why, as a kind of `desaga.disclosure`; empty where somebody said the value, and in readings from before it was kept.
    """

    key = models.CharField("indicator", max_length=100, blank=True)
    series = models.ForeignKey(ManualSeries, on_delete=models.PROTECT, null=True, related_name="readings")
    cut = models.CharField(max_length=20, blank=True)
    part = models.CharField(max_length=200, blank=True)
    label = models.CharField(max_length=300, blank=True)
    on = models.DateField("on")
    version = models.PositiveSmallIntegerField(default=0)
    value = models.DecimalField("stood at", max_digits=14, decimal_places=2, null=True)
    kind = models.CharField(max_length=15, blank=True, default="", choices=[(one.value, one.value) for one in Kind])
    of = models.PositiveIntegerField("out of", null=True)
    note = models.CharField("where from", max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["on", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "key", "series", "cut", "part", "on", "version"],
                nulls_distinct=False,
                name="reading_version_once",
            ),
            models.CheckConstraint(
                condition=Q(key="", series__isnull=False, cut="", part="", value__isnull=False)
                | ~Q(key="") & Q(series=None),
                name="reading_of_one_series",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[Kind.SUPPRESSED.value, Kind.NOT_COLLECTED.value]) | Q(value=None),
                name="reading_hidden_has_no_value",
            ),
            models.CheckConstraint(condition=Q(part="") | ~Q(cut=""), name="reading_part_has_cut"),
        ]

    @property
    def cell(self) -> Cell:
        """The reading as the disclosure engine knows one."""
        return cell_of(self.value, self.kind)

    def __str__(self) -> str:
        return f"{said(self.value, self.series.unit) if self.series else self.value} on {self.on:%d %B %Y}"
