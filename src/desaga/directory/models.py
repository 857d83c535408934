from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import Q

from desaga.organisations.models import Person
from desaga.organisations.ownership import OwnedByOrganisation

from .fields import LONGEST_WORD

LONGEST_LINE, LONGEST_PLACE, LONGEST_OFFERS = 200, 120, 1200


def terms() -> ArrayField:
    return ArrayField(models.CharField(max_length=LONGEST_WORD), default=list)


class Listing(OwnedByOrganisation):
    """What a technician chose to show of themselves to everybody, and nothing that they did not. Gone, not hidden, when they take it out.

    `shown_until` is the last day. `words` is all that is shown, to be searched; the database derives what it searches in.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=LONGEST_LINE, blank=True)
    job = models.CharField(max_length=LONGEST_LINE, blank=True)
    employer = models.CharField(max_length=LONGEST_LINE, blank=True)
    place = models.CharField(max_length=LONGEST_PLACE, blank=True)
    skills = terms()
    equipment = terms()
    offers = models.TextField(max_length=LONGEST_OFFERS, blank=True)
    may_be_written_to = models.BooleanField(default=False)
    shown_until = models.DateField()
    agreed_at = models.DateTimeField()
    words = models.TextField()
    searched = models.GeneratedField(
        expression=SearchVector("words", config="english"), output_field=SearchVectorField(), db_persist=True
    )

    class Meta:
        ordering = ["pk"]
        indexes = [
            GinIndex(fields=["searched"], name="listing_searched"),
            GinIndex(fields=["skills"], name="listing_by_skill"),
            GinIndex(fields=["equipment"], name="listing_by_equipment"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], name="listing_once_a_person"),
            models.CheckConstraint(condition=~Q(name="") | ~Q(job=""), name="listing_says_who_or_what"),
        ]

    def __str__(self) -> str:
        # The audit calls it so, and outlives it.
        return f"Entry {self.pk} of the directory"

    @property
    def title(self) -> str:
        return self.name or self.job
