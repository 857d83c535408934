"""What I have done, for its person; and what an organisation may see of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.views.generic import FormView, TemplateView, View

from desaga.documents.out import FORMATS, Imprint
from desaga.indicators.states import FEWEST_PEOPLE
from desaga.organisations.doors import WorkspaceView
from desaga.organisations.refusals import Refused
from desaga.ui.fonts import font_files

from . import operations, queries
from .forms import ActivityFilter, ActivityForm
from .models import Activity
from .tables import activities_as_table

ROWS_A_PAGE = 25
FORMATS_OFFERED = (("xlsx", "Excel"), ("docx", "Word"), ("pdf", "PDF"), ("csv", "CSV"), ("json", "JSON"))


class OwnMixin(LoginRequiredMixin):
    """A page about what is one's own, outside all workspaces."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and request.user.person is None:
            raise Http404("This account is of no person.")
        return super().dispatch(request, *args, **kwargs)


class FilteredMixin:
    """A list that its address narrows."""

    request: HttpRequest

    def listed(self, rows: Any, words_in: Sequence[str]) -> dict[str, Any]:
        form = ActivityFilter(self.request.GET, years=queries.years_of(rows))
        # A word of the address that is no choice is left out; the others still count.
        form.is_valid()
        rows = queries.narrowed(rows, form.cleaned_data, words_in)
        page = Paginator(rows, ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        is_narrowed = any(form.cleaned_data.values())
        return {"filter_form": form, "page_obj": page, "sums": queries.sums_of(rows), "is_narrowed": is_narrowed}


class ListOwnActivitiesView(OwnMixin, FilteredMixin, TemplateView):
    template_name = "activities/list_own.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **self.listed(queries.activities_of(self.request.user.person_id), queries.OWN_WORDS),
            formats=FORMATS_OFFERED,
            **kwargs,
        )  # type: ignore[union-attr]


class TakeOwnOutView(OwnMixin, View):
    """Everything that one did, as a file: it is one's own to take along."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        format, today, user = FORMATS.get(self.kwargs["format"]), timezone.localdate(), request.user
        if format is None:
            raise Http404("Desaga writes no such files.")
        tables = activities_as_table("What I have done", queries.activities_of(user.person_id))  # type: ignore[arg-type, union-attr]
        content = format.write(tables, Imprint("What I have done", user.get_full_name(), today, font_files()))  # type: ignore[union-attr]
        file = f"what-i-have-done-{today.isoformat()}.{format.ending}"
        headers = {"Content-Disposition": f'attachment; filename="{file}"', "Cache-Control": "private, no-store"}
        return HttpResponse(content, content_type=format.media_type, headers=headers)


class ActivityFormView(OwnMixin, FormView):
    template_name = "activities/activity_form.html"
    form_class = ActivityForm
    title = button = said = ""

    def perform(self, form: ActivityForm) -> Any:
        raise NotImplementedError

    def form_valid(self, form: ActivityForm) -> HttpResponse:
        try:
            self.perform(form)
        except Refused as refusal:
            form.add_error("on", str(refusal))
            return self.form_invalid(form)
        messages.success(self.request, self.said)
        return redirect("activities:list_own")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"title": self.title, "button": self.button, "back": reverse("activities:list_own")}
        return super().get_context_data(**words, **kwargs)


class RecordActivityView(ActivityFormView):
    title = "Write down what you did"
    button = "Write it down"
    said = "It is written down."

    def perform(self, form: ActivityForm) -> Any:
        user: Any = self.request.user
        return operations.record_activity(actor=user, person=user.person, **form.cleaned_data)


class OneOwnMixin(OwnMixin):
    @cached_property
    def activity(self) -> Activity:
        return queries.own_or_404(self.request.user.person_id, self.kwargs["pk"])  # type: ignore[attr-defined]


class CorrectActivityView(OneOwnMixin, ActivityFormView):
    title = "What you did"
    button = "Save"
    said = "It is saved."

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.activity, name) for name in operations.EDITABLE}

    def perform(self, form: ActivityForm) -> Any:
        return operations.correct_activity(actor=self.request.user, activity=self.activity, **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(activity=self.activity, **kwargs)


class RemoveActivityView(OneOwnMixin, TemplateView):
    """Asks once before it is gone for good."""

    template_name = "activities/remove_activity.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        operations.remove_activity(actor=request.user, activity=self.activity)
        messages.success(request, "It is removed.")
        return redirect("activities:list_own")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(activity=self.activity, **kwargs)


class ListActivitiesView(FilteredMixin, WorkspaceView):
    """What colleagues did while they worked here, for those who run the programme."""

    permission = "activities.see_activities"
    section = "people"
    template_name = "activities/list_activities.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        listed = self.listed(queries.activities_at(self.organisation), queries.SHOWN_WORDS)
        is_few = listed["sums"].people < FEWEST_PEOPLE
        return super().get_context_data(**listed, is_few=is_few, fewest=FEWEST_PEOPLE, **kwargs)
