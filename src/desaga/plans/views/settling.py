"""Pages on which a document's columns, words and names are settled, and on which one sees what is remembered of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.views.generic import View

from desaga.organisations.doors import WorkspaceFormView, WorkspaceMixin, WorkspaceView

from .. import queries
from ..forms.settling import ColumnsForm, RememberedFilterForm
from ..operations import imports
from ..queries import remembered
from ..reading.words import key
from ..states import ChoiceKind, DocumentState
from ..wording import meaning_in_words
from .imports import ImportMixin

CHOICES_A_PAGE = 50


class SettleMixin(ImportMixin):
    """A page about a document that is being looked through; before and after that, one is shown where it stands."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.document.state != DocumentState.READ:
            return redirect(self.address("plans:show_import", pk=self.document.pk))
        return super().get(request, *args, **kwargs)  # type: ignore[misc]

    def back(self) -> str:
        return self.address("plans:review_import", pk=self.document.pk)


class NameColumnsView(SettleMixin, WorkspaceFormView):
    """Say what each column of the table is; the document is read anew with it."""

    template_name = "plans/name_columns.html"
    form_class = ColumnsForm

    def get_form_kwargs(self) -> dict[str, Any]:
        headings = remembered.headings_of(self.document)
        now = remembered.meanings_of(ChoiceKind.HEADING, [key(heading.words) for heading in headings])
        return {**super().get_form_kwargs(), "headings": headings, "now": now}

    def perform(self, form: ColumnsForm) -> Any:
        self.differ = imports.rehead_columns(actor=self.request.user, document=self.document, roles=form.roles())

    def get_success_url(self) -> str:
        if not self.differ:
            messages.info(self.request, "Nothing was changed, so the document was not read anew.")
        return self.address("plans:show_import", pk=self.document.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(document=self.document, **kwargs)


class ListRememberedView(WorkspaceView):
    """What the organisation has said of its documents' words; each can be forgotten."""

    permission = "plans.bring_in"
    section = "imports"
    template_name = "plans/list_remembered.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = RememberedFilterForm(self.request.GET)
        wanted = form.cleaned_data if form.is_valid() else {}
        choices = remembered.choices_remembered(kind=wanted.get("kind", ""), words=wanted.get("q", ""))
        document = self.request.GET.get("document", "")
        if document.isascii() and document.isdecimal() and len(document) < 10:
            used = remembered.choices_used_in(queries.document(int(document)))
            choices = choices.filter(pk__in=used.values("pk"))
        page = Paginator(choices, CHOICES_A_PAGE).get_page(self.request.GET.get("page"))
        lines = [{"choice": choice, "meaning": meaning_in_words(choice)} for choice in page]
        return super().get_context_data(
            page_obj=page, lines=lines, filter_form=form, here=self.request.get_full_path(), **kwargs
        )


class ForgetChoiceView(WorkspaceMixin, View):
    """Forget what some words mean."""

    permission = "plans.bring_in"
    section = "imports"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        choice = remembered.choice(self.kwargs["pk"])
        imports.forget_choice(actor=request.user, choice=choice)
        messages.success(request, f"“{choice.words}” is forgotten. Documents that were read with it stay as they are.")
        return redirect(self.address("plans:list_remembered"))
