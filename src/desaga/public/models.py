from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.models import Grant, Organisation
from desaga.organisations.ownership import OwnedByOrganisation, Publishable
from desaga.plans.models import Plan
from desaga.plans.models.plans import PartOfPlan

LONGEST_WORDS = 2000


class Publication(OwnedByOrganisation):
    """What a lead chose for a plan's public page. Only the organisation reads it: what the public reads is the `PublicCopy`."""

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="publication")
    slug = models.SlugField("address", max_length=80)
    parts = models.JSONField("what is shown", default=list)
    words = models.TextField("introduction", blank=True, max_length=LONGEST_WORDS)
    contact_name = models.CharField("name", max_length=150, blank=True)
    contact_role = models.CharField("role", max_length=150, blank=True)
    contact_address = models.EmailField("address", blank=True)
    reviewed_on = models.DateField("last reviewed", null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["organisation", "slug"], name="publication_address_once")]

    def __str__(self) -> str:
        return f"Public page of {self.plan}"

    @property
    def public_url(self) -> str:
        return reverse("public:show_public_plan", args=[self.organisation.slug, self.slug])


class PublicCopy(Publishable, OwnedByOrganisation):
    """All that the public reads of a plan, and nothing else: made from it by `copying`, kept apart from its rows.

    It is there while the plan is published; taking down removes it with its changes.
    """

    publication = models.OneToOneField(Publication, on_delete=models.PROTECT, related_name="copy")
    slug = models.SlugField(max_length=80)
    title = models.CharField(max_length=300)
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    copied_at = models.DateTimeField()
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="public_copy_address_once"),
            models.CheckConstraint(condition=Q(published_at__isnull=False), name="public_copy_is_published"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("public:show_public_plan", args=[self.organisation.slug, self.slug])


class PublicChange(OwnedByOrganisation):
    """What of a public copy changed at one time: sentences made of codes, dates and states alone, each with its part."""

    copy = models.ForeignKey(PublicCopy, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    lines = models.JSONField()

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return f"Changes of {timezone.localtime(self.at):%d %B %Y}"

    @classmethod
    def published_now(cls) -> Q:
        return Q(copy__published_at__lte=timezone.now())

    @property
    def sentences(self) -> list[str]:
        return [line["text"] for line in self.lines]


class HeldPlan(PartOfPlan):
    """That a plan is another organisation's, held as they published it: where it was taken from, and on which day."""

    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="held")
    of = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name="whose plan it is")
    source_address = models.URLField("address it was taken from", max_length=500)
    taken_on = models.DateField("taken on")

    class Meta:
        ordering = ["of__name", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(of=F("organisation")), name="held_plan_is_anothers")]

    def __str__(self) -> str:
        return f"{self.plan} of {self.of}"

    @property
    def origin(self) -> str:
        """Whose words these are, in one sentence."""
        day = f"{self.taken_on.day} {self.taken_on:%B %Y}"
        return f"As published by {self.of.name}, taken from {self.source_address} on {day}."


class Offer(OwnedByOrganisation):
    """That a held plan is offered to the organisation whose it is, by a grant to read it until a day."""

    held = models.ForeignKey(HeldPlan, on_delete=models.PROTECT, related_name="offers")
    to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    grant = models.ForeignKey(Grant, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-offered_at", "-pk"]
        constraints = [models.CheckConstraint(condition=~Q(to=F("organisation")), name="offer_is_to_another")]

    def __str__(self) -> str:
        return f"Offer of {self.title}"


class Claim(OwnedByOrganisation):
    """That an organisation took over its plan: which offer it accepted, and what it was told of where the plan comes from.

    It owns the row; whoever offered reads it, and so knows without anybody writing in another's name.
    """

    offer = models.OneToOneField(Offer, on_delete=models.PROTECT, related_name="claim")
    plan = models.OneToOneField(Plan, on_delete=models.PROTECT, related_name="claimed_from")
    held_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    source_address = models.URLField(max_length=500)
    taken_on = models.DateField()
    accepted_at = models.DateTimeField()
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-accepted_at", "-pk"]

    def __str__(self) -> str:
        return f"Taking over of {self.plan}"

    @classmethod
    def visibility(cls, organisation: Any, person_id: int | None) -> Q:
        """One's own, and those of one's own offers."""
        return super().visibility(organisation, person_id) | Q(held_by=organisation)
