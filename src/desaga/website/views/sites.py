"""The workspace's page about its site: whether there is one, who edits it, where it is."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import cached_property

from desaga.organisations.doors import WorkspaceFormView, WorkspaceView

from .. import queries
from ..forms import FoundSiteForm
from ..operations.sites import found_site
from ..presenting import address_of


class ShowSiteView(WorkspaceView):
    permission = "website.edit"
    template_name = "website/show_site.html"
    section = "organisations"
    request: HttpRequest

    @cached_property
    def home(self) -> Any:
        return queries.home_belonging_to(self.organisation)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_found = self.request.user.has_perm("website.found_site", self.organisation)  # type: ignore[union-attr]
        address = address_of(self.home) if self.home else ""
        return super().get_context_data(home=self.home, address=address, may_found=may_found, **kwargs)


class ListDownloadsView(WorkspaceView):
    """How often each file was taken; by whom, nobody knows."""

    permission = "website.edit"
    template_name = "website/list_downloads.html"
    section = "organisations"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(downloads=queries.downloads_of(self.organisation), **kwargs)


class FoundSiteView(WorkspaceFormView):
    permission = "website.found_site"
    form_class = FoundSiteForm
    title = "Found your site"
    button = "Found the site"
    goes_to = "website:show_site"
    said = "Your site is there as a draft. Write its front page, then publish it."

    def get_initial(self) -> dict[str, Any]:
        return {"title": f"Technicians at {self.organisation.name}"}

    def perform(self, form: Any) -> Any:
        return found_site(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)
