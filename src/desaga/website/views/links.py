"""Links of the site that lead nowhere, and looking again."""

from __future__ import annotations

from typing import Any

from desaga.organisations.doors import PressView, WorkspaceView

from .. import queries
from ..operations.links import want_check


class ListLinksView(WorkspaceView):
    permission = "website.edit"
    template_name = "website/list_links.html"
    section = "organisations"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        home = queries.home_belonging_to(self.organisation)
        return super().get_context_data(home=home, **queries.links_told(), **kwargs)


class CheckLinksView(PressView):
    permission = "website.edit"
    goes_to = "website:list_links"

    def perform(self) -> str:
        want_check(actor=self.request.user, organisation=self.organisation)
        return "Your links are looked at now. Each server is asked slowly, so a site with many takes some minutes."
