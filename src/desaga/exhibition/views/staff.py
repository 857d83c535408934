"""The workspace's pages of the tour: requests, one request, the calendar, what is lent."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.utils.functional import cached_property

from desaga.organisations.doors import PressView, WorkspaceFormView, WorkspaceMixin, WorkspaceView

from .. import forms, queries
from ..models import Tour, TourRequest
from ..operations import requests, tours
from ..states import OPEN, TRANSITIONS

A_PAGE = 50


class ListRequestsView(WorkspaceView):
    template_name = "exhibition/list_requests.html"
    permission = "exhibition.see"
    section = "organisations"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = forms.RequestFilterForm(self.request.GET)
        form.is_valid()
        rows = queries.narrowed(queries.requests_listed(), form.cleaned_data)
        page = Paginator(rows, A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(
            filter_form=form, page_obj=page, rows=list(page), tour=queries.tour_kept(), **kwargs
        )


class ShowCalendarView(WorkspaceView):
    template_name = "exhibition/show_calendar.html"
    permission = "exhibition.see"
    section = "organisations"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(days=queries.calendar(), **kwargs)


class DescribeTourView(WorkspaceFormView):
    template_name = "exhibition/tour_form.html"
    permission = "exhibition.handle"
    section = "organisations"
    form_class = forms.TourForm
    title, button, said = "What is lent", "Save", "It is saved."
    goes_to = "exhibition:list_requests"

    def get_initial(self) -> dict[str, Any]:
        tour = queries.tour_kept()
        return {name: getattr(tour, name) for name in forms.TourForm.base_fields} if tour else {"longest_days": 42}

    def perform(self, form: Any) -> Tour:
        return tours.describe_tour(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)


class OpenTourView(PressView):
    permission = "exhibition.handle"
    goes_to = "exhibition:list_requests"

    def perform(self) -> str:
        tours.open_tour(actor=self.request.user)
        return "Places can ask for it from now on."


class CloseTourView(PressView):
    permission = "exhibition.handle"
    goes_to = "exhibition:list_requests"

    def perform(self) -> str:
        tours.close_tour(actor=self.request.user)
        return "Nobody can ask for it any more. What was asked goes on."


class RequestMixin(WorkspaceMixin):
    permission = "exhibition.handle"
    section = "organisations"

    @cached_property
    def asked(self) -> TourRequest:
        return queries.request_or_404(self.kwargs["pk"])  # type: ignore[attr-defined]

    def back(self) -> str:
        return self.address("exhibition:show_request", pk=self.asked.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(asked=self.asked, **kwargs)  # type: ignore[misc]


class ShowRequestView(RequestMixin, WorkspaceView):
    template_name = "exhibition/show_request.html"
    permission = "exhibition.see"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.asked
        may = {name: asked.state in one.sources for name, one in TRANSITIONS.items()}
        return super().get_context_data(
            may=may, may_change_days=asked.state in OPEN, events=queries.events_of(asked), others=queries.others_wanting(asked),
            taken=queries.stops_overlapping(asked, asked.starts_on, asked.ends_on), **kwargs,
        )  # fmt: skip


class StepView(RequestMixin, WorkspaceFormView):
    """A step with a word: what is written stands in the history, and the venue reads it where `is_read`."""

    template_name = "exhibition/request_form.html"
    form_class = forms.WordsForm
    label, is_needed = "A word with it", False

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"label": self.label, "required": self.is_needed}


class TalkOverView(StepView):
    title, button, said = "You have talked it over", "Keep it", "It is kept."
    label = "What was said, for those who handle this"

    def perform(self, form: Any) -> TourRequest:
        return requests.talk_over(actor=self.request.user, request=self.asked, **form.cleaned_data)


class AgreeView(StepView):
    title, button, said = "Agree to it", "Agree, and write to them", "They have it, and are told."
    label = "A word to them, in the e-mail"

    def perform(self, form: Any) -> TourRequest:
        return requests.agree(actor=self.request.user, request=self.asked, **form.cleaned_data)


class RefuseView(StepView):
    title, button, said = "Say no", "Write to them", "They are told."
    label, is_needed = "Why, in a sentence that they read", True

    def perform(self, form: Any) -> TourRequest:
        return requests.refuse(actor=self.request.user, request=self.asked, **form.cleaned_data)


class CallOffView(StepView):
    title, button, said = "It does not come about", "Write to them", "They are told. Its days are free."
    label, is_needed = "Why, in a sentence that they read", True

    def perform(self, form: Any) -> TourRequest:
        return requests.call_off(actor=self.request.user, request=self.asked, **form.cleaned_data)


class ChangeDaysView(RequestMixin, WorkspaceFormView):
    template_name = "exhibition/request_form.html"
    form_class = forms.DaysForm
    title, button, said = "Other days", "Save", "The days are changed."

    def get_initial(self) -> dict[str, Any]:
        return {"starts_on": self.asked.starts_on, "ends_on": self.asked.ends_on}

    def perform(self, form: Any) -> TourRequest:
        return requests.change_days(actor=self.request.user, request=self.asked, **form.cleaned_data)


class SendOutView(RequestMixin, PressView):
    def perform(self) -> str:
        requests.send_out(actor=self.request.user, request=self.asked)
        return "It is on tour."


class BringBackView(RequestMixin, PressView):
    def perform(self) -> str:
        requests.bring_back(actor=self.request.user, request=self.asked)
        return "It is back."
