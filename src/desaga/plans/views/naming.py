"""Pages on which the names of a document are settled: whom they mean, and where these can be reached."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core import signing
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property

from desaga.documents import UnreadableDocument
from desaga.organisations.addressing import lines_of_tables, lines_of_text
from desaga.organisations.doors import PressView, WorkspaceFormView
from desaga.organisations.forms import PartyForm
from desaga.organisations.refusals import Refused
from desaga.organisations.sheets import tables_in_upload

from ..addresses import whose
from ..forms.settling import AddressesForm, NamesFilterForm, NamesForm, field_name, party_label
from ..operations import imports
from ..queries.names import Name, names_of, units_to_add
from ..queries.parties import PartiesKnown, parties_to_choose
from ..reviewing import way_to_plan
from .parties import LONGEST_CODE, LONGEST_NAME
from .settling import SettleMixin

NAMES_A_PAGE = 25
SAME = "Nothing was changed."
SALT = "desaga.plans.addresses"
AN_HOUR = 3600


class NamesMixin(SettleMixin):
    @cached_property
    def names(self) -> list[Name]:
        return names_of(self.document)

    @cached_property
    def can_keep(self) -> bool:
        return bool(self.request.user.has_perm("organisations.keep_parties", self.organisation))

    @cached_property
    def can_keep_units(self) -> bool:
        return bool(self.request.user.has_perm("organisations.keep_structure", self.organisation))

    def back(self) -> str:
        return self.address("plans:settle_names", pk=self.document.pk)


class SettleNamesView(NamesMixin, WorkspaceFormView):
    """Say once whom each name of the document means."""

    template_name = "plans/settle_names.html"
    form_class = NamesForm

    @cached_property
    def filter_form(self) -> NamesFilterForm:
        return NamesFilterForm(self.request.GET)

    @cached_property
    def page(self) -> Any:
        wanted = self.filter_form.cleaned_data if self.filter_form.is_valid() else {}
        shown = [name for name in self.names if _fits(name, wanted)]
        return Paginator(shown, NAMES_A_PAGE).get_page(self.request.GET.get("page"))

    @cached_property
    def parties(self) -> dict[str, Any]:
        return {party_label(party): party for party in parties_to_choose()}

    def get_form_kwargs(self) -> dict[str, Any]:
        # What was sent is taken whatever page it would stand on by now.
        sent = self.request.POST
        names = [name for name in self.names if field_name("name", name.words) in sent] if sent else list(self.page)
        return {**super().get_form_kwargs(), "names": names, "parties": self.parties}

    def form_valid(self, form: NamesForm) -> HttpResponse:
        try:
            settled = imports.settle_names(actor=self.request.user, document=self.document, meant=form.meant)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        for words, party in settled.meanwhile:
            form.show_now(words, party)
        if settled.meanwhile:
            return self.form_invalid(form)
        number = settled.saved
        messages.success(self.request, f"{number} name{' is' if number == 1 else 's are'} settled." if number else SAME)
        return redirect(self.request.get_full_path())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            document=self.document,
            filter_form=self.filter_form,
            page_obj=self.page,
            parties=self.parties,
            total=len(self.names),
            open_names=sum(name.is_open for name in self.names),
            joining=sum(name.joins_by_itself for name in self.names),
            way=way_to_plan(self.document, "names", names=sum(name.is_open for name in self.names)),
            can_keep=self.can_keep,
            units=units_to_add(self.document) if self.can_keep_units else [],
            **kwargs,
        )


def _fits(name: Name, wanted: dict[str, Any]) -> bool:
    if wanted.get("show") == "open" and not name.is_open or wanted.get("show") == "said" and not name.choice:
        return False
    said = " ".join([name.words, name.text, name.meaning, name.party.name if name.party else ""]).casefold()
    return all(word in said for word in (wanted.get("q") or "").casefold().split())


class AddUnitsExplainedView(NamesMixin, PressView):
    """Add the units with technical workforce that the document explains."""

    def perform(self) -> str:
        if not self.can_keep_units:
            raise PermissionDenied("Your role here does not add units. Ask the lead.")
        number = imports.add_units_explained(actor=self.request.user, document=self.document)
        return f"{number} unit{' has' if number == 1 else 's have'} technical workforce now."


class AddNameView(NamesMixin, WorkspaceFormView):
    """Say that a name means somebody new: a person, a role, a group, a unit, or one in each unit of a kind."""

    template_name = "plans/add_name.html"
    form_class = PartyForm

    @cached_property
    def name(self) -> Name | None:
        words = self.request.GET.get("name", "")
        return next((name for name in self.names if name.words == words), None)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return super().get(request, *args, **kwargs) if self.name else redirect(self.back())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.can_keep:
            raise PermissionDenied("Your role here does not make parties. Choose one that is known, or ask the lead.")
        if not self.name:
            messages.info(request, str(imports.NameIsGone()))
            return redirect(self.back())
        return super().post(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        name = self.name
        known = {
            "name": (name.meaning or name.text)[:LONGEST_NAME],
            "code": name.code[:LONGEST_CODE],
            "kind": name.kind,
            **name.one_per,
        } if name else {}  # fmt: skip
        return {**kwargs, "initial": known, "organisation": self.organisation, "prefix": "new"}

    def perform(self, form: PartyForm) -> Any:
        party = imports.settle_name_anew(
            actor=self.request.user, document=self.document, words=self.name.words, **form.cleaned_data
        )
        messages.success(self.request, f"{self.name.words} means {party.name} from now on.")
        return party

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(document=self.document, name=self.name, **kwargs)


class GiveAddressesView(NamesMixin, WorkspaceFormView):
    """Give many parties their contact addresses at once: paste or load, look, save."""

    template_name = "plans/give_addresses.html"
    form_class = AddressesForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.can_keep:
            raise PermissionDenied("Your role here does not change parties. Ask the lead.")
        return self.keep() if "contacts" in request.POST else super().post(request, *args, **kwargs)

    def form_valid(self, form: AddressesForm) -> HttpResponse:
        sheet = form.cleaned_data["sheet"]
        try:
            lines = lines_of_tables(tables_in_upload(sheet)) if sheet else lines_of_text(form.cleaned_data["pasted"])
        except (UnreadableDocument, Refused) as refusal:
            form.add_error("sheet" if sheet else "pasted", str(refusal))
            return self.form_invalid(form)
        understood = whose(lines, self.names, PartiesKnown())
        contacts: dict[int, list[str]] = {}
        for one in understood:
            if one.party:
                contacts.setdefault(one.party.pk, []).extend(one.fresh)
        told = {pk: addresses for pk, addresses in contacts.items() if addresses}
        return self.render_to_response(
            self.get_context_data(
                form=self.form_class(initial={"pasted": "\n".join(one.line.text for one in understood)}),
                understood=understood,
                number=sum(map(len, told.values())),
                signed=signing.dumps([self.document.pk, list(told.items())], salt=SALT, compress=True),
                rest="\n".join(one.line.text for one in understood if one.error),
            )
        )

    def keep(self) -> HttpResponse:
        """Write the addresses that were shown; lines that were not understood come back to be mended."""
        try:
            pk, told = signing.loads(self.request.POST["contacts"], salt=SALT, max_age=AN_HOUR)
            if pk != self.document.pk:
                raise signing.BadSignature
            number = imports.give_addresses(actor=self.request.user, document=self.document, contacts=dict(told))
        except signing.BadSignature:
            messages.error(self.request, "The addresses were shown more than an hour ago. Give them again.")
            return redirect(self.address("plans:give_addresses", pk=self.document.pk))
        except Refused as refusal:
            messages.error(self.request, str(refusal))
            return redirect(self.back())
        messages.success(self.request, f"{number} address{' is' if number == 1 else 'es are'} saved.")
        rest = self.request.POST.get("rest", "")
        if not rest.strip():
            return redirect(self.back())
        form = self.form_class(initial={"pasted": rest})
        return self.render_to_response(self.get_context_data(form=form, has_rest=True))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(document=self.document, **kwargs)
