"""Champions by unit, and where there is none."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.generic import View

from desaga.organisations.doors import ConfirmView, WorkspaceFormView, WorkspaceMixin, WorkspaceView

from ..forms import ChampionForm
from ..operations import champions as operations
from ..queries import champions as queries
from ..tables import coverage_tables
from ..taking import FORMATS_OFFERED, as_file


class ListChampionsView(WorkspaceView):
    section = "organisations"
    template_name = "governance/list_champions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            coverage=queries.champion_coverage(self.organisation),
            before=list(queries.champions_before()),
            formats=FORMATS_OFFERED,
            **kwargs,
        )


class TakeChampionsOutView(WorkspaceMixin, View):
    """Champions by unit as a file."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        today = timezone.localdate()
        tables = coverage_tables(queries.champion_coverage(self.organisation, today), today)
        return as_file(tables, self.kwargs["format"], "Champions by unit", self.organisation, today)


class ChampionsMixin:
    section = "organisations"
    permission = "governance.name_champions"
    goes_to = "governance:list_champions"


class NameChampionView(ChampionsMixin, WorkspaceFormView):
    form_class = ChampionForm
    title, button = "Name a champion", "Name the champion"
    said = "{} is named."

    def get_initial(self) -> dict[str, Any]:
        return {"unit": self.request.GET.get("unit")}

    def perform(self, form: ChampionForm) -> str:
        champion = operations.name_champion(actor=self.request.user, **form.cleaned_data)
        return f"{champion.person.name}, champion of {champion.unit},"


class EndChampionView(ChampionsMixin, ConfirmView):
    title, button, said = "No longer champion?", "End it", "{} is champion there no more."
    sentence = "Yesterday was their last day as champion. Their role ends with it, and the list below keeps who it was."

    @cached_property
    def champion(self) -> Any:
        return queries.champion_or_404(self.kwargs["pk"])

    def thing(self) -> str:
        return f"{self.champion.person.name}, {self.champion.unit}"

    def perform(self) -> str:
        operations.stand_down(actor=self.request.user, champion=self.champion)
        return str(self.champion.person.name)
