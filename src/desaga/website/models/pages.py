"""The tree: one root, one national site, one site an organisation, and the pages in them. What is published, and nothing else."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index

from .. import queries
from ..blocks import BodyBlock, PictureBlock
from ..presenting import frame_of

#: What a page shows can be gone within a minute.
KEPT = "public, max-age=60"


class SitePage(Page):
    """What every page of ours shares: a summary for readers and search engines, the frame it stands in, and where it is kept."""

    summary = models.CharField(
        "summary",
        max_length=300,
        help_text="One or two sentences, for lists, search engines and people who share the page.",
    )
    promote_panels: ClassVar[list[Any]] = [FieldPanel("slug"), FieldPanel("show_in_menus")]
    settings_panels: ClassVar[list[Any]] = []
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | frame_of(self)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Written without the request: the same for everybody, whoever is signed in, and kept no longer than a withdrawal may take."""
        context = self.get_context(request, *args, **kwargs)
        answer = HttpResponse(render_to_string(self.get_template(request), context))
        answer.headers["Cache-Control"] = KEPT
        return answer


class SitesPage(Page):
    """The root of all sites: nothing is seen of it. Its own address is the national site's."""

    parent_page_types: ClassVar[list[str]] = []
    subpage_types: ClassVar[list[str]] = ["website.NationalHomePage", "website.OrganisationHomePage"]

    class Meta:
        verbose_name = "all sites"

    def national(self) -> NationalHomePage | None:
        return NationalHomePage.objects.child_of(self).live().first()

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        """The organisations' sites by their names; everything else is the national site's."""
        if path_components:
            child = OrganisationHomePage.objects.child_of(self).live().filter(slug=path_components[0]).first()
            if child is not None:
                return child.route(request, path_components[1:])
        home = self.national()
        return home.route(request, path_components) if home else super().route(request, path_components)


class HomePage(SitePage):
    """The front page of a site."""

    belongs_to = models.OneToOneField(
        "organisations.Organisation",
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name="belongs to",
        editable=False,
    )
    # A block, not a field: Wagtail's choosers of fields need a script in the page, which our policy forbids.
    picture = StreamField([("picture", PictureBlock())], max_num=1, blank=True, verbose_name="picture at the top")
    body = StreamField(BodyBlock(), blank=True, verbose_name="body")

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("summary"), FieldPanel("picture"), FieldPanel("body")]  # fmt: skip
    promote_panels: ClassVar[list[Any]] = []
    parent_page_types: ClassVar[list[str]] = ["website.SitesPage"]
    subpage_types: ClassVar[list[str]] = ["website.StandardPage", "website.StoriesPage"]
    # Sites are founded in the workspace, which also says who edits them.
    is_creatable = False

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | queries.stories_told(self)


class NationalHomePage(HomePage):
    """The front page of the campaign: its address has no name of its own."""

    template = "website/home.html"

    class Meta:
        verbose_name = "national front page"

    def set_url_path(self, parent: Page | None) -> str:
        self.url_path = parent.url_path if parent else "/"
        return self.url_path


class OrganisationHomePage(HomePage):
    """The front page of one organisation's site."""

    template = "website/home.html"

    class Meta:
        verbose_name = "organisation's front page"


class StandardPage(SitePage):
    """A page of text, pictures and doors."""

    body = StreamField(BodyBlock(), blank=True, verbose_name="body")

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body")]
    parent_page_types: ClassVar[list[str]] = [
        "website.NationalHomePage",
        "website.OrganisationHomePage",
        "website.StandardPage",
    ]
    subpage_types: ClassVar[list[str]] = ["website.StandardPage"]
    template = "website/standard.html"
    search_fields = [*SitePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"below": list(self.get_children().live())}
