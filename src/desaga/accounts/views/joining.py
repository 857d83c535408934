"""An account without an invitation: one gives an address, opens the link that comes, chooses a name and a password."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from desaga.organisations.refusals import Refused

from .. import joining
from ..forms import AskToJoinForm, NewAccountForm
from ..states import InvitationState
from ..ways_in import is_way_in
from .invitations import BACKEND, GONE
from .open_forms import TOO_MANY, asks_too_often, computer_asks_too_often

#: So often may one computer ask, and so often is a mail sent to one address. An institution's people share an address of the net.
PER_COMPUTER, PER_ADDRESS = "60/h", "3/h"


@method_decorator(never_cache, name="dispatch")
class AskToJoinView(FormView):
    """Asks for the address. The answer is the same whether there is an account or not, and however often one asks for the same."""

    template_name = "accounts/ask_to_join.html"
    form_class = AskToJoinForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.next = (request.POST if request.method == "POST" else request.GET).get("next", "")
        if not is_way_in(self.next):
            raise Http404("Accounts come by invitation.")
        if request.user.is_authenticated:
            return redirect(self.next)
        return super().dispatch(request, *args, **kwargs)

    def form_valid(self, form: AskToJoinForm) -> HttpResponse:
        email = form.cleaned_data["email"].lower()
        if computer_asks_too_often(self.request, "join", PER_COMPUTER):
            return self.render_to_response(self.get_context_data(too_many=True), status=TOO_MANY)
        if not asks_too_often(self.request, "join-address", email, PER_ADDRESS):
            joining.ask_to_join(email=email, next=self.next)
        return self.render_to_response(self.get_context_data(sent_to=email))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sign_in_url = f"{reverse('account_login')}?{urlencode({'next': self.next})}"
        return super().get_context_data(next=self.next, sign_in_url=sign_in_url, **kwargs)


@method_decorator(sensitive_post_parameters("password", "key"), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class JoinView(FormView):
    """The page behind the link. Opening it writes nothing; the key is a query word, and a hidden field of the form."""

    template_name = "accounts/join.html"
    form_class = NewAccountForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.key = (request.POST if request.method == "POST" else request.GET).get("key", "")
        found = joining.sign_up_for_key(self.key)
        if found is None:
            return self.render_to_response({"trouble": "unknown"}, status=404)
        self.sign_up = found
        if (state := found.state_at(now())) != InvitationState.OPEN:
            return self.render_to_response({"trouble": str(state), "sign_up": found}, status=GONE)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "email": self.sign_up.email}

    def form_valid(self, form: NewAccountForm) -> HttpResponse:
        try:
            user = joining.join(sign_up=self.sign_up, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        login(self.request, user, backend=BACKEND)
        messages.success(self.request, "Your account is made, and you are signed in.")
        return redirect(self.sign_up.next if is_way_in(self.sign_up.next) else "/")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(sign_up=self.sign_up, key=self.key, **kwargs)
