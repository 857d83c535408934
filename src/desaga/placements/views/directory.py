"""The directory of hosts, for those who run schemes: to look through, to put right, to merge doubles in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404
from django.utils.functional import cached_property

from desaga.organisations.doors import ConfirmView, PressView, WorkspaceFormView, WorkspaceView
from desaga.organisations.operations.parties import Loaded
from desaga.organisations.sheets import Line
from desaga.organisations.views.loading import ConfirmListView, LoadListView

from ..countries import name_of
from ..forms.hosts import DirectoryFilterForm, PlaceForm
from ..host_lists import Does, HostRow, beside, packed, rows_of, unpacked
from ..models import HostPlace
from ..operations import hosts as operations
from ..queries import hosts as queries
from ..queries.applications import applications_for

ROWS_A_PAGE = 100


class DirectoryMixin:
    permission = "placements.run_schemes"
    section = "placements"
    goes_to = "placements:list_host_places"
    kwargs: dict[str, Any]

    @cached_property
    def place(self) -> HostPlace:
        return queries.place_or_404(self.kwargs["pk"])


class ListHostPlacesView(DirectoryMixin, WorkspaceView):
    template_name = "placements/list_host_places.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = DirectoryFilterForm(self.request.GET or None, countries=queries.countries_of_directory())
        wanted = form.cleaned_data if form.is_valid() else {}
        rows = queries.directory(wanted.get("q", ""), wanted.get("country", ""))
        page = Paginator(rows, ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        numbers = queries.numbers_of_applications(page, applications_for(self.request.user, self.organisation))
        told = [(one, numbers.get(one.pk, 0)) for one in page]
        return super().get_context_data(page_obj=page, places=told, form=form, is_narrowed=bool(wanted), **kwargs)


class AddHostPlaceView(DirectoryMixin, WorkspaceFormView):
    form_class = PlaceForm
    title, button, said = "Add a host to the directory", "Add it", "{} is in the directory."

    def perform(self, form: PlaceForm) -> HostPlace:
        return operations.add_place(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)


class LoadHostPlacesView(DirectoryMixin, LoadListView):
    template_name = "placements/load_host_places.html"
    title = "Load a list of hosts"
    confirm = "placements:confirm_host_places"

    def read(self, tables: Iterable[Sequence[Line]]) -> list[HostRow]:
        return beside(rows_of(tables), queries.known_places())

    def pack(self, rows: Sequence[HostRow]) -> Any:
        return packed(rows)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = kwargs.get("rows", ())
        counts = {does.value: sum(row.does == does for row in rows) for does in Does}
        return super().get_context_data(counts=counts, **kwargs)


class ConfirmHostPlacesView(DirectoryMixin, ConfirmListView):
    again = "placements:load_host_places"
    said = "{0.added} added, {0.changed} with a ROR number now, {0.unchanged} as they were already."

    def load(self, packed: Any) -> Loaded:
        return operations.load_places(actor=self.request.user, organisation=self.organisation, rows=unpacked(packed))


class EditHostPlaceView(DirectoryMixin, WorkspaceFormView):
    form_class = PlaceForm
    title, button, said = "Change an entry of the directory", "Save", "Saved."

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.place.name, "country": name_of(self.place.country), "ror": self.place.ror}

    def perform(self, form: PlaceForm) -> HostPlace:
        return operations.change_place(actor=self.request.user, place=self.place, **form.cleaned_data)


class MergeHostPlaceView(DirectoryMixin, ConfirmView):
    """First choose with which entry: those that look alike, or what a search finds; then confirm."""

    template_name = "placements/merge_host_place.html"
    title, button, said = "Merge two entries", "Merge them", "They are one: {}."

    def thing(self) -> HostPlace:
        if self.place.merged_into_id:
            raise Http404
        return self.place

    @cached_property
    def into(self) -> HostPlace | None:
        wanted = self.request.POST.get("into") or self.request.GET.get("into") or ""
        return queries.place_or_404(int(wanted)) if wanted.isascii() and wanted.isdigit() else None

    def perform(self) -> HostPlace:
        place = self.thing()
        if self.into is None:
            raise operations.NotWithItself
        return operations.merge_places(actor=self.request.user, place=place, into=self.into)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("q", "").strip()
        found = [one.place for one in queries.find_places(words)] if words else queries.alike(self.place)
        others = [one for one in found if one.pk != self.place.pk]
        return super().get_context_data(into=self.into, others=others, words=words, **kwargs)


class TakeMergeBackView(DirectoryMixin, PressView):
    def perform(self) -> str:
        place = operations.take_merge_back(actor=self.request.user, place=self.place)
        return f"{place} stands by itself again."
