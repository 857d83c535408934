from __future__ import annotations

from typing import Any

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from ..grants import kind_name
from ..states import May
from .organisation import Organisation
from .people import Person


class GrantManager(models.Manager):
    """Grants given by or to the current tenant: the database shows no others."""


@pghistory.track(context_field=None)
class Grant(models.Model):
    """That an owner lets another organisation or person see, or act on, one thing or all things of a kind."""

    owner_organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="owner"
    )
    owner_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="owner"
    )
    kind = models.CharField("what", max_length=100, help_text="A kind of thing, such as plans.plan.")
    object_id = models.BigIntegerField("which one", null=True, blank=True, help_text="Empty: all of the kind.")
    to_organisation = models.ForeignKey(
        Organisation,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="to the organisation",
    )
    to_person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="to the person"
    )
    may = models.CharField("they may", max_length=10, choices=May, default=May.SEE)
    starts_at = models.DateTimeField("from")
    ends_at = models.DateTimeField("until", null=True, blank=True)
    reason = models.CharField("reason", max_length=300)
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    revoked_at = models.DateTimeField("taken back", null=True, blank=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    objects = GrantManager()

    class Meta:
        ordering = ["-starts_at"]
        indexes = [
            models.Index(fields=["to_organisation", "kind"], name="grant_to_organisation"),
            models.Index(fields=["to_person", "kind"], name="grant_to_person"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(may__in=May.values), name="grant_may_known"),
            models.CheckConstraint(
                condition=Q(owner_organisation=None, owner_person__isnull=False)
                | Q(owner_organisation__isnull=False, owner_person=None),
                name="grant_has_one_owner",
            ),
            models.CheckConstraint(
                condition=Q(to_organisation=None, to_person__isnull=False)
                | Q(to_organisation__isnull=False, to_person=None),
                name="grant_goes_to_one",
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(ends_at__gt=F("starts_at")), name="grant_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        what = f"{kind_name(self.kind)}, number {self.object_id}" if self.object_id else f"all {kind_name(self.kind)}"
        return f"{what}, to {self.to_organisation or self.to_person}"

    @classmethod
    def holds_for(cls, organisation: Any, person_id: int | None) -> Q:
        """Grants in force now that were given to this organisation or person."""
        now = timezone.now()
        to = Q(to_organisation=organisation) if organisation else Q(pk__in=[])
        if person_id:
            to |= Q(to_person=person_id)
        return to & Q(starts_at__lte=now, revoked_at=None) & (Q(ends_at=None) | Q(ends_at__gt=now))

    @property
    def is_in_force(self) -> bool:
        now = timezone.now()
        return self.starts_at <= now and (not self.ends_at or self.ends_at > now) and not self.revoked_at


class Elevation(models.Model):
    """That a platform administrator may act in an organisation for a short time, with a reason. Off by default."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("reason", max_length=300)
    starts_at = models.DateTimeField("from")
    ends_at = models.DateTimeField("until")

    class Meta:
        ordering = ["-starts_at"]
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gte=F("starts_at")), name="elevation_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.organisation}"

    @classmethod
    def in_force(cls) -> Q:
        now = timezone.now()
        return Q(starts_at__lte=now, ends_at__gt=now)
