from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.models import Person
from desaga.organisations.ownership import OwnedByOrganisation

from .states import About, ObjectionState


class ProcessingWords(OwnedByOrganisation):
    """What an institution says itself of one kind of processing, in its record; the rest is Desaga's words."""

    key = models.CharField(max_length=40)
    basis = models.TextField("lawful basis", blank=True, max_length=1000)
    recipients = models.TextField("who else gets it", blank=True, max_length=1000)
    note = models.TextField("more", blank=True, max_length=2000)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = "words in the record of processing"
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="processing_words_once")]

    def __str__(self) -> str:
        return self.key


class Contact(OwnedByOrganisation):
    """Who answers for data protection: named in the record of processing and to people who ask for their data."""

    controller = models.CharField("controller", max_length=200, blank=True)
    officer = models.CharField("data protection officer", max_length=200, blank=True)
    address = models.EmailField("e-mail", blank=True)

    class Meta:
        verbose_name = "data protection contact"
        constraints = [models.UniqueConstraint(fields=["organisation"], name="privacy_contact_once")]

    def __str__(self) -> str:
        return self.officer


class RetentionRule(OwnedByOrganisation):
    """How many days an institution keeps one class of data, where it has said so; and whether what is older is deleted.

    `shown_days` is the number of days for which somebody was shown what would go; only that many can be switched on.
    """

    key = models.CharField(max_length=40)
    days = models.PositiveIntegerField()
    shown_days = models.PositiveIntegerField(null=True)
    is_on = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=timezone.now)
    #: When somebody said the time, be it the one that is proposed; None where the row only notes what somebody was shown.
    said_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="retention_rule_once"),
            models.CheckConstraint(condition=Q(days__gte=1), name="retention_of_a_day_at_least"),
            models.CheckConstraint(
                condition=Q(is_on=False) | Q(shown_days=models.F("days")), name="retention_shown_before_on"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key}, {self.days} days"


class RetentionRun(OwnedByOrganisation):
    """That data were deleted because their time was over, or could not be (`is_failed`): how many of what, and nothing of whom."""

    key = models.CharField(max_length=40)
    at = models.DateTimeField()
    days = models.PositiveIntegerField()
    before = models.DateTimeField()
    counts = models.JSONField(default=dict)
    is_failed = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.key


class Access(OwnedByOrganisation):
    """That somebody looked at rows of people: who, when, where, how many, of which snapshot and why. It names nobody of those.

    `keys` are the opaque keys of the people, where they were few; none where all of a snapshot was read.
    """

    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    page = models.CharField(max_length=100)
    rows = models.PositiveIntegerField()
    snapshot_id = models.BigIntegerField(null=True)
    snapshot_name = models.CharField(max_length=100, blank=True)
    why = models.CharField(max_length=300)
    keys = ArrayField(models.UUIDField(), default=list)
    has_equality = models.BooleanField(default=False)

    class Meta:
        ordering = ["-at", "-pk"]
        verbose_name_plural = "accesses"
        indexes = [models.Index(fields=["organisation", "-at"], name="access_by_organisation")]

    def __str__(self) -> str:
        return f"{self.by_name}, {self.rows} rows"


class PersonKey(OwnedByOrganisation):
    """Which rows of the workforce are a person's: the steward says so by their staff number, when the person asks."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField()
    linked_at = models.DateTimeField()
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "person"], name="person_has_one_key"),
            models.UniqueConstraint(fields=["organisation", "key"], name="key_is_of_one_person"),
        ]

    def __str__(self) -> str:
        return f"Rows of person {self.person_id}"


class Objection(OwnedByOrganisation):
    """That a person objects to what is done with their data. `key` says which rows are theirs, once the steward has said so."""

    about = models.CharField("about", max_length=10, choices=About)
    words = models.TextField("in their words", blank=True, max_length=2000)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    key = models.UUIDField(null=True)
    state = models.CharField(max_length=10, choices=ObjectionState, default=ObjectionState.MADE, editable=False)
    made_at = models.DateTimeField(default=timezone.now)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    answer = models.TextField("answer", blank=True, max_length=2000)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(about__in=About.values), name="objection_about_known"),
            models.CheckConstraint(condition=Q(state__in=ObjectionState.values), name="objection_state_known"),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(key__isnull=False), name="objection_is_somebodys"
            ),
        ]

    def __str__(self) -> str:
        return f"Objection of {timezone.localtime(self.made_at):%d %B %Y}"

    def get_absolute_url(self) -> str:
        return reverse("privacy:show_objection", args=[self.organisation.slug, self.pk])

    @property
    def tone(self) -> str:
        return {ObjectionState.MADE: "waiting", ObjectionState.ACCEPTED: "done"}.get(
            ObjectionState(self.state), "stopped"
        )


class DataExport(models.Model):
    """All that Desaga holds about a person, as data, for that person alone: sealed (`sealing.py`), and no employer reads it. It goes after a week."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    made_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField()
    sealed = models.BinaryField("all that is held, sealed", null=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"Data export {self.pk}"

    @property
    def about(self) -> str:
        """Which export, and whose: bound into what is sealed."""
        return f"{self.pk} of {self.person_id}"
