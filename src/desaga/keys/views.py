"""Keys for programs, for the lead; and the page that tells programmers what they open."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView

from desaga.organisations.doors import ConfirmView, WorkspaceFormView, WorkspaceView
from desaga.organisations.refusals import Refused

from . import operations, queries
from .forms import KeyForm
from .models import ApiKey
from .states import Scope

ROWS_A_PAGE = 50
OF_PLANS = f"{Scope.PLANS} or {Scope.PLANS_PUBLIC}"
#: Each address of the API, what it answers, and the scope that opens it.
ADDRESSES = (
    ("/key", "This key: whose it is, what it opens, until when", "any"),
    ("/organisations", "The directory; by q and kind", Scope.ORGANISATIONS),
    ("/organisations/{slug}", "One organisation", Scope.ORGANISATIONS),
    ("/frameworks", "The frameworks that plans answer", Scope.FRAMEWORKS),
    ("/frameworks/{key}", "One framework with its principles", Scope.FRAMEWORKS),
    (
        "/plans",
        "Your organisation’s plans, or those that another one opened to it; by organisation and state",
        OF_PLANS,
    ),
    ("/plans/{id}", "One plan, without what is in it", OF_PLANS),
    ("/plans/{id}/interchange", "A whole plan in the interchange format", OF_PLANS),
    (
        "/plans/{id}/actions",
        "Its actions; by status, party, principle, due, q and changed_since",
        OF_PLANS,
    ),
    ("/actions/{id}", "One action", OF_PLANS),
)


class KeysMixin:
    section = "organisations"
    permission = "keys.keep_keys"
    goes_to = "keys:list_keys"


class ListKeysView(KeysMixin, WorkspaceView):
    template_name = "keys/list_keys.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(queries.keys_listed(), ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, **kwargs)


@method_decorator(never_cache, name="dispatch")
class MakeKeyView(KeysMixin, WorkspaceFormView):
    """The key is shown in the answer to the form, and nowhere afterwards; the same form again makes no second key."""

    template_name = "keys/make_key.html"
    form_class = KeyForm
    title, button = "Make a key", "Make the key"

    def form_valid(self, form: KeyForm) -> HttpResponse:
        try:
            key, words = operations.make_key(
                actor=self.request.user, organisation=self.organisation, **form.cleaned_data
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        self.template_name = "keys/show_new_key.html"
        return self.render_to_response(self.get_context_data(key=key, words=words))


class RevokeKeyView(KeysMixin, ConfirmView):
    title, button, said = "Take this key back?", "Take it back", "The key is taken back: {}."
    sentence = "The program that holds it can read nothing more, from this moment on. A key cannot be given again."

    def thing(self) -> ApiKey:
        return get_object_or_404(queries.keys_listed(), pk=self.kwargs["pk"])

    def perform(self) -> ApiKey:
        return operations.revoke_key(actor=self.request.user, key=self.thing())


class ShowGuideView(TemplateView):
    """What programs can read, and how. A test holds the addresses to those that there are."""

    template_name = "keys/show_guide.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(addresses=ADDRESSES, here=self.request.build_absolute_uri("/api/v1"), **kwargs)
