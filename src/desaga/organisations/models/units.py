from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from ..ownership import OwnedByOrganisation
from ..states import GroupKind, MembershipRole, UnitKind
from .people import ENDS_AFTER_START, Person


class Unit(OwnedByOrganisation):
    """A part of an organisation; units form a tree. A unit that is no more is closed, not deleted."""

    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name="part of"
    )
    kind = models.CharField("kind", max_length=20, choices=UnitKind)
    name = models.CharField("name", max_length=200)
    code = models.CharField("code", max_length=40, blank=True, help_text="As it stands in plans and extracts.")
    has_technical_workforce = models.BooleanField("has technical workforce", default=False)
    opened_on = models.DateField("opened on", null=True, blank=True)
    closed_on = models.DateField("closed on", null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=UnitKind.values), name="unit_kind_known"),
            models.CheckConstraint(
                condition=Q(parent=None) | ~Q(parent=F("id")),
                name="unit_not_its_own_parent",
                violation_error_message="A unit cannot be part of itself.",
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(opened_on=None) | Q(closed_on__gte=F("opened_on")),
                name="unit_closes_after_opening",
                violation_error_message="The day of closing must not lie before the day of opening.",
            ),
            models.UniqueConstraint(
                "organisation",
                Lower("code"),
                condition=~Q(code="") & Q(closed_on=None),
                name="unit_code_once",
                violation_error_message="Another unit has this code. Give each unit its own.",
            ),
            models.UniqueConstraint(
                F("organisation"),
                F("parent"),
                Lower("name"),
                condition=Q(closed_on=None),
                nulls_distinct=False,
                name="unit_name_once_per_parent",
                violation_error_message="There is a unit of this name in the same place already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Group(OwnedByOrganisation):
    """A steering group, a working group or another body that meets and can be answerable."""

    kind = models.CharField("kind", max_length=20, choices=GroupKind)
    name = models.CharField("name", max_length=200)
    code = models.CharField("code", max_length=40, blank=True, help_text="As it stands in plans, for example TCSG.")
    chair = models.CharField(
        "chair", max_length=200, blank=True, help_text="A name or an office, where it is no member."
    )
    purpose = models.TextField("purpose", blank=True)
    reports_to = models.CharField(
        "reports to", max_length=200, blank=True, help_text="A body or an office, for example the University Executive."
    )
    meets_every_months = models.PositiveSmallIntegerField(
        "meets every so many months", null=True, blank=True, help_text="3 is four times a year."
    )
    next_meeting_on = models.DateField("next meeting", null=True, blank=True)
    closed_on = models.DateField("closed on", null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=GroupKind.values), name="group_kind_known"),
            models.CheckConstraint(
                condition=Q(meets_every_months=None) | Q(meets_every_months__range=(1, 24)),
                name="group_meets_at_least_every_other_year",
                violation_error_message="Write a number of months from 1 to 24.",
            ),
            models.UniqueConstraint(
                "organisation",
                Lower("name"),
                condition=Q(closed_on=None),
                name="group_name_once",
                violation_error_message="There is a group of this name already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMembership(OwnedByOrganisation):
    """A person's seat in a group, from a day to a day."""

    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="memberships", verbose_name="group")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", verbose_name="person")
    role = models.CharField("as", max_length=20, choices=MembershipRole, default=MembershipRole.MEMBER)
    starts_on = models.DateField("from")
    ends_on = models.DateField("until", null=True, blank=True)
    is_technicians_seat = models.BooleanField(
        "technician's seat", default=False, help_text="A seat that only a technician can hold."
    )

    class Meta:
        ordering = ["group__name", "person__name"]
        verbose_name = "seat"
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="group_membership_ends_after_start"),
            models.CheckConstraint(condition=Q(role__in=MembershipRole.values), name="group_membership_role_known"),
            models.UniqueConstraint(
                fields=["group", "person"], condition=Q(ends_on=None), name="group_membership_open_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.group}"
