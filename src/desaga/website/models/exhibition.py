"""An exhibition: rooms, and in each photographs, paintings, films, objects and scenes to look around in. Each is first a page.

Who can be seen in one agreed to it: it names the consents it rests on, and is gone when one of them ends (`operations/consenting.py`).
"""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.http import HttpRequest
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from desaga.consents.states import What

from .. import exhibiting
from ..blocks import BodyBlock, PictureBlock
from ..exhibits import FilmBlock, HotspotBlock, PanoramaBlock
from ..forms import ShownForm
from .pages import IN_WELSH, SitePage
from .people import ShowsPeople


class OfExhibition(ShowsPeople, SitePage):
    """What belongs to an exhibition. What it may be used for follows from the consents, when it is published."""

    for_schools = models.BooleanField("may go into the school pack", default=True, editable=False)
    for_print = models.BooleanField("may go into the catalogue", default=True, editable=False)

    base_form_class = ShownForm

    class Meta:
        abstract = True


class Front(OfExhibition):
    """The page before what is in it: it stays when a consent ends, without its pictures and quotations."""

    picture = StreamField([("picture", PictureBlock())], max_num=1, blank=True, verbose_name="picture at the top")
    body = StreamField(BodyBlock(), blank=True, verbose_name="body")

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("picture"),
        FieldPanel("body"),
        ShowsPeople.people_panel,
    ]
    stays = True

    class Meta:
        abstract = True

    def leave_people_out(self) -> None:
        super().leave_people_out()
        self.for_schools = self.for_print = True


class ExhibitionPage(Front):
    """The front of an exhibition: its rooms and their plan, the pack for schools, where it is on tour."""

    parent_page_types: ClassVar[list[str]] = ["website.NationalHomePage", "website.OrganisationHomePage"]
    subpage_types: ClassVar[list[str]] = ["website.RoomPage", *IN_WELSH]
    max_count_per_parent = 1
    template = "website/exhibition.html"

    class Meta:
        verbose_name = "exhibition"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | exhibiting.exhibition_told(self)


class RoomPage(Front):
    """One room. What is in it stands in the order of its pages."""

    parent_page_types: ClassVar[list[str]] = ["website.ExhibitionPage"]
    subpage_types: ClassVar[list[str]] = ["website.ExhibitPage", "website.ScenePage", *IN_WELSH]
    template = "website/room.html"

    class Meta:
        verbose_name = "room"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | exhibiting.room_told(self)


class ShownPage(OfExhibition):
    """What hangs or stands in a room: it is gone when a consent ends."""

    rests_on: ClassVar[tuple[What, ...]] = (What.IMAGE,)
    parent_page_types: ClassVar[list[str]] = ["website.RoomPage"]
    subpage_types: ClassVar[list[str]] = IN_WELSH

    class Meta:
        abstract = True

    @property
    def kind_words(self) -> str:
        raise NotImplementedError

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | exhibiting.shown_told(self)


class ExhibitPage(ShownPage):
    """A photograph, a painting, a film or an object."""

    class Kind(models.TextChoices):
        PHOTOGRAPH = "photograph", "Photograph"
        PAINTING = "painting", "Painting"
        FILM = "film", "Film"
        OBJECT = "object", "Object"

    kind = models.CharField("what it is", max_length=12, choices=Kind)
    picture = StreamField(
        [("picture", PictureBlock())], max_num=1, verbose_name="picture", help_text="Of a film: a still of it."
    )
    film = StreamField([("film", FilmBlock())], max_num=1, blank=True, verbose_name="film")
    maker = models.CharField("who made it", max_length=200, blank=True)
    made_when = models.CharField("when", max_length=60, blank=True, help_text="A year is enough.")
    material = models.CharField("made of, or size", max_length=200, blank=True)
    body = StreamField(BodyBlock(), blank=True, verbose_name="body")

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels, FieldPanel("summary"), FieldPanel("kind"), FieldPanel("picture"), FieldPanel("film"), FieldPanel("maker"),
        FieldPanel("made_when"), FieldPanel("material"), FieldPanel("body"), ShownPage.people_panel,
    ]  # fmt: skip
    template = "website/exhibit.html"

    class Meta:
        verbose_name = "photograph, painting, film or object"

    @property
    def kind_words(self) -> str:
        return str(self.Kind(self.kind).label)

    def clean(self) -> None:
        super().clean()
        if (self.kind == self.Kind.FILM) != bool(self.film):
            raise ValidationError({"film": "A film has its file and its captions here; anything else has none."})

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | exhibiting.exhibit_told(self)


