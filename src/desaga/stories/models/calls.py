from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django_scopes import ScopedManager

from desaga.consents.models import Consent
from desaga.organisations.models import Person
from desaga.organisations.ownership import OwnedByOrganisation, owned_manager

from ..content import SECTIONS
from ..states import CallState, ContributionState
from .stories import LONGEST_ALT, LONGEST_LINE, Story


class Call(OwnedByOrganisation):
    """A call for contributors: what is asked, until when, which sections the form has. Everybody reads it while it is open."""

    slug = models.SlugField(max_length=60)
    title = models.CharField("title", max_length=LONGEST_LINE)
    words = models.TextField("what is asked", max_length=4000)
    asks = ArrayField(models.CharField(max_length=20), default=list)
    until = models.DateField("until")
    consent_until = models.DateField("shown until")
    state = models.CharField("state", max_length=10, choices=CallState, default=CallState.DRAFT, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="call_slug_once"),
            models.CheckConstraint(condition=Q(state__in=CallState.values), name="call_state_known"),
            models.CheckConstraint(
                condition=Q(asks__contained_by=list(SECTIONS), asks__len__gt=0), name="call_asks_for_sections"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("stories:show_call", args=[self.organisation.slug, self.pk])

    @property
    def is_open(self) -> bool:
        return self.state == CallState.OPEN and self.until >= timezone.localdate()

    @property
    def tone(self) -> str:
        return "going" if self.is_open else "plain" if self.state == CallState.DRAFT else "stopped"

    @property
    def state_words(self) -> str:
        return "Time is over" if self.state == CallState.OPEN and not self.is_open else str(CallState(self.state).label)


class Contribution(OwnedByOrganisation):
    """What somebody sent to a call, with what they agree to. It counts once they have opened the link in the e-mail that came to them."""

    call = models.ForeignKey(Call, on_delete=models.PROTECT, related_name="contributions")
    name = models.CharField(max_length=LONGEST_LINE)
    email = models.EmailField(max_length=LONGEST_LINE)
    job = models.CharField(max_length=LONGEST_LINE)
    employer = models.CharField(max_length=LONGEST_LINE, blank=True)
    answers = models.JSONField(default=dict)
    what = ArrayField(models.CharField(max_length=20), default=list)
    where = ArrayField(models.CharField(max_length=20), default=list)
    state = models.CharField(max_length=10, choices=ContributionState, default=ContributionState.SENT, editable=False)
    key_hash = models.CharField(max_length=64, unique=True)
    sent_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, related_name="+")
    story = models.OneToOneField(Story, on_delete=models.PROTECT, null=True, related_name="contribution")
    submission = models.UUIDField(null=True)

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["call", "submission"], name="contribution_sent_once"),
            models.CheckConstraint(condition=Q(state__in=ContributionState.values), name="contribution_state_known"),
            models.CheckConstraint(
                condition=Q(state=ContributionState.SENT) | Q(confirmed_at__isnull=False),
                name="contribution_is_confirmed",
            ),
        ]

    def __str__(self) -> str:
        return f"Contribution of {self.name}"

    @property
    def sections(self) -> list[tuple[str, str]]:
        return [(heading, self.answers[key]) for key, heading in SECTIONS.items() if self.answers.get(key)]


class ContributionPicture(OwnedByOrganisation):
    """The picture that came with a contribution, looked at and drawn anew."""

    contribution = models.OneToOneField(Contribution, on_delete=models.CASCADE, related_name="picture")
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=40)
    alt = models.CharField(max_length=LONGEST_ALT)
    credit = models.CharField(max_length=LONGEST_LINE, blank=True)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.alt


class OfferedStory(OwnedByOrganisation):
    """A placement's story as its technician offers it: to whoever ran the scheme, or to their employer. It is copied to whom they chose, and goes when they take it back.

    `source_key` names the award; `version` the text that they agreed to.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=LONGEST_LINE)
    email = models.EmailField(max_length=LONGEST_LINE)
    title = models.CharField(max_length=LONGEST_LINE)
    text = models.TextField(max_length=6000)
    host = models.CharField(max_length=300, blank=True)
    wish = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    consent_until = models.DateField()
    offered_at = models.DateTimeField()
    source_key = models.CharField(max_length=60)
    story = models.OneToOneField(Story, on_delete=models.PROTECT, null=True, related_name="offer")

    objects = owned_manager()
    mine = ScopedManager(models.Manager, person="person_id")

    class Meta:
        ordering = ["-offered_at", "-pk"]
        verbose_name_plural = "offered stories"
        constraints = [models.UniqueConstraint(fields=["organisation", "source_key"], name="offered_story_once")]

    def __str__(self) -> str:
        # The audit calls it so, and outlives it.
        return f"A story offered after a placement ({self.pk})"
