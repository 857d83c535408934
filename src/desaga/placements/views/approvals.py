"""For those who run a scheme: whose answer it waits for, what was said by phone, and asking for changes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from django.views.generic import View

from desaga.organisations.doors import WorkspaceFormView, WorkspaceMixin, WorkspaceView

from ..answering import parts
from ..forms.asking import FORMS, AnswerForm, ChangesForm
from ..letter_files import as_answer
from ..models import Application, Asking
from ..operations import asking_changes as changes
from ..operations import deciding
from ..queries.applications import applications_for
from ..queries.asking import askings_for, letter_or_404, letters_for
from .schemes import SchemeMixin

ASKINGS_A_PAGE = 50


class ApprovalsMixin(SchemeMixin):
    permission = "placements.run_schemes"
    tab = "placements:list_approvals"


class ListApprovalsView(ApprovalsMixin, WorkspaceView):
    template_name = "placements/list_approvals.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = askings_for(self.request.user, self.scheme)
        page = Paginator(rows, ASKINGS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, **kwargs)


class EnterAnswerView(ApprovalsMixin, WorkspaceFormView):
    """What somebody who is asked said by phone."""

    template_name = "placements/enter_answer.html"
    title = "Write down an answer"
    button = "Write it down"
    said = "It is written down, with both names."

    @cached_property
    def asking(self) -> Asking:
        return get_object_or_404(askings_for(self.request.user, self.scheme), pk=self.kwargs["pk"])

    def get_form(self, form_class: Any = None) -> AnswerForm:
        named = [(one.key, one.title) for one in deciding.may_be_changed(self.asking)]
        return FORMS[self.asking.asks](**self.get_form_kwargs(), by_phone=True, parts=named)

    def get_initial(self) -> dict[str, str]:
        return {"name": self.asking.name}

    def perform(self, form: AnswerForm) -> Asking:
        return deciding.enter_answer(actor=self.request.user, asking=self.asking, said=form.said)

    def back(self) -> str:
        return self.address("placements:list_approvals", scheme_slug=self.scheme.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(asking=self.asking, application=self.asking.application, **kwargs)


class AskForChangesView(SchemeMixin, WorkspaceFormView):
    """Opens named parts of an application that came in to its applicant again."""

    permission = "placements.run_schemes"
    template_name = "placements/ask_for_changes.html"
    form_class = ChangesForm
    title = "Ask for changes"
    button = "Ask for these changes"
    said = "{0.name} gets an e-mail, and can change these parts."

    @cached_property
    def application(self) -> Application:
        rows = applications_for(self.request.user, self.organisation).filter(scheme=self.scheme)
        return get_object_or_404(rows, reference=self.kwargs["reference"])

    def get_form_kwargs(self) -> dict[str, Any]:
        choices = [(one.key, one.title) for one in parts(self.application.definition)]
        return {**super().get_form_kwargs(), "parts": choices}

    def perform(self, form: forms.Form) -> Application:
        return changes.ask_for_changes(actor=self.request.user, application=self.application, **form.cleaned_data)

    def back(self) -> str:
        return self.address("placements:show_scheme", scheme_slug=self.scheme.slug)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(application=self.application, **kwargs)


class FetchLetterView(SchemeMixin, WorkspaceMixin, View):
    """A letter of an application that one may read, for those who run the scheme; the panel has a door of its own."""

    permission = "placements.run_schemes"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return as_answer(letter_or_404(letters_for(request.user, self.scheme), self.kwargs["pk"]))
