"""The directory of technicians who chose to be listed. Kept by themselves in `directory`, shown here for as long as they wish."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.timezone import localdate
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from desaga.directory import queries as directory
from desaga.directory.forms import FindPeopleForm

from .. import queries
from .pages import IN_WELSH, SitePage

LISTED_A_PAGE = 20


class DirectoryPage(SitePage):
    """Those of the site's organisation; on the national site, of all."""

    content_panels: ClassVar[list[Any]] = [*Page.content_panels, FieldPanel("summary")]
    parent_page_types: ClassVar[list[str]] = ["website.NationalHomePage", "website.OrganisationHomePage"]
    subpage_types: ClassVar[list[str]] = IN_WELSH
    max_count_per_parent = 1
    template = "website/directory.html"

    class Meta:
        verbose_name = "directory of technicians"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        whose = None if queries.is_national(self) else context["organisation"]
        everybody = directory.listed(whose, localdate())
        form = FindPeopleForm(request.GET or None, chosen=directory.to_choose_from(everybody))
        asked = form.asked()
        found = Paginator(directory.found(everybody, asked), LISTED_A_PAGE).get_page(request.GET.get("page"))
        return context | {
            "form": form,
            "found": found,
            "narrowed": form.as_query(),
            "is_narrowed": bool(asked),
            "is_national": whose is None,
        }
