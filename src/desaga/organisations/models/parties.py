from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from ..ownership import OwnedByOrganisation
from ..states import PartyKind, UnitKind
from .people import Person
from .units import Group, Unit


def addresses() -> ArrayField:
    return ArrayField(models.EmailField(), default=list, blank=True, verbose_name="contact addresses")


class Party(OwnedByOrganisation):
    """Whoever an action names as responsible: a person, a role, a group, a unit, or text not yet resolved.

    `one_per` says that the name stands for one in every unit of a kind ("one per faculty"), and
    `only_with_technical_workforce` that units without one are left out.
    """

    kind = models.CharField("kind", max_length=10, choices=PartyKind, default=PartyKind.TEXT)
    name = models.CharField("name", max_length=200, help_text="As plans write it out.")
    code = models.CharField("code", max_length=40, blank=True, help_text="As plans abbreviate it, for example TSM.")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="person"
    )
    unit = models.ForeignKey(
        Unit, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="unit"
    )
    group = models.ForeignKey(
        Group, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="group"
    )
    role_title = models.CharField(
        "role", max_length=200, blank=True, help_text="For example Technical services manager."
    )
    one_per = models.CharField("one for each", max_length=20, choices=UnitKind, blank=True)
    only_with_technical_workforce = models.BooleanField("only where there is a technical workforce", default=False)
    contacts = addresses()
    comment = models.TextField("comment", blank=True)
    retired_on = models.DateField("no longer used since", null=True, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "parties"
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PartyKind.values), name="party_kind_known"),
            models.CheckConstraint(
                condition=(Q(person=None) | Q(kind=PartyKind.PERSON))
                & (Q(unit=None) | Q(kind=PartyKind.UNIT))
                & (Q(group=None) | Q(kind=PartyKind.GROUP)),
                name="party_resolves_to_its_kind",
                violation_error_message="Choose the person, group or unit that fits the kind.",
            ),
            models.UniqueConstraint(
                "organisation",
                Lower("code"),
                condition=~Q(code="") & Q(retired_on=None),
                name="party_code_once",
                violation_error_message="Another party has this code. Give each party its own.",
            ),
            models.UniqueConstraint(
                "organisation",
                Lower("name"),
                condition=Q(retired_on=None),
                name="party_name_once",
                violation_error_message="There is a party of this name already.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stands_for(self) -> Person | Unit | Group | str | None:
        """The person, unit or group meant, else the words of the role; None where it is text not yet resolved."""
        return self.person or self.unit or self.group or self.role_title or None


class GlossaryTerm(OwnedByOrganisation):
    """An abbreviation that an organisation's documents use, what it means, and whom to ask."""

    code = models.CharField("abbreviation", max_length=40)
    meaning = models.CharField("meaning", max_length=300)
    comment = models.TextField("comment", blank=True)
    contact = models.CharField("contact", max_length=200, blank=True, help_text="A name or an office.")
    contacts = addresses()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("code"),
                name="glossary_code_once",
                violation_error_message="This abbreviation is in the glossary already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.code}: {self.meaning}"
