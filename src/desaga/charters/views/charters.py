"""The list of charters, and the pages of whoever keeps one."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404
from django.utils.functional import cached_property

from desaga.organisations.doors import PressView, WorkspaceFormView, WorkspaceMixin, WorkspaceView

from .. import queries
from ..forms import ChangeCharterForm, EnterForm, KeepCharterForm, OfferForm, SignaturesFilter
from ..models import Charter, Signature
from ..operations import keeping, signing
from ..shipped import shipped_charters

A_PAGE = 50
SECTION = "organisations"


class ListChartersView(WorkspaceView):
    """What we signed, what we could sign, what we keep."""

    template_name = "charters/list_charters.html"
    permission = "charters.see_charters"
    section = SECTION

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            signatures=list(queries.signatures_here()),
            open_charters=queries.charters_open(),
            kept=list(queries.charters_kept()),
            may_keep=self.request.user.has_perm("charters.keep_charters", self.organisation),
            may_sign=self.request.user.has_perm("charters.sign_charters", self.organisation),
            **kwargs,
        )


class CharterMixin(WorkspaceMixin):
    permission = "charters.keep_charters"
    section = SECTION

    @cached_property
    def charter(self) -> Charter:
        return queries.charter_or_404(self.kwargs["slug"])  # type: ignore[attr-defined]

    def back(self) -> str:
        return self.address("charters:show_charter", slug=self.charter.slug)


class ShowCharterView(CharterMixin, WorkspaceView):
    template_name = "charters/show_charter.html"
    permission = "charters.see_charters"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = SignaturesFilter(self.request.GET)
        form.is_valid()
        rows = queries.signatures_of(self.charter, form.cleaned_data)
        page = Paginator(rows, A_PAGE).get_page(self.request.GET.get("page"))
        may_keep = self.request.user.has_perm("charters.keep_charters", self.organisation)
        return super().get_context_data(
            charter=self.charter, filter_form=form, page_obj=page, rows=list(page), may_keep=may_keep, **kwargs
        )


class KeepCharterView(WorkspaceFormView):
    template_name = "charters/keep_charter.html"
    permission = "charters.keep_charters"
    section = SECTION
    form_class = KeepCharterForm
    title, button, said = "Keep a charter", "Keep it", "{} is kept. Nobody else sees it yet."
    goes_to = "charters:list_charters"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(shipped=shipped_charters().values(), **kwargs)

    def perform(self, form: KeepCharterForm) -> Charter:
        return keeping.keep_charter(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)


class KeepShippedView(PressView):
    permission = "charters.keep_charters"
    goes_to = "charters:list_charters"

    def perform(self) -> str:
        key = self.kwargs["key"]
        if key not in shipped_charters():
            raise Http404("No such charter is known.")
        charter = keeping.keep_shipped(actor=self.request.user, organisation=self.organisation, key=key)
        return f"{charter} is kept. Nobody else sees it yet."


class ChangeCharterView(CharterMixin, WorkspaceFormView):
    form_class = ChangeCharterForm
    title, button, said = "Change what is said of it", "Save", "{} is saved."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.charter}

    def perform(self, form: ChangeCharterForm) -> Charter:
        return keeping.change_charter(actor=self.request.user, charter=self.charter, **form.cleaned_data)


class PublishCharterView(CharterMixin, PressView):
    def perform(self) -> str:
        keeping.publish_charter(actor=self.request.user, charter=self.charter)
        return "Everybody can read it now, and organisations can sign it."


class HideCharterView(CharterMixin, PressView):
    def perform(self) -> str:
        keeping.hide_charter(actor=self.request.user, charter=self.charter)
        return "The public does not see it any more."


class OfferCharterView(CharterMixin, WorkspaceFormView):
    form_class = OfferForm
    title, button, said = "Ask an organisation to sign", "Send the e-mail", "{0.name} is asked."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"organisations": queries.workspaces_to_offer(self.charter)}

    def perform(self, form: OfferForm) -> Signature:
        return keeping.offer_charter(actor=self.request.user, charter=self.charter, to=form.cleaned_data["to"])


class EnterSignatureView(CharterMixin, WorkspaceFormView):
    form_class = EnterForm
    title, button = "Enter a signature", "Enter it"
    said = "{0.name} is entered. Confirm it, and it is shown."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"aims": self.charter.aims}

    def perform(self, form: EnterForm) -> Signature:
        said = {name: value for name, value in form.cleaned_data.items() if not name.startswith("pledge_")}
        return keeping.enter_signature(actor=self.request.user, charter=self.charter, pledges=form.pledges, **said)


class BeginToSignView(PressView):
    """A signatory takes up a published charter."""

    permission = "charters.sign_charters"
    signature: Signature | None = None

    def back(self) -> str:
        if self.signature:
            return self.address("charters:sign", pk=self.signature.pk)
        return self.address("charters:list_charters")

    def perform(self) -> str:
        charter = queries.open_charter_or_404(self.kwargs["pk"])
        self.signature = signing.begin_to_sign(actor=self.request.user, organisation=self.organisation, charter=charter)
        return ""
