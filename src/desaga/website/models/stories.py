"""Stories as the public reads them: each page is the copy of one version that the person approved. Written in the workspace, never here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.files.storage import Storage, storages
from django.core.paginator import Paginator
from django.db import models
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.timezone import localdate
from wagtail.admin.panels import FieldPanel
from wagtail.images import get_image_model_string
from wagtail.models import Page
from wagtail.search import index

from desaga.careers import queries as careers
from desaga.ui.languages import ENGLISH, LANGUAGES

from .. import careers as careers_shown
from .. import queries
from ..cards import Card
from ..films import answer_of, spoken
from ..forms import FindStoriesForm
from ..languages import LABELS
from ..structured import ORGANISATION, named, publisher, thing
from .pages import IN_WELSH, SitePage

A_PAGE = 24
CARD = "fill-470x630|format-jpeg"


def film_storage() -> Storage:
    return storages["pictures"]


class StoriesPage(SitePage):
    """All stories of a site; on the national one, of all."""

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("summary")]
    parent_page_types: ClassVar[list[str]] = ["website.NationalHomePage", "website.OrganisationHomePage"]
    subpage_types: ClassVar[list[str]] = ["website.StoryPage", *IN_WELSH]
    max_count_per_parent = 1
    template = "website/stories.html"

    class Meta:
        verbose_name = "stories"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        form = FindStoriesForm(request.GET or None, choices=queries.what_there_is(self))
        found = queries.stories_on(self, form.asked())
        page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
        context = super().get_context(request, *args, **kwargs)
        return (
            context
            | careers_shown.shelves_of(context["home"], ["finder"])
            | {
                "form": form,
                "found": page,
                "narrowed": form.as_query(),
                "is_narrowed": bool(form.asked()),
            }
        )


class StoryPage(SitePage):
    """One story. `shown_until` is the first day on which one of the consents it rests on has ended: from then on it is not there."""

    story = models.BigIntegerField("story", unique=True, editable=False)
    version = models.PositiveIntegerField("version", editable=False)
    language = models.CharField("language", max_length=5, choices=LANGUAGES, default=ENGLISH, editable=False)
    #: The number of the English story that a Welsh one says.
    says = models.BigIntegerField("says", null=True, unique=True, editable=False)
    shown_until = models.DateField("shown until", null=True, editable=False)
    name = models.CharField("name", max_length=200, blank=True, editable=False)
    job = models.CharField("job", max_length=200, editable=False)
    employer = models.CharField("employer", max_length=200, blank=True, editable=False)
    place = models.CharField("place", max_length=120, blank=True, editable=False)
    route_in = models.CharField("route in", max_length=60, blank=True, editable=False)
    registration = models.CharField("registration", max_length=200, blank=True, editable=False)
    fields = ArrayField(models.CharField(max_length=60), default=list, editable=False, verbose_name="fields")
    pillars = ArrayField(models.CharField(max_length=60), default=list, editable=False, verbose_name="pillars")
    quote = models.CharField("quote", max_length=600, blank=True, editable=False)
    sections = models.JSONField("sections", default=list, editable=False)
    pictures = models.JSONField("pictures", default=list, editable=False)
    portrait = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="portrait",
    )
    portrait_words = models.CharField("the portrait in words", max_length=250, blank=True, editable=False)
    film = models.FileField(
        "film", storage=film_storage, upload_to="films/", max_length=300, blank=True, editable=False
    )
    film_kind = models.CharField("kind of film", max_length=40, blank=True, editable=False)
    film_title = models.CharField("title of the film", max_length=200, blank=True, editable=False)
    captions = models.TextField("captions", blank=True, editable=False)
    film_shows = models.TextField("what one sees in the film", blank=True, editable=False)
    #: One of the story's own pictures: it stands where the film will.
    film_poster = models.ForeignKey(
        get_image_model_string(),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        editable=False,
        verbose_name="picture before the film",
    )

    content_panels: ClassVar[list[Any]] = []
    promote_panels: ClassVar[list[Any]] = []
    parent_page_types: ClassVar[list[str]] = ["website.StoriesPage"]
    subpage_types: ClassVar[list[str]] = []
    is_creatable = False
    template = "website/story.html"
    search_fields = [
        *SitePage.search_fields,
        index.SearchField("name"),
        index.SearchField("job"),
        index.SearchField("employer"),
    ]

    class Meta:
        verbose_name = "story"
        indexes = [
            models.Index(fields=["route_in"], name="story_by_route"),
            models.Index(fields=["place"], name="story_by_place"),
            models.Index(fields=["employer"], name="story_by_employer"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(film="") | Q(captions__startswith="WEBVTT"), name="film_has_captions")
        ]

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.shown_until and self.shown_until <= localdate():
            raise Http404("This story is no longer shown.")
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs) | {
            "labels": LABELS[self.language],
            "related": queries.stories_like(self),
            "beside": queries.pictures_beside(self),
            "transcript": spoken(self.captions) if self.film else [],
        }
        shelves = careers_shown.shelves_of(context.get("home"), ["routes", "teachers"])
        doors = {"doors": careers.doors_of(context["organisation"].pk)}
        return context | shelves | doors | careers_shown.beside_story(self, careers.book())

    def parts(self) -> Mapping[str, Callable[[HttpRequest], HttpResponse]]:
        film = {"film": self.serve_film, "captions": self.serve_captions} if self.film else {}
        return {**super().parts(), **film}

    def serve_film(self, request: HttpRequest) -> HttpResponse:
        return answer_of(self.film, self.film_kind, request.headers.get("Range", ""))

    def serve_captions(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(self.captions, content_type="text/vtt; charset=utf-8")

    def card(self) -> Card:
        """With the portrait, if one is shown."""
        plain = super().card()
        words = ", ".join(one for one in (self.job, self.employer) if one)
        picture = b""
        if self.portrait:
            with self.portrait.get_rendition(CARD).file.open() as file:
                picture = file.read()
        return Card(title=plain.title, under=words, whose=plain.whose, accent=plain.accent, picture=picture)

    def structured(self, frame: Mapping[str, Any]) -> list[dict[str, Any]]:
        person = named("Person", self.name, jobTitle=self.job, worksFor=named(ORGANISATION, self.employer))
        film = thing(
            "VideoObject", name=self.film_title, description=self.summary, contentUrl=f"{frame['canonical']}film/",
            thumbnailUrl=f"{frame['canonical']}card/", uploadDate=moment(self.first_published_at),
        ) if self.film else {}  # fmt: skip
        return [
            thing(
                "Article", headline=self.title, description=self.summary, datePublished=moment(self.first_published_at), url=frame["canonical"],
                image=f"{frame['canonical']}card/", about=person, keywords=self.fields, publisher=publisher(frame), author=publisher(frame),
                inLanguage=self.language, video=film,
            )
        ]  # fmt: skip


def moment(at: Any) -> str:
    return at.isoformat() if at else ""
