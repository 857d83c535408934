"""The workspace's page of the exhibition: where its rooms are edited, how far the pack is, what is not in it and why."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404

from desaga.organisations.doors import PressView, WorkspaceView

from .. import queries
from ..operations.packs import want_pack
from ..reach import reach_everything


class ShowExhibitionView(WorkspaceView):
    template_name = "website/show_exhibition.html"
    permission = "website.edit"
    section = "organisations"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        with reach_everything():
            exhibition = queries.exhibition_belonging_to(self.organisation)
            pack = queries.pack_of(exhibition) if exhibition else None
            address = f"{settings.SITE_ADDRESS}{exhibition.get_url()}" if exhibition else ""
        may_lend = self.request.user.has_perm("exhibition.see", self.organisation)  # type: ignore[union-attr]
        home = queries.home_belonging_to(self.organisation)
        return super().get_context_data(
            exhibition=exhibition, pack=pack, address=address, home=home, may_lend=may_lend, **kwargs
        )


class MakePackView(PressView):
    permission = "website.edit"
    goes_to = "website:show_exhibition"

    def perform(self) -> str:
        with reach_everything():
            exhibition = queries.exhibition_belonging_to(self.organisation)
        if exhibition is None or not exhibition.live:
            raise Http404("There is no exhibition that is published.")
        want_pack(exhibition, actor=self.request.user)
        return "It is made now. This page says how far it is."
