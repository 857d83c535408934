from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from desaga.organisations.ownership import OwnedByOrganisation

from ..states import TONES, InterestState

LONGEST_LINE, LONGEST_WISH = 200, 600


class SchoolInterest(OwnedByOrganisation):
    """A school would like work experience. It is the school that asks: whoever begins gives the school's address alone, and nothing counts until it is confirmed from there.

    Nothing of a pupil is kept: not a name, not an address, not how they are. `name` and `position` are the teacher's who confirmed.
    """

    email = models.EmailField("the school's e-mail", max_length=LONGEST_LINE)
    name = models.CharField("name", max_length=LONGEST_LINE, blank=True)
    position = models.CharField("position", max_length=LONGEST_LINE, blank=True)
    school = models.CharField("school or college", max_length=LONGEST_LINE, blank=True)
    pupils = models.PositiveSmallIntegerField("how many pupils", null=True)
    years = models.CharField("years", max_length=60, blank=True)
    wanted = models.CharField("when", max_length=LONGEST_LINE, blank=True)
    wish = models.TextField("what they would like to see", max_length=LONGEST_WISH, blank=True)
    fields = ArrayField(models.CharField(max_length=60), default=list, verbose_name="fields")
    state = models.CharField("state", max_length=10, choices=InterestState, default=InterestState.SENT, editable=False)
    sent_at = models.DateTimeField(editable=False)
    since = models.DateTimeField(editable=False)
    key_hash = models.CharField(max_length=64, unique=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        verbose_name_plural = "schools' interests"
        constraints = [
            models.CheckConstraint(condition=Q(state__in=InterestState.values), name="school_interest_state_known"),
            models.CheckConstraint(
                condition=Q(state=InterestState.SENT) | ~Q(Q(name="") | Q(school="")),
                name="school_interest_is_confirmed_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        # The audit calls it so, and outlives it.
        return f"A school's interest ({self.pk})"

    def get_absolute_url(self) -> str:
        return reverse("careers:show_interest", args=[self.organisation.slug, self.pk])

    @property
    def tone(self) -> str:
        return TONES[InterestState(self.state)]
