"""Plans that a body holds as others published them, and taking one over."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils.functional import cached_property

from desaga.organisations.doors import ConfirmView, WorkspaceFormView, WorkspaceView
from desaga.plans.origins import may_hold
from desaga.plans.queries import actions_of
from desaga.plans.queries.opened import opened
from desaga.plans.views.plans import PlanMixin

from .. import queries
from ..forms import HeldFilterForm, HeldPlanForm
from ..models import Claim, HeldPlan, Offer
from ..operations import holding

ROWS_A_PAGE = 50


class OfABodyMixin:
    """A page that only bodies have which may hold what others published; elsewhere there is no such page."""

    organisation: Any

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_hold(self.organisation):
            raise Http404("Only bodies around institutions hold plans of others.")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class ListHeldPlansView(OfABodyMixin, WorkspaceView):
    """The plans that this body holds for others."""

    permission = "public.hold_plan"
    section = "plans"
    template_name = "public/list_held_plans.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = HeldFilterForm(self.request.GET)
        form.is_valid()
        held = queries.held_plans(form.cleaned_data.get("q") or "")
        page = Paginator(held, ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        claims = queries.claims_of(page.object_list)
        for one in page.object_list:
            one.claimed = claims.get(one.pk)
        return super().get_context_data(page_obj=page, filter_form=form, **kwargs)


class HeldMixin(OfABodyMixin, PlanMixin):
    """A page about whose plan a plan is."""

    permission = "public.hold_plan"
    tab = "public:show_held_plan"

    @cached_property
    def held(self) -> HeldPlan | None:
        return queries.held_of(self.plan)

    @property
    def held_or_404(self) -> HeldPlan:
        if self.held is None:
            raise Http404("This plan is held for nobody.")
        return self.held

    def back(self) -> str:
        return self.address("public:show_held_plan", plan_pk=self.plan.pk)


class ShowHeldPlanView(HeldMixin, WorkspaceView):
    template_name = "public/show_held_plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = self.held
        claim = queries.claims_of([held]).get(held.pk) if held else None
        offers = list(queries.offers_of(held)) if held else []
        may_offer = self.request.user.has_perm("public.offer_plan", self.organisation)
        open_offer = next((one for one in offers if one.grant.is_in_force), None)
        return super().get_context_data(
            held=held, claim=claim, offers=offers, open_offer=open_offer, may_offer=may_offer, **kwargs
        )


class HoldPlanView(HeldMixin, WorkspaceFormView):
    template_name = "public/held_form.html"
    form_class = HeldPlanForm
    title, button = "Whose plan this is", "Hold it as theirs"

    def get_initial(self) -> dict[str, Any]:
        if self.held is None:
            return {}
        return {name: getattr(self.held, name) for name in ("of", "source_address", "taken_on")}

    def perform(self, form: HeldPlanForm) -> HeldPlan:
        told = form.cleaned_data
        return holding.hold_plan(
            actor=self.request.user,
            plan=self.plan,
            of=told["of"] or told["name"],
            source_address=told["source_address"],
            taken_on=told["taken_on"],
            is_another=told["is_another"],
        )


class ReleasePlanView(HeldMixin, ConfirmView):
    title, button = "This plan is your own", "It is our own"
    sentence = "It will no longer be said whose it is and where it was taken from, and updates of it can be given."
    said = "The plan is your own."

    def thing(self) -> HeldPlan:
        return self.held_or_404

    def perform(self) -> None:
        holding.release_plan(actor=self.request.user, held=self.held_or_404)


class OfferPlanView(HeldMixin, ConfirmView):
    permission = "public.offer_plan"
    title, button = "Offer this plan to whose it is", "Offer it"
    sentence = (
        "Their lead may read all of it for 90 days, as you have it, and take over a copy. Your own copy stays,"
        " and says that they have taken it over."
    )
    said = "The plan is offered. Their lead finds it under their work."

    def asked_about(self) -> Any:
        return self.organisation

    def thing(self) -> HeldPlan:
        return self.held_or_404

    def perform(self) -> Offer:
        return holding.offer_plan(actor=self.request.user, held=self.held_or_404)


class TakeOfferBackView(HeldMixin, ConfirmView):
    permission = "public.offer_plan"
    title, button = "Take the offer back", "Take it back"
    sentence = "They can no longer read the plan, nor take it over."
    said = "The offer is taken back."

    def asked_about(self) -> Any:
        return self.organisation

    def thing(self) -> Offer:
        offer = queries.open_offer_of(self.held_or_404)
        if offer is None:
            raise Http404("No offer of this plan stands.")
        return offer

    def perform(self) -> None:
        holding.take_offer_back(actor=self.request.user, offer=self.thing())


class AcceptOfferView(ConfirmView):
    """A plan that another holds for this organisation: read what it is, and take it over."""

    permission = "public.claim_plan"
    section = "plans"
    template_name = "public/accept_offer.html"
    title, button = "Take this plan over", "Take it over"
    said = "The plan is yours. It is a draft until you put it to work."
    goes_to = "plans:list_plans"

    def thing(self) -> Offer:
        return queries.offer_here(self.kwargs["pk"])

    def perform(self) -> Claim:
        return holding.accept_offer(actor=self.request.user, organisation=self.organisation, offer=self.thing())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        offer = self.thing()
        with opened(offer.held.plan):
            actions = actions_of(offer.held.plan).count()
        return super().get_context_data(thing=offer, actions=actions, **kwargs)
