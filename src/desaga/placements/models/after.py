from __future__ import annotations

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django_scopes import ScopedManager

from desaga.evidence.states import Scan
from desaga.organisations.models import Person
from desaga.organisations.ownership import OwnedByOrganisation, owned_manager

from ..awarding import TONES, WISHES, ReportState, as_wished
from .award import Award


class PlacementReport(OwnedByOrganisation):
    """What the technician reports, as it was typed under the questions of their version; `due_on` follows the last day."""

    award = models.OneToOneField(Award, on_delete=models.CASCADE, related_name="report")
    due_on = models.DateField(null=True)
    answers = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.WRITTEN, editable=False)
    changed_at = models.DateTimeField(null=True, editable=False)
    sent_at = models.DateTimeField(null=True, editable=False)
    first_sent_at = models.DateTimeField(null=True, editable=False)
    read_at = models.DateTimeField(null=True, editable=False)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    words = models.TextField("what was said of it", blank=True, max_length=2000)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReportState.values), name="placement_report_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=[ReportState.WRITTEN]) | Q(sent_at__isnull=False, first_sent_at__isnull=False),
                name="placement_report_sent_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"Report of {self.award.application.reference}"

    @property
    def tone(self) -> str:
        return TONES.get(self.state, "waiting")

    @property
    def is_written(self) -> bool:
        return self.state in (ReportState.WRITTEN, ReportState.RETURNED)


class Outcome(OwnedByOrganisation):
    """What came of it, asked some months later: the answers as they were typed, by the key of the follow-up."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="outcomes")
    key = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    answers = models.JSONField(default=dict)
    answered_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["award_id", "asked_at"]
        constraints = [models.UniqueConstraint(fields=["award", "key"], name="outcome_asked_once")]

    def __str__(self) -> str:
        return self.key


class Attendance(OwnedByOrganisation):
    """The days on which the technician was there, as the host says; `entered_by` is who wrote down what the host said otherwise than on the page.

    They are final when they were confirmed after the last day.
    """

    award = models.OneToOneField(Award, on_delete=models.CASCADE, related_name="attendance")
    days = ArrayField(models.DateField())
    confirmed_by = models.CharField(max_length=300)
    confirmed_at = models.DateTimeField()
    words = models.TextField(blank=True, max_length=1000)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    def __str__(self) -> str:
        return f"Days of {self.award.application.reference}"

    @property
    def is_final(self) -> bool:
        """Whether they were confirmed when the placement was over."""
        ends_on = self.award.ends_on
        return ends_on is not None and timezone.localdate(self.confirmed_at) > ends_on


class Certificate(OwnedByOrganisation):
    """That a placement took place, as it was written at the time. Whoever has its code can learn that it is genuine, and nothing else."""

    award = models.OneToOneField(Award, on_delete=models.CASCADE, related_name="certificate")
    code = models.CharField(max_length=20)
    content = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "code"], name="certificate_code_once")]

    def __str__(self) -> str:
        return self.code


class SharedSession(OwnedByOrganisation):
    """A session in which somebody passed on what they learnt."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="sessions")
    held_on = models.DateField("day")
    audience = models.CharField("for whom", max_length=200)
    people = models.PositiveIntegerField("how many came")
    words = models.TextField("what it was about", blank=True, max_length=1000)
    recorded_at = models.DateTimeField()
    submission = models.UUIDField(null=True, editable=False)

    class Meta:
        ordering = ["held_on", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["award", "held_on", "audience"], name="session_recorded_once"),
            models.CheckConstraint(condition=Q(people__gte=1, people__lte=10000), name="session_had_people"),
        ]

    def __str__(self) -> str:
        return f"Session for {self.audience}"


class StoryOffer(OwnedByOrganisation):
    """That a technician offers their placement as a story, with a consent of its own that ends, and that they can take back.

    The text stands in its versions: consent is given to one version, `consents_to`, and to no other. `teller` is the name as they wish it, once
    their application has been stripped and the consent goes on.
    """

    award = models.OneToOneField(Award, on_delete=models.CASCADE, related_name="story")
    wish = models.CharField(max_length=20)
    consents_to = models.PositiveSmallIntegerField()
    consent_until = models.DateField()
    consented_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    teller = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-consented_at", "-pk"]

    def __str__(self) -> str:
        return f"Story of {self.award.application.reference}"

    @property
    def wish_words(self) -> str:
        return WISHES.get(self.wish, "")

    @property
    def named_as(self) -> str:
        """Who tells it, as they wish to be named; nothing where they do not."""
        return self.teller or as_wished(self.wish, self.award.application.name)

    @property
    def has_ended(self) -> bool:
        """Whether the consent is past."""
        return self.consent_until < timezone.localdate()


class StoryText(OwnedByOrganisation):
    """One version of a story; never changed."""

    story = models.ForeignKey(StoryOffer, on_delete=models.CASCADE, related_name="texts")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    text = models.TextField(max_length=6000)
    at = models.DateTimeField()

    class Meta:
        ordering = ["story_id", "-number"]
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="story_text_number_once")]

    def __str__(self) -> str:
        return self.title


class PlacementRecord(OwnedByOrganisation):
    """What a technician gave their employer of a placement, as evidence: it is the employer's, copied by the technician's own press.

    `source_key` names the award at whoever ran the scheme, so that it is given once.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=300)
    title = models.CharField(max_length=300)
    host = models.CharField(max_length=300)
    scheme = models.CharField(max_length=300)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    words = models.TextField(blank=True)
    given_at = models.DateTimeField()
    source_key = models.CharField(max_length=60)
    days = models.PositiveSmallIntegerField("days there, as the host confirmed", null=True)

    objects = owned_manager()
    mine = ScopedManager(models.Manager, person="person_id")

    class Meta:
        ordering = ["-given_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "source_key"], name="placement_record_given_once"),
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="placement_record_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class OutcomeFile(OwnedByOrganisation):
    """A file that stands as the answer to one question of a report or a follow-up; `about` is the key of what asked. Another in its place removes it."""

    award = models.ForeignKey(Award, on_delete=models.CASCADE, related_name="files")
    about = models.CharField(max_length=40)
    key = models.CharField(max_length=40)
    name = models.CharField("file", max_length=200)
    media_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField("size in bytes")
    sha256 = models.CharField(max_length=64)
    scan = models.CharField(max_length=10, choices=Scan, default=Scan.NONE)
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["award_id", "about", "key"]
        constraints = [
            models.UniqueConstraint(fields=["award", "about", "key"], name="outcome_file_once"),
            models.CheckConstraint(condition=Q(scan__in=Scan.values), name="outcome_file_scan_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def can_be_fetched(self) -> bool:
        """Whether the scanner, where there is one, is past it."""
        return self.scan in (Scan.NONE, Scan.CLEAN)


class OutcomeFileContent(OwnedByOrganisation):
    """The bytes of a file. Never in a list."""

    file = models.OneToOneField(OutcomeFile, on_delete=models.CASCADE, related_name="content")
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.file)
