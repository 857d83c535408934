"""Past awards that may be told of, for those who run the scheme: looked at, then put on its page or not."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import cached_property

from desaga.organisations.doors import PressView, WorkspaceView

from ..models import PastAward
from ..operations import telling_of
from ..queries import shown
from .schemes import RUNS, SchemeMixin

ROWS_A_PAGE = 25


class ToldMixin(SchemeMixin):
    permission = RUNS
    tab = "placements:list_fund_reports"


class ListToldView(ToldMixin, WorkspaceView):
    """The past awards that may be told of, what is not on the page yet first."""

    template_name = "placements/list_told.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(shown.awards_agreed(self.request.user, self.scheme), ROWS_A_PAGE).get_page(
            self.request.GET.get("page")
        )
        return super().get_context_data(page_obj=page, nouns=self.nouns, **kwargs)


class PressOnTold(ToldMixin, PressView):
    @cached_property
    def past(self) -> PastAward:
        return shown.agreed_or_404(self.request.user, self.scheme, self.kwargs["pk"])

    def back(self) -> str:
        return reverse("placements:list_told", args=[self.request.organisation.slug, self.scheme.slug])


class PutOnPageView(PressOnTold):
    def perform(self) -> str:
        telling_of.put_on_page(past=self.past, actor=self.request.user)
        return "It is on the scheme’s page."


class TakeOffPageView(PressOnTold):
    def perform(self) -> str:
        telling_of.take_off_page(past=self.past, actor=self.request.user)
        return "It is off the scheme’s page."
