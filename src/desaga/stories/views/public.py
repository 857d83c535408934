"""What everybody opens: a call, its form, and what a contributor comes back to by the link in their mail."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.utils.timezone import localdate
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from desaga.accounts.queries import workspaces
from desaga.accounts.views.joining import asks_too_often
from desaga.consents.operations.asking import wording_shown
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import enter, within

from .. import queries
from ..content import SECTIONS
from ..forms import ContributeForm
from ..models import Call
from ..operations import calls
from ..states import ContributionState

MISSING, GONE, WRONG, TOO_MANY = 404, 410, 422, 429
#: So often may one computer send to calls, and so often is a mail sent to one address. A college's people share an address of the net.
PER_COMPUTER, PER_ADDRESS = "20/h", "3/h"


class OpenCallMixin:
    """A call that everybody may read: the database is asked as nobody, and shows open ones alone."""

    kwargs: dict[str, Any]

    @cached_property
    def call(self) -> Call:
        return queries.open_call(self.kwargs["owner"], self.kwargs["slug"], localdate())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asks = [SECTIONS[key] for key in self.call.asks]
        return super().get_context_data(call=self.call, organisation=self.call.organisation, asks=asks, **kwargs)  # type: ignore[misc]


class ShowOpenCallView(OpenCallMixin, TemplateView):
    template_name = "stories/show_open_call.html"


@method_decorator(sensitive_post_parameters("email", "name"), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class ContributeView(OpenCallMixin, TemplateView):
    template_name = "stories/contribute.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", None if "sent_to" in kwargs else ContributeForm(call=self.call))
        with within(self.call.organisation):
            words = wording_shown(self.call.organisation)
        return super().get_context_data(words=words, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if asks_too_often(request, "contribute-computer", get_adapter().get_client_ip(request), PER_COMPUTER):
            return self.render_to_response(
                self.get_context_data(form=ContributeForm(call=self.call), too_many=True), status=TOO_MANY
            )
        form = ContributeForm(request.POST, request.FILES, call=self.call)
        if form.is_trapped:
            return self.render_to_response(self.get_context_data(sent_to=request.POST.get("email", "")))
        if form.is_valid():
            try:
                self.perform(form)
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                return self.render_to_response(self.get_context_data(sent_to=form.cleaned_data["email"]))
        return self.render_to_response(self.get_context_data(form=form), status=WRONG)

    def perform(self, form: ContributeForm) -> None:
        """The same answer however often one sends to the same address; nobody is drowned in mails."""
        if asks_too_often(self.request, "contribute-address", form.cleaned_data["email"].lower(), PER_ADDRESS):
            return
        with within(self.call.organisation):
            calls.contribute(call=self.call, sent=form.sent)


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class ShowContributionView(TemplateView):
    """What they sent, behind the link of their mail: to say that it is theirs, and to take it back. Opening it writes nothing."""

    template_name = "stories/show_contribution.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.key = (request.POST if request.method == "POST" else request.GET).get("key", "")
        organisation = workspaces().filter(slug=kwargs["organisation_slug"]).first()
        found = queries.contribution_opened(organisation, self.key) if organisation and self.key else None
        if organisation is None or found is None:
            return self.render_to_response({"gone": "unknown"}, status=MISSING)
        self.contribution = found
        enter(organisation)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.contribution
        return super().get_context_data(
            contribution=one, call=one.call, organisation=one.call.organisation, key=self.key,
            is_new=one.state == ContributionState.SENT, is_gone=one.state == ContributionState.WITHDRAWN,
            what=queries.what_words(one), where=queries.where_words(one), **kwargs,
        )  # fmt: skip

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        deed = calls.withdraw_contribution if "take_back" in request.POST else calls.confirm_contribution
        try:
            deed(contribution=self.contribution)
        except Refused as refusal:
            return self.render_to_response(self.get_context_data(trouble=str(refusal)), status=WRONG)
        return redirect(f"{request.path}?{urlencode({'key': self.key})}")
