"""An extract on its way in: handed in, mapped, checked, loaded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.organisations.doors import ConfirmView, WorkspaceFormView, WorkspaceMixin, WorkspaceView
from desaga.privacy.doors import ReadsRowsMixin, Seen

from .. import queries
from ..forms.extracts import CodesForm, FaultFilterForm, HandInForm, MapColumnsForm, SheetForm
from ..models import Extract, plain_hours
from ..operations import checking, deciding, handing, mapping, reading
from ..presenting import (
    BEFORE_THE_CHECK,
    asked_for,
    fields_in_doubt,
    lists_to_map,
    shown_counts,
    shown_faults,
    shown_matches,
    step_of,
    way_of,
)
from ..states import ExtractState
from ..taking import FORMATS_OFFERED, faults_as_file
from .home import WorkforceMixin, note_counts_seen

FAULTS_A_PAGE = 25
MATCHES_A_PAGE = 20
#: Of each column so many values are shown.
SAMPLES_SHOWN = 3
#: In these there is something for a person to do.
OPEN = (ExtractState.READ, ExtractState.CHECKED)


class HandInExtractView(WorkforceMixin, WorkspaceFormView):
    template_name = "workforce/hand_in_extract.html"
    form_class = HandInForm
    title = "Load an extract"
    button = "Read the file"
    goes_to = "workforce:show_workforce"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "snapshots": queries.snapshots_in_force()}

    def perform(self, form: HandInForm) -> None:
        told = dict(form.cleaned_data)
        file = told.pop("document")
        self.extract = handing.hand_in(
            actor=self.request.user, organisation=self.organisation, name=file.name, content=file.read(), **told
        )

    def get_success_url(self) -> str:
        return self.extract.get_absolute_url()


class ExtractMixin(WorkforceMixin, WorkspaceMixin):
    """A page about one extract."""

    @cached_property
    def extract(self) -> Extract:
        extract = queries.extract_or_404(self.kwargs["pk"])  # type: ignore[attr-defined]
        extract.organisation = self.organisation
        return extract

    @cached_property
    def sees_equality(self) -> bool:
        return bool(self.request.user.has_perm("workforce.keep_equality", self.organisation))  # type: ignore[union-attr]

    @cached_property
    def profile(self) -> Any:
        return reading.profile_shown(self.extract)

    def back(self) -> str:
        return self.extract.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(extract=self.extract, **kwargs)  # type: ignore[misc]


class ShowExtractView(ExtractMixin, WorkspaceView):
    """Where an extract stands. While a worker is at it the page looks again by itself; then it goes on to what is to be done."""

    template_name = "workforce/show_extract.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.extract.state in OPEN or (request.htmx and not self.extract.is_at_work):  # type: ignore[attr-defined]
            return self.go_on()
        if self.extract.state == ExtractState.COMMITTED:
            note_counts_seen(request, self.extract.snapshot, "A loaded extract", "Looking at what was loaded")
        return super().get(request, *args, **kwargs)

    def go_on(self) -> HttpResponseBase:
        """To the step that the extract waits at; where it waits at none, a page that looked again is shown whole, as all around the progress is over too."""
        extract = self.extract
        address = self.address(f"workforce:{step_of(extract)}", pk=extract.pk) if extract.state in OPEN else self.back()
        if self.request.htmx:  # type: ignore[attr-defined]
            return HttpResponse(headers={"HX-Redirect": address})
        return redirect(address)

    def get_template_names(self) -> list[str]:
        return [f"{self.template_name}{'#progress' if self.request.htmx else ''}"]  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(is_silent=queries.is_silent(self.extract), **kwargs)


class InStatesMixin(ExtractMixin):
    """A page for an extract in certain states; in another it goes to where the extract stands."""

    states: tuple[str, ...] = OPEN
    step = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        may = request.user.has_perm(self.permission, request.organisation)  # type: ignore[union-attr,attr-defined]
        if may and self.extract.state not in self.states:
            return redirect(self.back())
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lost = queries.workers_lost(self.extract)
        return super().get_context_data(way=way_of(self.extract, self.step), workers_lost=lost, **kwargs)


class MapColumnsView(ReadsRowsMixin, InStatesMixin, WorkspaceFormView):
    page_seen, why_seen = "Columns of an extract", "saying what each column means, by samples"
    template_name = "workforce/map_columns.html"
    form_class = MapColumnsForm
    step = "map_columns"

    def get_form_kwargs(self) -> dict[str, Any]:
        told = {"profile": self.profile, "columns": self.extract.mapped, "equality": self.sees_equality}
        told |= {kind: self.extract.layout.get(kind, {}) for kind in ("misfits", "rivals")}
        return {**super().get_form_kwargs(), **told}

    def get_initial(self) -> dict[str, Any]:
        return {"grain": self.extract.grain, "full_time_hours": plain_hours(self.extract.full_time_hours)}

    def perform(self, form: MapColumnsForm) -> None:
        mapping.map_columns(
            actor=self.request.user,
            extract=self.extract,
            columns=form.mapped,
            grain=form.cleaned_data["grain"],
            full_time_hours=form.cleaned_data["full_time_hours"],
        )

    def rows_seen(self) -> Seen:
        return Seen(SAMPLES_SHOWN, equality=self.sees_equality)

    def get_success_url(self) -> str:
        return self.address("workforce:choose_codes", pk=self.extract.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sheets = SheetForm(
            sheets=self.profile["sheets"],
            initial={"sheet": self.profile["sheet"], "head_row": self.extract.layout["head_row"]},
        )
        new = [self.profile["heads"][n] for n in self.extract.layout.get("new", ())]
        told = {"profile": self.profile, "new_heads": new, "sees_equality": self.sees_equality}
        return super().get_context_data(sheet_form=sheets, **told, **kwargs)


class ReadOtherSheetView(InStatesMixin, View):
    """Has another sheet, or another row of headings, read."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = SheetForm(request.POST, sheets=self.profile["sheets"])
        if not form.is_valid():
            messages.error(request, "Write the number of the row in which the headings stand, such as 3.")
            return redirect(self.address("workforce:map_columns", pk=self.extract.pk))
        sheet, head_row = form.cleaned_data.get("sheet", ""), form.cleaned_data["head_row"]
        mapping.read_other_sheet(actor=request.user, extract=self.extract, sheet=sheet, head_row=head_row)
        return redirect(self.back())


