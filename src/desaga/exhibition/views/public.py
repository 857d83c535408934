"""What everybody opens: asking for the touring exhibition, and what a venue comes back to by the link in its mail."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from desaga.accounts.queries import workspaces
from desaga.accounts.views.open_forms import WRONG, OpenFormView, asks_too_often
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import enter, within

from .. import queries
from ..forms import AskForm
from ..models import Tour
from ..operations import requests
from ..states import TRANSITIONS, TourState

MISSING = 404
#: So often is a mail sent to one address.
PER_ADDRESS = "3/h"


@method_decorator(sensitive_post_parameters("contact_email", "contact_name"), name="dispatch")
class AskForTourView(OpenFormView):
    template_name = "exhibition/ask_for_tour.html"
    form_class = AskForm
    group = "tour"

    @cached_property
    def tour(self) -> Tour:
        return queries.open_tour(self.kwargs["owner"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        organisation = self.tour.organisation
        return super().get_context_data(
            tour=self.tour, organisation=organisation, taken=queries.days_taken(organisation), **kwargs
        )

    def told(self, form: AskForm) -> dict[str, Any]:
        return {"sent_to": form.data.get("contact_email", "")}

    def perform(self, form: AskForm) -> None:
        """The same answer however often one sends for the same address; nobody is drowned in mails."""
        if asks_too_often(self.request, "tour-address", form.cleaned_data["contact_email"].lower(), PER_ADDRESS):
            return
        with within(self.tour.organisation):
            requests.ask_for_tour(tour=self.tour, asked=form.asked())


@method_decorator(sensitive_post_parameters(), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class ShowOwnRequestView(TemplateView):
    """What a venue asked for, behind the link of its mail: to say that it is theirs, to see how it stands, to take it back. Opening it writes nothing."""

    template_name = "exhibition/show_own_request.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.key = (request.POST if request.method == "POST" else request.GET).get("key", "")
        organisation = workspaces().filter(slug=kwargs["organisation_slug"]).first()
        found = queries.request_opened(organisation, self.key) if organisation and self.key else None
        if organisation is None or found is None:
            return self.render_to_response({"gone": True}, status=MISSING)
        self.asked = found
        enter(organisation)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.asked
        may_withdraw = one.state in TRANSITIONS["withdraw"].sources
        return super().get_context_data(
            asked=one, tour=one.tour, organisation=one.organisation, key=self.key, is_new=one.state == TourState.SENT,
            may_withdraw=may_withdraw, **kwargs,
        )  # fmt: skip

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        deed = requests.withdraw_request if "take_back" in request.POST else requests.confirm_request
        try:
            deed(request=self.asked)
        except Refused as refusal:
            return self.render_to_response(self.get_context_data(trouble=str(refusal)), status=WRONG)
        return redirect(f"{request.path}?{urlencode({'key': self.key})}")
