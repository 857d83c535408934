"""Charters and what learning representatives do, as the public reads them. What is said of charters and signatories comes from `charters`, never from a page."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.core.paginator import Paginator
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from desaga.charters import queries as charters
from desaga.union_learning.queries import representatives_explained

from ..blocks import BodyBlock
from ..forms import FindSignatoriesForm, ShownForm
from ..structured import crumbs_of
from .pages import IN_WELSH, KEPT, SitePage
from .people import ShowsPeople

A_PAGE = 50


class ChartersPage(SitePage):
    """All charters that are published, each with its page on this site, where it has one."""

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("summary")]
    parent_page_types: ClassVar[list[str]] = ["website.NationalHomePage", "website.OrganisationHomePage"]
    subpage_types: ClassVar[list[str]] = ["website.CharterPage", "website.RepresentativesPage", *IN_WELSH]
    max_count_per_parent = 1
    template = "website/charters.html"

    class Meta:
        verbose_name = "charters"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        pages = {page.charter: page for page in CharterPage.objects.child_of(self).live()}
        told = [(charter, pages[charter.pk]) for charter in charters.charters_shown() if charter.pk in pages]
        more = self.get_children().live().type(RepresentativesPage)
        return super().get_context(request, *args, **kwargs) | {"told": told, "more": list(more)}


class CharterPageForm(WagtailAdminPageForm):
    """The charter is chosen among those that are published."""

    charter = forms.TypedChoiceField(
        label="Charter", coerce=int, help_text="Charters are kept, and published, in the workspace."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["charter"].choices = [  # type: ignore[attr-defined]
            (one.pk, f"{one.name} ({one.organisation.name})") for one in charters.charters_shown()
        ]


class CharterPage(SitePage):
    """One charter with its aims and signatories, which can be searched. A signatory's own page is its number under this address."""

    charter = models.BigIntegerField("charter")

    base_form_class = CharterPageForm
    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("charter"), FieldPanel("summary")]
    parent_page_types: ClassVar[list[str]] = ["website.ChartersPage"]
    subpage_types: ClassVar[list[str]] = IN_WELSH
    template = "website/charter.html"

    class Meta:
        verbose_name = "charter"

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        if self.live and len(path_components) == 1 and path_components[0].isascii() and path_components[0].isdigit():
            return RouteResult(self, kwargs={"signatory": int(path_components[0])})
        return super().route(request, path_components)

    def shown(self) -> Any:
        """The charter, or 404 once it is published no more."""
        charter = charters.charter_shown(self.charter)
        if charter is None:
            raise Http404("This charter is not published.")
        return charter

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        charter = self.shown()
        form = FindSignatoriesForm(request.GET or None, charter=charter)
        page = Paginator(charters.signatories_shown(charter, form.asked()), A_PAGE).get_page(request.GET.get("page"))
        page.object_list = charters.with_plans(page.object_list)
        return super().get_context(request, *args, **kwargs) | {
            "charter": charter,
            "form": form,
            "found": page,
            "narrowed": form.as_query(),
            "is_narrowed": bool(form.asked()),
        }

    def serve(self, request: HttpRequest, *args: Any, signatory: int | None = None, **kwargs: Any) -> HttpResponse:
        if signatory is None:
            return super().serve(request, *args, **kwargs)
        charter = self.shown()
        signature = charters.signatory_shown(charter, signatory)
        if signature is None:
            raise Http404("Nobody of this number has signed.")
        frame = SitePage.get_context(self, request)
        address = f"{frame.get('canonical', '')}{signature.pk}/"
        context = frame | {
            "charter": charter,
            "signature": signature,
            "plans": charters.plans_shown(signature),
            "trail": [*frame.get("trail", []), self],
            "canonical": address,
            "structured": crumbs_of(
                {"trail_addresses": [*frame.get("trail_addresses", []), (signature.name, address)]}
            ),
        }
        answer = HttpResponse(render_to_string("website/signatory.html", context))
        answer.headers["Cache-Control"] = KEPT
        return answer


class RepresentativesPage(ShowsPeople, SitePage):
    """What union learning representatives can do, with its sources; and what an editor adds."""

    body = StreamField(BodyBlock(), blank=True, verbose_name="more to say")

    content_panels: ClassVar[list[Any]] = [
        *Page.content_panels,
        FieldPanel("summary"),
        FieldPanel("body"),
        ShowsPeople.people_panel,
    ]
    base_form_class = ShownForm
    stays = True
    parent_page_types: ClassVar[list[str]] = [
        "website.ChartersPage",
        "website.NationalHomePage",
        "website.OrganisationHomePage",
    ]
    subpage_types: ClassVar[list[str]] = IN_WELSH
    template = "website/representatives.html"

    class Meta:
        verbose_name = "union learning representatives"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return super().get_context(request, *args, **kwargs) | {"explained": representatives_explained()}
