"""Stories as the public reads them: each page is the copy of one version that the person approved. Written in the workspace, never here."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest
from django.utils.timezone import localdate
from wagtail.admin.panels import FieldPanel
from wagtail.images import get_image_model_string
from wagtail.models import Page
from wagtail.search import index

from .. import queries
from ..forms import FindStoriesForm
from .pages import SitePage

A_PAGE = 24


class StoriesPage(SitePage):
    """All stories of a site; on the national one, of all."""

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("summary")]
    parent_page_types: ClassVar[list[str]] = ["website.NationalHomePage", "website.OrganisationHomePage"]
    subpage_types: ClassVar[list[str]] = ["website.StoryPage"]
    max_count_per_parent = 1
    template = "website/stories.html"

    class Meta:
        verbose_name = "stories"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        form = FindStoriesForm(request.GET or None)
        found = queries.stories_on(self, form.asked())
        page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
        return super().get_context(request, *args, **kwargs) | {
            "form": form,
            "found": page,
            "narrowed": form.as_query(),
            "is_narrowed": bool(form.asked()),
        }


class StoryPage(SitePage):
    """One story. `shown_until` is the first day on which one of the consents it rests on has ended: from then on it is not there."""

    story = models.BigIntegerField("story", unique=True, editable=False)
    version = models.PositiveIntegerField("version", editable=False)
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

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if self.shown_until and self.shown_until <= localdate():
            raise Http404("This story is no longer shown.")
        return super().serve(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {
            "related": queries.stories_like(self),
            "beside": queries.pictures_beside(self),
        }