class ChooseCodesView(ReadsRowsMixin, InStatesMixin, WorkspaceFormView):
    page_seen, why_seen = "Codes of an extract", "saying what the words of coded columns mean"
    template_name = "workforce/choose_codes.html"
    form_class = CodesForm
    step = "choose_codes"

    def get_form_kwargs(self) -> dict[str, Any]:
        lists = lists_to_map(self.extract, self.profile, queries.choices(), equality=self.sees_equality)
        return {**super().get_form_kwargs(), "lists": lists}

    def rows_seen(self) -> Seen:
        return Seen(0, equality=self.sees_equality)

    def perform(self, form: CodesForm) -> None:
        mapping.choose_codes(actor=self.request.user, extract=self.extract, chosen=form.chosen)
        checking.ask_check(actor=self.request.user, extract=self.extract)


class CheckExtractView(ReadsRowsMixin, InStatesMixin, WorkspaceView):
    """What the check found, and the way to load it."""

    page_seen, why_seen = "Check of an extract", "finding what is wrong, and who is who"

    template_name = "workforce/check_extract.html"
    states = (ExtractState.CHECKED,)
    step = "check_extract"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        may = request.user.has_perm(self.permission, request.organisation)  # type: ignore[union-attr,attr-defined]
        if may and self.extract.state == ExtractState.READ:
            messages.info(request, BEFORE_THE_CHECK[step_of(self.extract)])
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        extract, heads = self.extract, self.profile["heads"]
        counts = shown_counts(queries.fault_counts(extract), heads)
        form = FaultFilterForm(self.request.GET, counts=counts)
        kind, column = asked_for(self.request.GET.get("kind", ""))
        faults = queries.faults_of(extract, kind=kind, column=column)
        page = Paginator(faults, FAULTS_A_PAGE).get_page(self.request.GET.get("page"))
        matches = Paginator(queries.matches_of(extract), MATCHES_A_PAGE).get_page(self.request.GET.get("matches"))
        keys = [one.known_key for one in matches.object_list]
        self.seen = Seen(len({one.row for one in page.object_list}) + len(keys), keys=keys, equality=self.sees_equality)
        return super().get_context_data(
            found=extract.counts,
            fault_counts=counts,
            filter_form=form,
            page_obj=page,
            faults=list(shown_faults(extract, page, heads, equality=self.sees_equality)),
            matches=shown_matches(extract, matches),
            match_page=matches,
            undecided=queries.unsettled(extract),
            reasons=deciding.reasons_to_wait(extract),
            change=next((one for one in extract.stops if one["kind"] == "change"), None),
            doubts=fields_in_doubt(extract, heads),
            last=queries.last_before(extract),
            formats=FORMATS_OFFERED,
            **kwargs,
        )


class TakeFaultsOutView(ReadsRowsMixin, InStatesMixin, View):
    page_seen, why_seen = "Faults of an extract, as a file", "having them mended in the HR system"
    states = (ExtractState.CHECKED,)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        faults = shown_faults(
            self.extract, queries.faults_of(self.extract).iterator(), self.profile["heads"], equality=self.sees_equality
        )
        today, found = timezone.localdate(), list(faults)
        self.seen = Seen(len({one.row for one in found}), equality=self.sees_equality)
        return faults_as_file(found, self.kwargs["format"], self.extract.name, self.organisation, today)


class ThrowAwayView(ExtractMixin, ConfirmView):
    title = "Throw the file away"
    sentence = "The file and everything found in it is deleted. Snapshots stay as they are. What columns and words mean stays remembered."
    button = "Throw it away"
    said = "The file is thrown away."

    def thing(self) -> Extract:
        return self.extract

    def perform(self) -> Any:
        return handing.throw_away(actor=self.request.user, extract=self.extract)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        answer = super().post(request, *args, **kwargs)
        answer["Location"] = self.address("workforce:show_workforce")
        return answer
