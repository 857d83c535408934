from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from desaga.consents.models import Consent
from desaga.organisations.models import Person
from desaga.organisations.ownership import OwnedByOrganisation
from desaga.ui.languages import ENGLISH, LANGUAGES, WELSH

from ..content import TAGS, WORDS, frozen, title_of
from ..states import TONES, Pillar, Route, SourceKind, StoryState, Verdict

LONGEST_LINE, LONGEST_PLACE, LONGEST_SUMMARY, LONGEST_QUOTE, LONGEST_SECTION, LONGEST_ALT = (
    200,
    120,
    300,
    600,
    4000,
    250,
)


class FieldTag(OwnedByOrganisation):
    """A field of work by which stories are found, as the organisation calls it. Those that are retired stay on the stories that have them."""

    key = models.SlugField(max_length=60)
    name = models.CharField("name", max_length=60)
    retired_on = models.DateField(null=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["organisation", "key"], name="field_tag_once")]

    def __str__(self) -> str:
        return self.name


class Story(OwnedByOrganisation):
    """A story in the making: what an editor writes of a technician. What others read is a copy of one version that the person approved.

    `person_email` is where they are asked; `source_…` says what it was made of; `seen` counts the changes, so that nobody writes over what they have not seen.
    """

    slug = models.SlugField(max_length=80)
    language = models.CharField("language", max_length=5, choices=LANGUAGES, default=ENGLISH, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    person_email = models.EmailField("their e-mail", max_length=LONGEST_LINE)
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, null=True, related_name="stories")
    name = models.CharField("meet", max_length=LONGEST_LINE)
    job = models.CharField("job", max_length=LONGEST_LINE, blank=True)
    employer = models.CharField("employer", max_length=LONGEST_LINE, blank=True)
    summary = models.CharField("summary", max_length=LONGEST_SUMMARY, blank=True)
    place = models.CharField("place", max_length=LONGEST_PLACE, blank=True)
    route = models.CharField("route in", max_length=20, choices=Route, blank=True)
    registration = models.CharField("registration", max_length=LONGEST_LINE, blank=True)
    quote = models.CharField("quotation", max_length=LONGEST_QUOTE, blank=True)
    what_i_do = models.TextField("what I do", max_length=LONGEST_SECTION, blank=True)
    what_i_love = models.TextField("what I love", max_length=LONGEST_SECTION, blank=True)
    skills = models.TextField("the skills I use most", max_length=LONGEST_SECTION, blank=True)
    how_i_got_here = models.TextField("how I got here", max_length=LONGEST_SECTION, blank=True)
    advice = models.TextField("advice", max_length=LONGEST_SECTION, blank=True)
    pillars = ArrayField(models.CharField(max_length=20, choices=Pillar), default=list, blank=True)
    fields = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    state = models.CharField("state", max_length=12, choices=StoryState, default=StoryState.DRAFT, editable=False)
    since = models.DateTimeField(default=timezone.now, editable=False)
    seen = models.PositiveIntegerField(default=1, editable=False)
    source = models.CharField(
        "made from", max_length=10, choices=SourceKind, default=SourceKind.SCRATCH, editable=False
    )
    source_key = models.CharField(max_length=60, blank=True, editable=False)
    source_words = models.TextField(blank=True, editable=False)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    version = models.PositiveIntegerField("version that counts", default=0, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)
    address = models.CharField(max_length=500, blank=True, editable=False)

    class Meta:
        ordering = ["-since", "-pk"]
        verbose_name_plural = "stories"
        indexes = [models.Index(fields=["organisation", "state"], name="story_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["organisation", "slug"], name="story_slug_once"),
            models.UniqueConstraint(
                fields=["organisation", "source", "source_key"],
                condition=~Q(source_key=""),
                name="story_made_once_of_a_source",
            ),
            models.CheckConstraint(condition=Q(state__in=StoryState.values), name="story_state_known"),
            models.CheckConstraint(
                condition=Q(language__in=[key for key, _ in LANGUAGES]), name="story_language_known"
            ),
            models.CheckConstraint(condition=Q(route__in=["", *Route.values]), name="story_route_known"),
            models.CheckConstraint(condition=Q(pillars__contained_by=Pillar.values), name="story_pillars_known"),
            models.CheckConstraint(
                condition=~Q(state__in=[StoryState.WAITING, StoryState.PUBLISHED])
                | Q(consent__isnull=False, version__gt=0),
                name="story_shown_rests_on_consent_and_version",
            ),
            models.CheckConstraint(
                condition=~Q(state=StoryState.PUBLISHED) | Q(published_at__isnull=False),
                name="story_published_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return title_of({"name": self.name, "job": self.job, "language": self.language})

    def get_absolute_url(self) -> str:
        return reverse("stories:show_story", args=[self.organisation.slug, self.pk])

    @property
    def tone(self) -> str:
        return TONES[StoryState(self.state)]

    @property
    def is_welsh(self) -> bool:
        return self.language == WELSH

    @property
    def in_words(self) -> str:
        """In which language it is, as one says it of another."""
        return f"In {self.get_language_display()}"

    @property
    def says(self) -> int | None:
        """The number of the English story that it says in Welsh."""
        return int(self.source_key) if self.source == SourceKind.STORY else None

    @property
    def is_draft(self) -> bool:
        return self.state == StoryState.DRAFT

    @property
    def is_shown(self) -> bool:
        return self.state == StoryState.PUBLISHED

    def content(self, pictures: Any, video: Any) -> dict[str, Any]:
        """As it stands now, in the shape of a version."""
        words = {name: getattr(self, name) for name in (*WORDS, *TAGS)}
        return frozen(words, [one.mark for one in pictures], video.mark if video else None, self.language)


class StoryPicture(OwnedByOrganisation):
    """A picture of a story, drawn anew from its points. It says in words what it shows, or that it is decorative: one of the two."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="pictures")
    order = models.PositiveSmallIntegerField(default=0)
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=40)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    alt = models.CharField("what it shows", max_length=LONGEST_ALT, blank=True)
    is_decorative = models.BooleanField("it is decorative", default=False)
    shows_person = models.BooleanField("the person can be seen", default=True)
    credit = models.CharField("credit", max_length=LONGEST_LINE, blank=True)
    caption = models.CharField("caption", max_length=LONGEST_SUMMARY, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(is_decorative=True, alt="") | Q(is_decorative=False) & ~Q(alt=""),
                name="story_picture_has_words",
            )
        ]

    def __str__(self) -> str:
        return self.alt or self.file_name

    @property
    def mark(self) -> dict[str, Any]:
        """As a version holds it."""
        named = ("sha256", "alt", "is_decorative", "shows_person", "credit", "caption")
        return {"picture": self.pk, **{name: getattr(self, name) for name in named}}


class StoryPictureContent(OwnedByOrganisation):
    """The bytes of a picture. Never in a list; gone with it."""

    picture = models.OneToOneField(StoryPicture, on_delete=models.CASCADE, related_name="content")
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.picture)


class StoryVideo(OwnedByOrganisation):
    """The film of a story, with its captions; there is none without."""

    story = models.OneToOneField(Story, on_delete=models.CASCADE, related_name="video")
    title = models.CharField("title", max_length=LONGEST_LINE)
    file_name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=40)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    captions = models.TextField("captions")
    shows = models.TextField("what one sees", blank=True, max_length=LONGEST_SECTION)
    poster = models.ForeignKey(StoryPicture, on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(captions__startswith="WEBVTT"), name="story_video_has_captions")
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def mark(self) -> dict[str, Any]:
        told = {"video": self.pk, "sha256": self.sha256, "title": self.title, "captions": self.captions}
        # Versions that were approved before there was such a thing keep their mark.
        return (
            told
            | ({"shows": self.shows} if self.shows else {})
            | ({"poster": self.poster_id} if self.poster_id else {})
        )


class StoryVideoContent(OwnedByOrganisation):
    """The bytes of a film."""

    video = models.OneToOneField(StoryVideo, on_delete=models.CASCADE, related_name="content")
    content = models.BinaryField()

    def __str__(self) -> str:
        return str(self.video)


class StoryVersion(OwnedByOrganisation):
    """A story as it was sent to the person, word for word; never changed."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["story", "number"], name="story_version_once")]

    def __str__(self) -> str:
        return f"Version {self.number}"


class StoryApproval(OwnedByOrganisation):
    """What the person said of one version, by its digest; never changed."""

    version = models.OneToOneField(StoryVersion, on_delete=models.CASCADE, related_name="approval")
    verdict = models.CharField(max_length=10, choices=Verdict)
    name = models.CharField(max_length=LONGEST_LINE)
    words = models.TextField(blank=True, max_length=4000)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="story_approval_known"),
            models.CheckConstraint(condition=~Q(verdict=Verdict.CHANGES) | ~Q(words=""), name="story_changes_are_said"),
        ]

    def __str__(self) -> str:
        return str(Verdict(self.verdict).label)


class StoryKey(OwnedByOrganisation):
    """What lets the person read one version and say yes: only the hash is kept."""

    version = models.ForeignKey(StoryVersion, on_delete=models.CASCADE, related_name="keys")
    key_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(max_length=LONGEST_LINE)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    mail_id = models.BigIntegerField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"link of {timezone.localtime(self.made_at):%d.%m.%Y %H:%M}"


class StoryEvent(OwnedByOrganisation):
    """One step of its history; never changed."""

    story = models.ForeignKey(Story, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    who = models.CharField(max_length=LONGEST_LINE, blank=True)
    words = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return self.kind[:1].upper() + self.kind[1:]
