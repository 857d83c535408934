"""What others may see of the organisation's, and what it may see of theirs."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from .. import queries
from ..doors import ConfirmView, WorkspaceFormView, WorkspaceView
from ..forms import GrantForm
from ..grants import grantable_kinds, kind_name
from ..models import Grant
from ..operations import grants as operations

ROWS_A_PAGE = 50


class ListGrantsView(WorkspaceView):
    section = "organisations"
    permission = "organisations.see_grants"
    template_name = "organisations/list_grants.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        given = Paginator(queries.grants_given_by(self.organisation), ROWS_A_PAGE)
        page = given.get_page(self.request.GET.get("page"))
        held = list(queries.grants_held_by(self.organisation))
        for grant in [*page.object_list, *held]:
            grant.what = kind_name(grant.kind)
        return super().get_context_data(page_obj=page, held=held, **kwargs)


class GiveGrantView(WorkspaceFormView):
    """First which kind of thing, then which one, to whom and until when."""

    section = "organisations"
    permission = "organisations.give_grants"
    template_name = "organisations/give_grant.html"
    form_class = GrantForm
    title, button, said = "Let others see something", "Give the grant", "The grant holds now: {}."
    goes_to = "organisations:list_grants"

    @property
    def kind(self) -> str:
        kind = self.request.GET.get("kind", "")
        return kind if kind in dict(grantable_kinds()) else ""

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "organisation": self.organisation, "kind": self.kind}

    def get_form(self, form_class: Any = None) -> Any:
        return super().get_form(form_class) if self.kind else None

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return super().post(request, *args, **kwargs) if self.kind else self.get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"kind": self.kind, "kind_name": kind_name(self.kind), "kinds": grantable_kinds()}
        return super().get_context_data(**words, **kwargs)

    def perform(self, form: GrantForm) -> Grant:
        data = form.cleaned_data
        return operations.give_grant(
            actor=self.request.user,
            organisation=self.organisation,
            kind=self.kind,
            object_id=data["thing"],
            to=data["to_organisation"] or data["to_person"],
            may=data["may"],
            ends_at=data["ends_on"],
            reason=data["reason"],
        )


class RevokeGrantView(ConfirmView):
    section = "organisations"
    permission = "organisations.give_grants"
    title, button, said = "Take this grant back?", "Take it back", "The grant is taken back: {}."
    sentence = "They can no longer see it, from this moment on. The list keeps that they could."
    goes_to = "organisations:list_grants"

    def thing(self) -> Grant:
        return get_object_or_404(queries.grants_given_by(self.organisation), pk=self.kwargs["pk"])

    def perform(self) -> Grant:
        return operations.revoke_grant(actor=self.request.user, grant=self.thing())
