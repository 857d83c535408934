from __future__ import annotations

from typing import Any

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q

from ..ownership import OwnedByOrganisation, OwnedByPerson, ScopeReadingManager, current_on, own_manager
from ..states import Role

ENDS_AFTER_START = Q(ends_on=None) | Q(ends_on__gte=F("starts_on"))


class PersonManager(ScopeReadingManager):
    """The people whom the current organisation knows: employed there now or once, with a role, a seat, or recorded there."""

    def condition(self, organisation: Any, person_id: int | None) -> Q:
        themselves = Q(pk=person_id) if person_id else Q(pk__in=[])
        if not organisation:
            return themselves
        return (
            themselves
            | Q(recorded_by=organisation)
            | Q(pk__in=Employment._base_manager.filter(organisation=organisation).values("person_id"))
            | Q(pk__in=RoleAssignment._base_manager.filter(organisation=organisation).values("person_id"))
            | Q(pk__in=membership_model()._base_manager.filter(organisation=organisation).values("person_id"))
        )


def membership_model() -> Any:
    from .units import GroupMembership

    return GroupMembership


class Person(models.Model):
    """A human being, above all organisations. Here is only what a colleague may know: what to call them.

    `recorded_by` is the organisation that first wrote them down; it goes on knowing their name.
    """

    name = models.CharField("name", max_length=200, help_text="As they wish to be called.")
    pronouns = models.CharField("pronouns", max_length=40, blank=True)
    recorded_by = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    objects = PersonManager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "people"

    def __str__(self) -> str:
        return self.name


class PersonalDetails(OwnedByPerson):
    """What is the person's own: it goes with them when an employment ends."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="details")
    personal_email = models.EmailField("personal e-mail", blank=True)

    class Meta:
        verbose_name_plural = "personal details"

    def __str__(self) -> str:
        return f"Personal details of {self.person}"


@pghistory.track(context_field=None)
class Employment(OwnedByOrganisation):
    """That a person works for an organisation, from a day to a day. Owned by the employer, readable by the person.

    `sees_from`: before this day the employer sees nothing of what is the person's own, whatever start it says later. The database keeps it:
    the start that was said first, of this employment or of an earlier one here. Empty where no other was ever said.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="employments", verbose_name="person")
    unit = models.ForeignKey(
        "organisations.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="unit"
    )
    line_manager = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="line manager"
    )
    job_title = models.CharField("job title", max_length=200, blank=True)
    work_email = models.EmailField("work e-mail", blank=True)
    starts_on = models.DateField("started on")
    ends_on = models.DateField("ended on", null=True, blank=True)
    sees_from = models.DateField("sees from", null=True, editable=False)
    contract_end_on = models.DateField(
        "contract ends on", null=True, blank=True, help_text="For a fixed term: the day the contract names."
    )
    fte = models.DecimalField(
        "full-time equivalent",
        max_digits=3,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(1.5)],
        help_text="1 is full time, 0.6 three days of five.",
    )

    theirs = own_manager()

    class Meta:
        ordering = ["person__name", "-starts_on"]
        default_manager_name = "objects"
        indexes = [models.Index(fields=["organisation", "person"], name="employment_by_organisation")]
        constraints = [
            models.CheckConstraint(
                condition=ENDS_AFTER_START,
                name="employment_ends_after_start",
                violation_error_message="The last day must not lie before the first.",
            ),
            models.CheckConstraint(condition=Q(fte=None) | Q(fte__gte=0, fte__lte=1.5), name="employment_fte_in_range"),
            models.CheckConstraint(
                condition=Q(line_manager=None) | ~Q(line_manager=F("person")),
                name="employment_not_own_line_manager",
                violation_error_message="Nobody can be their own line manager.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} at {self.organisation}"


@pghistory.track(context_field=None)
class RoleAssignment(OwnedByOrganisation):
    """That a person holds a role in an organisation or in one unit of it, from a day to a day."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="roles", verbose_name="person")
    role = models.CharField("role", max_length=40, choices=Role)
    unit = models.ForeignKey(
        "organisations.Unit",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="for the unit",
    )
    starts_on = models.DateField("from")
    ends_on = models.DateField("until", null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    theirs = own_manager()

    class Meta:
        ordering = ["role", "person__name"]
        verbose_name = "role"
        default_manager_name = "objects"
        indexes = [models.Index(fields=["organisation", "role"], name="role_by_organisation")]
        constraints = [
            models.CheckConstraint(condition=ENDS_AFTER_START, name="role_ends_after_start"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="role_known"),
            models.UniqueConstraint(
                fields=["organisation", "person", "role", "unit"],
                condition=Q(ends_on=None),
                nulls_distinct=False,
                name="role_open_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"

    @classmethod
    def holding(cls) -> Q:
        """The assignments that hold today."""
        return current_on()
