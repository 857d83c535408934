"""What everybody opens: a call, its form, and what a contributor comes back to by the link in their mail."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from desaga.accounts.queries import workspaces
from desaga.accounts.views.open_forms import WRONG, OpenFormView, asks_too_often
from desaga.consents.operations.asking import wording_shown
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import enter, within

from .. import queries
from ..content import SECTIONS
from ..forms import ContributeForm
from ..models import Call
from ..operations import calls
from ..states import ContributionState

MISSING, GONE = 404, 410
#: So often is a mail sent to one address.
PER_ADDRESS = "3/h"


class OpenCallMixin:
    """A call that everybody may read: the database is asked as nobody, and shows open ones alone."""

    kwargs: dict[str, Any]

    @cached_property
    def call(self) -> Call:
        return queries.open_call(self.kwargs["owner"], self.kwargs["slug"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asks = [SECTIONS[key] for key in self.call.asks]
        return super().get_context_data(call=self.call, organisation=self.call.organisation, asks=asks, **kwargs)  # type: ignore[misc]


class ListOpenCallsView(TemplateView):
    """What an organisation asks contributors for today."""

    template_name = "stories/list_open_calls.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        calls = list(queries.open_calls(self.kwargs["owner"]))
        if not calls:
            raise Http404("Nothing is asked for at this address.")
        return super().get_context_data(calls=calls, organisation=calls[0].organisation, **kwargs)


class ShowOpenCallView(OpenCallMixin, TemplateView):
    template_name = "stories/show_open_call.html"


@method_decorator(sensitive_post_parameters("email", "name"), name="dispatch")
class ContributeView(OpenCallMixin, OpenFormView):
    template_name = "stories/contribute.html"
    group = "contribute"

    def get_form(self, *sent: Any) -> ContributeForm:
        return ContributeForm(*sent, call=self.call)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        with within(self.call.organisation):
            words = wording_shown(self.call.organisation)
        return super().get_context_data(words=words, **kwargs)

    def told(self, form: ContributeForm) -> dict[str, Any]:
        return {"sent_to": form.data.get("email", "")}

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
