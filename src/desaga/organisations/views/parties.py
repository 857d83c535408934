"""Parties, glossary, and loading either from a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404

from .. import loading, queries
from ..doors import ConfirmView, WorkspaceFormView, WorkspaceView
from ..forms import PartyFilter, PartyForm, TermFilter, TermForm
from ..models import GlossaryTerm, Party
from ..operations import parties as operations
from ..sheets import Line
from .loading import ConfirmListView, LoadListView

ROWS_A_PAGE = 50
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


class LoadRowsView(PartiesMixin, LoadListView):
    kind = ""

    def read(self, tables: Iterable[Sequence[Line]]) -> list[loading.LoadRow]:
        return loading.rows_of(tables, self.kind)

    def pack(self, rows: Sequence[loading.LoadRow]) -> Any:
        return loading.packed(rows)


class LoadPartiesView(LoadRowsView):
    kind, goes_to, title = loading.PARTIES, "organisations:list_parties", "Load parties"
    confirm = "organisations:confirm_parties"
    extra_context = {"columns": "Code, Name, Kind, Contact, E-mail, Comment"}


class LoadTermsView(LoadRowsView):
    kind, goes_to, title = loading.GLOSSARY, "organisations:list_terms", "Load the glossary"
    confirm = "organisations:confirm_terms"
    extra_context = {"columns": "Abbreviation, Meaning, Contact, E-mail, Comment"}


class ConfirmRowsView(PartiesMixin, ConfirmListView):
    kind = ""

    def load(self, packed: Any) -> operations.Loaded:
        rows, actor = loading.unpacked(packed), self.request.user
        return operations.load_rows(actor=actor, organisation=self.organisation, kind=self.kind, rows=rows)


class ConfirmPartiesView(ConfirmRowsView):
    kind, goes_to, again = loading.PARTIES, "organisations:list_parties", "organisations:load_parties"


class ConfirmTermsView(ConfirmRowsView):
    kind, goes_to, again = loading.GLOSSARY, "organisations:list_terms", "organisations:load_terms"
