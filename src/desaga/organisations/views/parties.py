"""Parties, glossary, and loading either from a spreadsheet."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from desaga.documents import UnreadableDocument

from .. import loading, queries
from ..doors import ConfirmView, WorkspaceFormView, WorkspaceView
from ..forms import LoadForm, PartyFilter, PartyForm, TermFilter, TermForm
from ..models import GlossaryTerm, Party
from ..operations import parties as operations
from ..refusals import Refused
from ..sheets import tables_in_text, tables_in_upload

ROWS_A_PAGE = 50
SALT = "desaga.organisations.load"
AN_HOUR = 3600
PARTY_ORDERS = {"name": "name", "code": "code", "kind": "kind"}
TERM_ORDERS = {"code": "code", "meaning": "meaning"}


class PartiesMixin:
    section = "parties"
    permission = "organisations.keep_parties"


class ListPartiesView(WorkspaceView):
    section = "parties"
    template_name = "organisations/list_parties.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = PartyFilter(self.request.GET)
        form.is_valid()
        parties = queries.parties_listed(
            words=form.cleaned_data.get("q", ""),
            kind=form.cleaned_data.get("kind", ""),
            order=PARTY_ORDERS.get(self.request.GET.get("sort", ""), "name"),
        )
        page = Paginator(parties, ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(filter_form=form, page_obj=page, **kwargs)


class PartyFormView(PartiesMixin, WorkspaceFormView):
    form_class = PartyForm
    goes_to = "organisations:list_parties"

    def party(self) -> Party | None:
        return None

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "organisation": self.organisation, "instance": self.party()}


class AddPartyView(PartyFormView):
    title, button, said = "Add a party", "Add the party", "{} is added."

    def perform(self, form: PartyForm) -> Party:
        return operations.add_party(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)


class EditPartyView(PartyFormView):
    title, button, said = "Change a party", "Save the party", "{} is saved."

    def party(self) -> Party:
        return get_object_or_404(queries.parties_listed(), pk=self.kwargs["pk"])

    def perform(self, form: PartyForm) -> Party:
        return operations.change_party(actor=self.request.user, party=self.party(), **form.cleaned_data)


class RetirePartyView(PartiesMixin, ConfirmView):
    title, button, said = "Retire this party?", "Retire the party", "{} is retired."
    sentence = "It is no longer offered for new actions. Actions that name it keep it."
    goes_to = "organisations:list_parties"

    def thing(self) -> Party:
        return get_object_or_404(queries.parties_listed(), pk=self.kwargs["pk"])

    def perform(self) -> Party:
        return operations.retire_party(actor=self.request.user, party=self.thing())


class ListTermsView(WorkspaceView):
    section = "parties"
    template_name = "organisations/list_terms.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = TermFilter(self.request.GET)
        form.is_valid()
        terms = queries.glossary(
            words=form.cleaned_data.get("q", ""), order=TERM_ORDERS.get(self.request.GET.get("sort", ""), "code")
        )
        page = Paginator(terms, ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(filter_form=form, page_obj=page, **kwargs)


class TermFormView(PartiesMixin, WorkspaceFormView):
    form_class = TermForm
    goes_to = "organisations:list_terms"

    def term(self) -> GlossaryTerm | None:
        return None

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "organisation": self.organisation, "instance": self.term()}


class AddTermView(TermFormView):
    title, button, said = "Add an abbreviation", "Add the abbreviation", "{} is added."

    def perform(self, form: TermForm) -> GlossaryTerm:
        return operations.add_term(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)


class EditTermView(TermFormView):
    title, button, said = "Change an abbreviation", "Save the abbreviation", "{} is saved."

    def term(self) -> GlossaryTerm:
        return get_object_or_404(queries.glossary(), pk=self.kwargs["pk"])

    def perform(self, form: TermForm) -> GlossaryTerm:
        return operations.change_term(actor=self.request.user, term=self.term(), **form.cleaned_data)


class RemoveTermView(PartiesMixin, ConfirmView):
    title, button, said = "Remove this abbreviation?", "Remove the abbreviation", "The abbreviation is removed."
    sentence = "Plans keep their words. Only the glossary forgets it."
    goes_to = "organisations:list_terms"

    def thing(self) -> GlossaryTerm:
        return get_object_or_404(queries.glossary(), pk=self.kwargs["pk"])

    def perform(self) -> None:
        operations.remove_term(actor=self.request.user, term=self.thing())


class LoadView(PartiesMixin, WorkspaceFormView):
    """Shows what the rows of a spreadsheet would do; a second step, with the same rows signed, does it."""

    template_name = "organisations/load.html"
    form_class = LoadForm
    kind = ""
    button = "Show what was understood"

    def form_valid(self, form: LoadForm) -> HttpResponse:
        try:
            rows = loading.rows_of(self.tables(form), self.kind)
        except (UnreadableDocument, Refused) as refusal:
            form.add_error("sheet" if form.cleaned_data["sheet"] else "pasted", str(refusal))
            return self.form_invalid(form)
        faulty = [row for row in rows if row.errors]
        signed = signing.dumps(loading.packed(rows), salt=SALT, compress=True)
        context = self.get_context_data(form=LoadForm(), rows=rows, faulty=faulty, signed=signed)
        return self.render_to_response(context)

    def tables(self, form: LoadForm) -> Any:
        sheet = form.cleaned_data["sheet"]
        return tables_in_upload(sheet) if sheet else tables_in_text(form.cleaned_data["pasted"])


class LoadPartiesView(LoadView):
    kind, goes_to, title = loading.PARTIES, "organisations:list_parties", "Load parties"
    extra_context = {
        "confirm": "organisations:confirm_parties",
        "columns": "Code, Name, Kind, Contact, E-mail, Comment",
    }


class LoadTermsView(LoadView):
    kind, goes_to, title = loading.GLOSSARY, "organisations:list_terms", "Load the glossary"
    extra_context = {
        "confirm": "organisations:confirm_terms",
        "columns": "Abbreviation, Meaning, Contact, E-mail, Comment",
    }


class ConfirmLoadView(PartiesMixin, WorkspaceView):
    http_method_names = ["post"]
    kind = goes_to = again = ""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            rows = loading.unpacked(signing.loads(request.POST.get("rows", ""), salt=SALT, max_age=AN_HOUR))
            loaded = operations.load_rows(actor=request.user, organisation=self.organisation, kind=self.kind, rows=rows)
        except signing.BadSignature:
            messages.error(request, "The rows were shown more than an hour ago. Load the spreadsheet again.")
            return redirect(self.address(self.again))
        except Refused as refusal:
            messages.error(request, str(refusal))
            return redirect(self.address(self.again))
        messages.success(
            request, f"{loaded.added} added, {loaded.changed} changed, {loaded.unchanged} as they were already."
        )
        return redirect(self.address(self.goes_to))


class ConfirmPartiesView(ConfirmLoadView):
    kind, goes_to, again = loading.PARTIES, "organisations:list_parties", "organisations:load_parties"


class ConfirmTermsView(ConfirmLoadView):
    kind, goes_to, again = loading.GLOSSARY, "organisations:list_terms", "organisations:load_terms"
