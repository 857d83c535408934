"""Hosts that offer places: said by the host without an account, changed by its link, looked at by those who run the scheme."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import cached_property
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import FormView

from desaga.accounts.queries import workspaces
from desaga.accounts.views.open_forms import asks_too_often
from desaga.organisations.doors import PressView, WorkspaceView
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import enter

from ..defining import Definition, Nouns
from ..forms.shown import DeclineOfferForm, OfferForm, SayOfferForm
from ..models import HostOffer, Scheme
from ..operations import hosting
from ..queries import schemes as scheme_queries
from ..queries import shown as queries
from ..shown import OfferState
from .applicants import OpenSchemeMixin
from .schemes import RUNS, SchemeFormView, SchemeMixin

#: So many offers may come from one computer, and to one address.
PER_COMPUTER, PER_ADDRESS = "10/h", "3/h"
ROWS_A_PAGE = 25
FIELDS = ("name", "place", "country", "offers", "disciplines", "page", "until")


def speaking(scheme: Scheme) -> dict[str, Any]:
    """What forms of offers take from the version in force: its fields, and its own words."""
    version = scheme_queries.version_in_force(scheme)
    definition: Definition | None = version.definition if version else None
    question = definition.question("discipline") if definition else None
    return {
        "disciplines": [(one.value, one.label) for one in question.choices] if question else [],
        "nouns": definition.nouns if definition else Nouns(),
    }


def initial_of(offer: HostOffer) -> dict[str, Any]:
    return {name: getattr(offer, name) for name in FIELDS}


# ---- The host


@method_decorator(never_cache, name="dispatch")
class SayOfferView(OpenSchemeMixin, FormView):
    """A host says that it offers a place. Nothing is shown until those who run the scheme have looked at it."""

    template_name = "placements/say_offer.html"
    form_class = SayOfferForm
    needs_account = False

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), **speaking(self.scheme)}

    def form_valid(self, form: SayOfferForm) -> HttpResponse:
        email = form.cleaned_data["email"].lower()
        whose = get_adapter().get_client_ip(self.request)
        if asks_too_often(self.request, "offer-computer", whose, PER_COMPUTER) or asks_too_often(
            self.request, "offer-address", email, PER_ADDRESS
        ):
            form.add_error(None, "That is many offers in one hour. Try again in an hour.")
            return self.render_to_response(self.get_context_data(form=form), status=429)
        try:
            hosting.say_offer(scheme=self.scheme, email=email, **form.told)
        except Refused as refusal:
            form.add_error(None, str(refusal))
            return self.form_invalid(form)
        return self.render_to_response(self.get_context_data(sent_to=email))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        nouns = scheme_queries.nouns_of(self.scheme)
        return super().get_context_data(scheme=self.scheme, organisation=self.organisation, nouns=nouns, **kwargs)


@method_decorator(sensitive_post_parameters("key"), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class ChangeOwnOfferView(FormView):
    """The page behind a host's link: the offer, to change or to take back. Opening it writes nothing."""

    template_name = "placements/change_own_offer.html"
    form_class = OfferForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.key = (request.POST if request.method == "POST" else request.GET).get("key", "")
        organisation = workspaces().filter(slug=kwargs["organisation_slug"]).first()
        offer = queries.offer_opened(organisation, self.key) if organisation else None
        if organisation is None or offer is None:
            return self.render_to_response({"gone": "unknown"}, status=404)
        self.organisation, self.offer = organisation, offer
        enter(organisation, user=None)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), **speaking(self.offer.scheme)}

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.offer)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "withdraw" not in request.POST:
            return super().post(request, *args, **kwargs)
        return self.done(lambda: hosting.withdraw_offer(offer=self.offer), "Your offer is taken back.")

    def form_valid(self, form: OfferForm) -> HttpResponse:
        said = "Kept. It is looked at before it is shown."
        return self.done(lambda: hosting.change_offer(offer=self.offer, **form.told), said)

    def done(self, perform: Any, said: str) -> HttpResponse:
        try:
            perform()
        except Refused as refusal:
            messages.error(self.request, str(refusal))
        else:
            messages.success(self.request, said)
        return redirect(f"{self.request.path}?{urlencode({'key': self.key})}")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        told = {"offer": self.offer, "organisation": self.organisation, "key": self.key}
        return super().get_context_data(**told, is_back=self.offer.state == OfferState.WITHDRAWN, **kwargs)


# ---- Those who run the scheme


class HostsMixin(SchemeMixin):
    permission = RUNS
    tab = "placements:list_fund_reports"

    def page(self, name: str, *more: Any) -> str:
        return reverse(f"placements:{name}", args=[self.request.organisation.slug, self.scheme.slug, *more])

    def back(self) -> str:
        return self.page("list_offers")


class ListOffersView(HostsMixin, WorkspaceView):
    """What hosts offer: to be looked at first."""

    template_name = "placements/list_offers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(queries.offers_of(self.scheme), ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, nouns=self.nouns, **kwargs)


class OfferFormMixin(HostsMixin):
    form_class = OfferForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), **speaking(self.scheme)}  # type: ignore[misc]


class RecordOfferView(OfferFormMixin, SchemeFormView):
    title, button, said = "Record who offers a place", "Put it on the page", "It is on the scheme’s page."

    def perform(self, form: OfferForm) -> None:
        hosting.record_offer(scheme=self.scheme, actor=self.request.user, **form.told)


class OfOfferMixin:
    scheme: Scheme
    kwargs: dict[str, Any]

    @cached_property
    def offer(self) -> HostOffer:
        return queries.offer_or_404(self.scheme, self.kwargs["pk"])


class EditOfferView(OfOfferMixin, OfferFormMixin, SchemeFormView):
    title, button, said = "Change an offer", "Save", "Saved."

    def get_initial(self) -> dict[str, Any]:
        return initial_of(self.offer)

    def perform(self, form: OfferForm) -> None:
        hosting.change_offer(offer=self.offer, actor=self.request.user, **form.told)


class DeclineOfferView(OfOfferMixin, HostsMixin, SchemeFormView):
    form_class = DeclineOfferForm
    title, button, said = "Do not show this offer", "Do not show it", "It is not shown."

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.offer.state == OfferState.WITHDRAWN:
            raise Http404
        return super().get_context_data(**kwargs)

    def perform(self, form: DeclineOfferForm) -> None:
        hosting.decline_offer(offer=self.offer, words=form.cleaned_data["words"], actor=self.request.user)


class ShowOfferView(OfOfferMixin, HostsMixin, PressView):
    def perform(self) -> str:
        hosting.show_offer(offer=self.offer, actor=self.request.user)
        return "It is on the scheme’s page."


class WithdrawOfferView(OfOfferMixin, HostsMixin, PressView):
    def perform(self) -> str:
        hosting.withdraw_offer(offer=self.offer, actor=self.request.user)
        return "It is off the scheme’s page."
