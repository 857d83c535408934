"""The tree: one root, one national site, one site an organisation, and the pages in them. What is published, and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import get_conditional_response
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.search import index
from wagtail.url_routing import RouteResult

from desaga.ui.languages import ENGLISH, LANGUAGES

from .. import queries
from ..blocks import BodyBlock, PictureBlock
from ..cards import Card
from ..forms import ShownForm, StandardPageForm
from ..kept_cards import card_kept, mark_of
from ..presenting import frame_of, statement_of
from ..structured import crumbs_of, site_of
from .people import ShowsPeople

#: What stands under a page that has nothing else below it: what it says, in Welsh.
IN_WELSH = ["website.StandardPage"]
#: What a page shows can be gone within a minute.
KEPT = "public, max-age=60"


class SitePage(Page):
    """What every page of ours shares: a summary for readers and search engines, the frame it stands in, where it is kept, and the card that is shown where it is shared."""

    summary = models.CharField(
        "summary",
        max_length=300,
        help_text="One or two sentences, for lists, search engines and people who share the page.",
    )
    promote_panels: ClassVar[list[Any]] = [FieldPanel("slug"), FieldPanel("show_in_menus")]
    settings_panels: ClassVar[list[Any]] = []
    #: A site is for everybody: what is kept for all cannot be for some.
    private_page_options: ClassVar[list[str]] = []
    search_fields = [*Page.search_fields, index.SearchField("summary")]

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        frame = frame_of(self)
        # A draft that is looked at has no address yet.
        structured = [*crumbs_of(frame), *self.structured(frame)] if frame.get("canonical") else []
        return super().get_context(request, *args, **kwargs) | frame | {"structured": structured}

    def structured(self, frame: Mapping[str, Any]) -> list[dict[str, Any]]:
        """What the page tells programs of what it is about, in words of schema.org."""
        return []

    def parts(self) -> Mapping[str, Callable[[HttpRequest], HttpResponse]]:
        """What stands under a page's own address beside it, by its name there."""
        return {"card": self.serve_card}

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        if self.live and len(path_components) == 1 and path_components[0] in self.parts():
            return RouteResult(self, kwargs={"part": path_components[0]})
        return super().route(request, path_components)

    def serve(self, request: HttpRequest, *args: Any, part: str = "", **kwargs: Any) -> HttpResponse:
        """Written without the request: the same for everybody, whoever is signed in, and kept no longer than a withdrawal may take."""
        if part:
            answer = self.parts()[part](request)
        else:
            context = self.get_context(request, *args, **kwargs)
            answer = HttpResponse(render_to_string(self.get_template(request), context))
        answer.headers["Cache-Control"] = KEPT
        return answer

    def serve_card(self, request: HttpRequest) -> HttpResponse:
        card = self.card()
        etag = f'"{mark_of(card)}"'
        known = get_conditional_response(request, etag=etag)
        answer: HttpResponse = known or HttpResponse(card_kept(self.pk, card), content_type="image/jpeg")
        answer.headers["ETag"] = etag
        return answer

    def card(self) -> Card:
        """What is shown where the page is shared."""
        home = queries.home_of(self)
        owner = home.belongs_to if home else None
        return Card(
            title=self.title, under=self.summary, whose=home.title if home else "", accent=owner.accent if owner else ""
        )


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


class HomePage(ShowsPeople, SitePage):
    """The front page of a site. When a consent that it rests on ends, it stays, without its pictures and quotations: the whole site stands behind it."""

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

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("summary"), FieldPanel("picture"), FieldPanel("body"), ShowsPeople.people_panel]  # fmt: skip
    promote_panels: ClassVar[list[Any]] = []
    base_form_class = ShownForm
    stays = True
    parent_page_types: ClassVar[list[str]] = ["website.SitesPage"]
    subpage_types: ClassVar[list[str]] = [
        "website.StandardPage",
        "website.StoriesPage",
        "website.ExhibitionPage",
        "website.RoutesPage",
        "website.FinderPage",
        "website.RegistrationPage",
        "website.TeachersPage",
        "website.QuestionsPage",
        "website.NewsIndexPage",
        "website.NewsletterPage",
        "website.DirectoryPage",
        "website.ChartersPage",
        "website.RepresentativesPage",
    ]
    # Sites are founded in the workspace, which also says who edits them.
    is_creatable = False

    class Meta:
        abstract = True

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | queries.stories_told(self) | queries.news_told(self)

    def parts(self) -> Mapping[str, Callable[[HttpRequest], HttpResponse]]:
        return {**super().parts(), "accessibility": self.serve_statement}

    def serve_statement(self, request: HttpRequest) -> HttpResponse:
        """The accessibility statement of the site."""
        return HttpResponse(render_to_string("website/accessibility.html", statement_of(self)))

    def structured(self, frame: Mapping[str, Any]) -> list[dict[str, Any]]:
        return [site_of(frame)]


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


class StandardPage(ShowsPeople, SitePage):
    """A page of text, pictures and doors; in Welsh, it stands under the page that says the same in English, of whatever kind that is."""

    base_form_class = StandardPageForm
    language = models.CharField("language", max_length=5, choices=LANGUAGES, default=ENGLISH, help_text="A page in Welsh says what the page above it says; each leads to the other.")  # fmt: skip
    body = StreamField(BodyBlock(), blank=True, verbose_name="body")

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("summary"), FieldPanel("body"), FieldPanel("language"), ShowsPeople.people_panel]  # fmt: skip
    subpage_types: ClassVar[list[str]] = ["website.StandardPage"]
    template = "website/standard.html"
    search_fields = [*SitePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = "page"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"below": queries.pages_below(self)}
