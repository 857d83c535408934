from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from desaga.indicators.states import Unit, said
from desaga.organisations.models import Employment
from desaga.organisations.ownership import OwnedByPerson, ScopeReadingManager, current_on

from .states import BY_HAND, Kind


def shown_to(organisation: Any) -> Q:
    """What an employer may see: of whom it employs today, what happened while they were employed there.

    A former employer sees nothing any more, and none sees what was before it, or before the start that it said first. The table's row-level
    security says the same.
    """
    there = Employment._base_manager.filter(organisation=organisation, person=OuterRef("person_id"))
    at_the_time = Q(ends_on=None) | Q(ends_on__gte=OuterRef("on"))
    as_first_said = Q(sees_from=None) | Q(sees_from__lte=OuterRef("on"))
    begun = there.filter(at_the_time, as_first_said, starts_on__lte=OuterRef("on"))
    return Exists(there.filter(current_on())) & Exists(begun)


class ActivityManager(ScopeReadingManager):
    """The one visibility: a person's own, and what the current organisation may see as an employer."""

    def condition(self, organisation: Any, person_id: int | None) -> Q:
        own = Q(person_id=person_id) if person_id else Q(pk__in=[])
        return own | shown_to(organisation) if organisation else own


class Activity(OwnedByPerson):
    """One thing that happened, recorded once, by or for the person whom it concerns; it is theirs and goes with them.

    `source` is the slice that recorded it, with a `source_key` that names the thing there, so that it is recorded once; both are
    empty where the person wrote it down. Whoever counts activities (development, recognition, reports) reads this row.
    """

    kind = models.CharField("what kind of thing", max_length=20, choices=Kind)
    what = models.CharField("what", max_length=300)
    on = models.DateField("when")
    hours = models.DecimalField("how long, in hours", max_digits=6, decimal_places=2, null=True, blank=True)
    place = models.CharField("where", max_length=200, blank=True)
    with_whom = models.CharField("with whom", max_length=300, blank=True)
    practice = models.TextField("what it did for my work", blank=True, max_length=4000)
    users = models.TextField("what it did for those I work for", blank=True, max_length=4000)
    source = models.CharField(max_length=40, blank=True, default=BY_HAND, editable=False)
    source_key = models.CharField(max_length=200, blank=True, editable=False)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = ActivityManager()

    class Meta:
        ordering = ["-on", "-pk"]
        verbose_name_plural = "activities"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="activity_kind_known"),
            models.CheckConstraint(
                condition=Q(hours=None) | Q(hours__gt=0, hours__lte=2000), name="activity_hours_in_range"
            ),
            models.CheckConstraint(
                condition=Q(source="", source_key="") | ~Q(source="") & ~Q(source_key=""),
                name="activity_source_has_key",
            ),
            models.UniqueConstraint(
                fields=["person", "source", "source_key"], condition=~Q(source=""), name="activity_of_a_source_once"
            ),
        ]
        indexes = [models.Index(F("person"), F("on").desc(), name="activity_by_person")]

    @property
    def hours_said(self) -> str:
        return "" if self.hours is None else said(self.hours, Unit.NUMBER)

    def __str__(self) -> str:
        # What the audit keeps when the row itself is gone: no words of the person's own.
        return f"{self.get_kind_display()} on {self.on:%d %B %Y}"
