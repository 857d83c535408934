from __future__ import annotations

import json
from datetime import date, timedelta
from functools import cached_property, lru_cache

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.models import Person
from desaga.organisations.ownership import OwnedByOrganisation, Publishable

from ..defining import Definition
from ..states import RoundState, SchemeState

#: Where nobody said by when readers score: so long before the meeting.
SCORED_BEFORE = timedelta(days=7)


@lru_cache(maxsize=64)
def definition_of(words: str) -> Definition:
    """The same data are read once: a page of an application, and each saving of it, asks for them."""
    return Definition.model_validate(json.loads(words))


class Scheme(OwnedByOrganisation, Publishable):
    """A programme that funds placements or joint projects. What it is stands in its versions; the newest in force holds for who begins now.

    `published_at` is when its page opened to the public. `code` begins each reference number. From `strips_since` on people whose time is over go every night.
    """

    name = models.CharField("name", max_length=120)
    slug = models.SlugField("address", max_length=60)
    code = models.CharField(
        "code", max_length=6, validators=[RegexValidator("^[A-Z]{2,6}$", "Two to six capital letters.")]
    )
    state = models.CharField("state", max_length=15, choices=SchemeState, default=SchemeState.PREPARED, editable=False)
    contact = models.EmailField("questions go to", blank=True)
    starts_on = models.DateField("funded from")
    ends_on = models.DateField("funded until")
    successor = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="predecessors",
        verbose_name="followed by",
    )
    ending = models.TextField("how it ends", blank=True, max_length=2000)
    strips_since = models.DateTimeField(null=True, editable=False)
    evaluation_due_on = models.DateField("evaluated by", null=True, blank=True)
    evaluation_url = models.URLField("evaluation", blank=True, max_length=500)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="scheme_slug_once"),
            models.UniqueConstraint(fields=["organisation", "code"], name="scheme_code_once"),
            models.CheckConstraint(condition=Q(state__in=SchemeState.values), name="scheme_state_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="scheme_ends_after_start"),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("placements:show_scheme", args=[self.organisation.slug, self.slug])

    @property
    def tone(self) -> str:
        return {SchemeState.OPEN: "going", SchemeState.WINDING_DOWN: "waiting", SchemeState.CLOSED: "stopped"}.get(
            SchemeState(self.state), "plain"
        )


class SchemeVersion(OwnedByOrganisation):
    """What a scheme is, as data (`defining.Definition`). Once in force it never changes: applications go on by the version they began with.

    `in_force_at` is empty while it is being written; a scheme has at most one such version.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField("version")
    data = models.JSONField("definition", default=dict)
    note = models.CharField("what is new", max_length=300, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    in_force_at = models.DateTimeField("in force from", null=True, editable=False)

    class Meta:
        ordering = ["scheme_id", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "number"], name="scheme_version_once"),
            models.UniqueConstraint(
                fields=["scheme"], condition=Q(in_force_at=None), name="scheme_version_written_once"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

    @cached_property
    def definition(self) -> Definition:
        return definition_of(json.dumps(self.data))


class Round(OwnedByOrganisation):
    """One sitting of the panel: what is complete by the cut-off is heard there, all year round.

    `chair` leads it. `administrator` runs what the chair may not see; the chair cannot replace them. From `names_shown_at` on the panel reads names
    that the scheme hides while it scores. `scores_by` is the day by which readers score. `readers_each` is how many readers each application was shared out to
    last; None where everybody reads all, or nothing was shared out.
    """

    scheme = models.ForeignKey(Scheme, on_delete=models.PROTECT, related_name="rounds")
    name = models.CharField("name", max_length=80)
    cut_off_on = models.DateField("complete by")
    meets_on = models.DateField("panel meets")
    answers_by = models.DateField("answers by")
    state = models.CharField("state", max_length=12, choices=RoundState, default=RoundState.PLANNED, editable=False)
    chair = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    administrator = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, editable=False)
    names_shown_at = models.DateTimeField(null=True, editable=False)
    score_by = models.DateField("scores by", null=True, blank=True)
    readers_each = models.PositiveSmallIntegerField("readers for each application", null=True, editable=False)

    class Meta:
        ordering = ["meets_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "meets_on"], name="placement_round_once_a_day"),
            models.CheckConstraint(condition=Q(state__in=RoundState.values), name="placement_round_state_known"),
            models.CheckConstraint(
                condition=Q(cut_off_on__lte=F("meets_on"), answers_by__gte=F("meets_on")),
                name="placement_round_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state=RoundState.RELEASED, released_at__isnull=False)
                | ~Q(state=RoundState.RELEASED) & Q(released_at=None),
                name="placement_round_released_once",
            ),
            models.CheckConstraint(
                condition=Q(chair=None) | Q(administrator=None) | ~Q(chair=F("administrator")),
                name="placement_round_led_by_two",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def scores_by(self) -> date:
        """The day that staff said, and else a week before the meeting; never before the cut-off, nor after the meeting."""
        return min(max(self.score_by or self.meets_on - SCORED_BEFORE, self.cut_off_on), self.meets_on)

    @property
    def tone(self) -> str:
        return {RoundState.SITTING: "going", RoundState.RELEASED: "done"}.get(RoundState(self.state), "plain")


class Budget(OwnedByOrganisation):
    """The money that a scheme has from one day to another, in pounds."""

    scheme = models.ForeignKey(Scheme, on_delete=models.CASCADE, related_name="budgets")
    name = models.CharField("year", max_length=40)
    starts_on = models.DateField("from")
    ends_on = models.DateField("until")
    amount = models.DecimalField("pounds", max_digits=11, decimal_places=2)

    class Meta:
        ordering = ["starts_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["scheme", "starts_on"], name="placement_budget_once"),
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on"), amount__gte=0), name="placement_budget_in_order"
            ),
        ]

    def __str__(self) -> str:
        return self.name
