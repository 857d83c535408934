"""Pages on which a document's columns, words and names are settled, and on which one sees what is remembered of them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property

from desaga.organisations.doors import PressView, WorkspaceFormView, WorkspaceView
from desaga.organisations.refusals import Refused

from .. import queries
from ..forms.settling import ColumnsForm, RememberedFilterForm, WordsForm
from ..operations import imports
from ..queries import remembered
from ..queries.words import Word, principles_to_choose, words_of
from ..reading.words import key
from ..reviewing import way_to_plan
from ..states import ChoiceKind, DocumentState
from ..wording import meaning_in_words
from .imports import ImportMixin

CHOICES_A_PAGE = 50
#: Of each kind, those first that are not understood; more different words than this are no vocabulary.
MOST_WORDS = 100


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


class SettleWordsView(SettleMixin, WorkspaceFormView):
    """Say once what words stand for: principles, statuses, phases; the document is read anew with it."""

    template_name = "plans/settle_words.html"
    form_class = WordsForm

    @cached_property
    def found(self) -> dict[ChoiceKind, list[Word]]:
        return words_of(self.document)

    def get_form_kwargs(self) -> dict[str, Any]:
        words = [word for group in self.found.values() for word in group[:MOST_WORDS]]
        return {**super().get_form_kwargs(), "words": words, "principles": self.principles}

    @cached_property
    def principles(self) -> dict[str, Any]:
        return principles_to_choose(self.document)

    def form_valid(self, form: WordsForm) -> HttpResponse:
        try:
            mapped = imports.map_words(actor=self.request.user, document=self.document, said=form.said)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        for one in mapped.meanwhile:
            form.show_now(one.kind, one.words)
        if mapped.meanwhile:
            return self.form_invalid(form)
        if not mapped.differ:
            messages.info(self.request, "Nothing was changed, so the document was not read anew.")
            return redirect(self.request.get_full_path())
        return redirect(self.address("plans:show_import", pk=self.document.pk))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(document=self.document, way=way_to_plan(self.document, "words"), **kwargs)
        groups = [
            {
                "kind": kind,
                "lines": context["form"].lines(kind),
                "of": len(words),
                "open": sum(w.is_open for w in words),
            }
            for kind, words in self.found.items()
        ]
        return {**context, "groups": groups, "principles": self.principles, "total": sum(g["of"] for g in groups)}


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


class ForgetChoiceView(PressView):
    """Forget what some words mean."""

    permission = "plans.bring_in"
    section = "imports"
    goes_to = "plans:list_remembered"

    def perform(self) -> str:
        choice = remembered.choice(self.kwargs["pk"])
        imports.forget_choice(actor=self.request.user, choice=choice)
        return f"“{choice.words}” is forgotten. Documents that were read with it stay as they are."