class ScenePage(ShownPage):
    """A 360-degree scene: a page with the whole picture and each place in it as a point of a list; the viewer comes on top."""

    panorama = StreamField([("panorama", PanoramaBlock())], max_num=1, verbose_name="360-degree picture")
    start_yaw = models.FloatField(
        "looks first to (yaw)",
        default=0,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text="0 is the middle of the picture, 90 a quarter turn to the right.",
    )
    start_pitch = models.FloatField(
        "looks first to (pitch)",
        default=0,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text="0 is eye level, 90 the ceiling.",
    )
    hotspots = StreamField([("hotspot", HotspotBlock())], blank=True, verbose_name="places in the scene")
    body = StreamField(BodyBlock(), blank=True, verbose_name="body")

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels, FieldPanel("summary"), FieldPanel("panorama"),
        HelpPanel("<p>To place something, add it with any numbers, press Preview, and look around there until the cross is on it: its numbers stand below the picture.</p>"),
        FieldPanel("hotspots"), MultiFieldPanel([FieldPanel("start_yaw"), FieldPanel("start_pitch")], heading="Where one looks first"),
        FieldPanel("body"), ShownPage.people_panel,
    ]  # fmt: skip
    template = "website/scene.html"

    class Meta:
        verbose_name = "360-degree scene"

    @property
    def kind_words(self) -> str:
        return "360-degree scene"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        is_placing = bool(request and getattr(request, "is_preview", False))
        return super().get_context(request, *args, **kwargs) | exhibiting.scene_told(self) | {"is_placing": is_placing}


class SchoolPack(models.Model):
    """What is made of an exhibition to take away: the pack for schools and the catalogue. Made anew by the worker when the exhibition changes.

    `fingerprint` says of what it was made; `shown` which pages are in the pack, `printed` which in the catalogue, `left_out` what is in neither
    or not in both, and why. `once_shown` and `once_printed` stood in files that somebody took, and `taken_before` counts files that are gone.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting for the worker"
        MAKING = "making", "Being made"
        READY = "ready", "Ready"
        FAILED = "failed", "It could not be made"

    exhibition = models.OneToOneField(ExhibitionPage, on_delete=models.CASCADE, related_name="pack_kept")
    state = models.CharField("state", max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    wanted_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    pack = models.ForeignKey("website.Download", on_delete=models.SET_NULL, null=True, related_name="+")
    catalogue = models.ForeignKey("website.Download", on_delete=models.SET_NULL, null=True, related_name="+")
    shown = ArrayField(models.BigIntegerField(), default=list)
    printed = ArrayField(models.BigIntegerField(), default=list)
    left_out = models.JSONField(default=list)
    once_shown = ArrayField(models.BigIntegerField(), default=list)
    once_printed = ArrayField(models.BigIntegerField(), default=list)
    taken_before = models.PositiveIntegerField(default=0)
    printed_before = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["waiting", "making", "ready", "failed"]), name="school_pack_state_known"
            )
        ]

    def __str__(self) -> str:
        return f"School pack of {self.exhibition}"

    @property
    def times_taken(self) -> int:
        return self.taken_before + (self.pack.taken if self.pack else 0)

    @property
    def times_printed(self) -> int:
        return self.printed_before + (self.catalogue.taken if self.catalogue else 0)

    @property
    def is_offered(self) -> bool:
        """Whether one of both can be had."""
        return any(file is not None and not file.is_over for file in (self.pack, self.catalogue))

    @property
    def is_behind(self) -> bool:
        """Whether something has changed since it was made."""
        return self.made_at is None or self.wanted_at > self.made_at
