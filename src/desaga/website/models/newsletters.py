"""The archive of a site's newsletter: what was sent, as it was sent. Written and kept by `newsletters`, shown here."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import HttpRequest
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from desaga.newsletters import queries as newsletters

from .pages import IN_WELSH, SitePage

ISSUES_A_PAGE = 20


class NewsletterPage(SitePage):
    """All issues of a site, and under its number each of them."""

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("summary")]
    parent_page_types: ClassVar[list[str]] = ["website.NationalHomePage", "website.OrganisationHomePage"]
    subpage_types: ClassVar[list[str]] = IN_WELSH
    max_count_per_parent = 1
    template = "website/newsletter.html"

    class Meta:
        verbose_name = "newsletter"

    def route(self, request: HttpRequest, path_components: list[str]) -> Any:
        if self.live and len(path_components) == 1 and path_components[0].isdecimal():
            return RouteResult(self, kwargs={"number": int(path_components[0])})
        return super().route(request, path_components)

    def get_context(self, request: HttpRequest, *args: Any, number: int | None = None, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        if number is not None:
            issue, pieces = newsletters.archived_issue(context["organisation"], number)
            return context | {"issue": issue, "pieces": pieces, "canonical": f"{context['canonical']}{number}/"}
        found = Paginator(newsletters.archive_of(context["organisation"]), ISSUES_A_PAGE)
        return context | {"found": found.get_page(request.GET.get("page"))}
