"""An organisation's sign-in, for its lead: domains, providers, rules, who came in; and the confirming of domains."""

from __future__ import annotations

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView, View

from desaga.organisations.doors import ConfirmView, WorkspaceFormView, WorkspaceView
from desaga.organisations.refusals import Refused

from .. import attempts, queries
from ..forms import ChangeMetadataForm, ClaimsForm, DomainForm, FederatedForm, OidcForm, RuleForm
from ..mapping import outcomes
from ..models import EmailDomain, Identity, Provider, RoleRule
from ..operations import leaving, providers
from ..saml_sign_in import ourselves_at
from ..states import Kind
from .signing_in import return_address, send_there

ROWS_A_PAGE = 50


class SignInMixin:
    section = "organisations"
    permission = "federation.keep_sign_in"
    goes_to = "federation:list_providers"
    kwargs: dict[str, Any]

    def provider(self) -> Provider:
        return get_object_or_404(queries.providers_listed(), pk=self.kwargs["pk"])


class OneProviderMixin(SignInMixin):
    """A page about one sign-in, from which one comes and to which one goes back."""

    def back(self) -> str:
        return self.address("federation:show_provider", pk=self.kwargs["pk"])  # type: ignore[attr-defined]


class ListProvidersView(SignInMixin, WorkspaceView):
    template_name = "federation/list_providers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(queries.providers_listed(), ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, domains=queries.domains_listed(), **kwargs)


class AddDomainView(SignInMixin, WorkspaceFormView):
    form_class = DomainForm
    title, button = "Add an e-mail domain", "Add the domain"
    said = "{} is added. Those who run Desaga confirm it before anybody comes in with it."

    def perform(self, form: DomainForm) -> EmailDomain:
        return providers.add_domain(
            actor=self.request.user, organisation=self.organisation, name=form.cleaned_data["name"]
        )


class RemoveDomainView(SignInMixin, ConfirmView):
    title, button, said = "Remove this domain?", "Remove it", "The domain is removed."
    sentence = "Nobody comes in through your sign-in with such an address any more. What they are here stays."

    def thing(self) -> EmailDomain:
        return get_object_or_404(queries.domains_listed(), pk=self.kwargs["pk"])

    def perform(self) -> None:
        providers.remove_domain(actor=self.request.user, domain=self.thing())


class AddProviderView(SignInMixin, WorkspaceFormView):
    form_class = OidcForm
    kind = Kind.OIDC
    title, button = "Add a sign-in", "Add the sign-in"
    said = "The sign-in is added. It is off: hand your IT service the addresses below, try it, then switch it on."

    def perform(self, form: Any) -> Provider:
        self.made = providers.add_provider(
            actor=self.request.user, organisation=self.organisation, kind=self.kind, **form.fields_of_provider()
        )
        return self.made

    def get_success_url(self) -> str:
        return self.address("federation:show_provider", pk=self.made.pk)


class ShowProviderView(SignInMixin, WorkspaceView):
    template_name = "federation/show_provider.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        provider = self.provider()
        end_sessions = reverse("federation:end_sessions", args=[provider.pk])
        here = self.request.build_absolute_uri()
        return super().get_context_data(
            provider=provider,
            rules=queries.rules_listed(provider),
            has_secret=queries.has_secret(provider),
            return_address=return_address(self.request, provider),
            ourselves=ourselves_at(here) if provider.kind == Kind.SAML else None,
            known=queries.known_of_institution(provider) if provider.kind == Kind.SAML else None,
            end_sessions_address=self.request.build_absolute_uri(end_sessions),
            **kwargs,
        )


def form_to_change(provider: Provider) -> Any:
    """What of a sign-in can be changed; what a federation publishes of an institution cannot."""
    if provider.kind == Kind.OIDC:
        return OidcForm
    return FederatedForm if "federation" in provider.settings else ChangeMetadataForm


class EditProviderView(OneProviderMixin, WorkspaceFormView):
    title, button, said = "Change the sign-in", "Save", "The sign-in is changed."

    def get_form_class(self) -> Any:
        return form_to_change(self.provider())

    def get_initial(self) -> dict[str, Any]:
        provider = self.provider()
        return form_to_change(provider).initial_of(provider)

    def perform(self, form: Any) -> Provider:
        return providers.change_provider(actor=self.request.user, provider=self.provider(), **form.fields_of_provider())


class ProviderConfirmView(OneProviderMixin, ConfirmView):
    def thing(self) -> Provider:
        return self.provider()


class SwitchOnView(ProviderConfirmView):
    title, button, said = "Switch this sign-in on?", "Switch it on", "{} is on."
    sentence = "It then stands on the page where people sign in. Passwords and passkeys go on opening accounts."

    def perform(self) -> Provider:
        return providers.switch_on(actor=self.request.user, provider=self.thing())


class SwitchOffView(ProviderConfirmView):
    title, button, said = "Switch this sign-in off?", "Switch it off", "{} is off."
    sentence = "Nobody comes in through it any more. Accounts without a password need a new one, by e-mail."

    def perform(self) -> Provider:
        return providers.switch_off(actor=self.request.user, provider=self.thing())


class DemandProviderView(ProviderConfirmView):
    title, button, said = "Make this the only way in?", "Make it the only way", "{} is the only way in."
    sentence = (
        "Your people sign in through it alone: their passwords and passkeys open nothing. "
        "Leads keep theirs, so that nobody is locked out when it fails."
    )

    def perform(self) -> Provider:
        return providers.demand(actor=self.request.user, provider=self.thing(), is_demanded=True)


class ReleaseProviderView(ProviderConfirmView):
    title, button, said = "Let people in other ways too?", "Let them", "{} is one way in among others."
    sentence = "Passwords and passkeys open accounts again."

    def perform(self) -> Provider:
        return providers.demand(actor=self.request.user, provider=self.thing(), is_demanded=False)


class RemoveProviderView(ProviderConfirmView):
    title, button, said = "Remove this sign-in?", "Remove it", "The sign-in is removed."
    sentence = "Its settings, its secret and its rules are gone. Nobody has come in through it."

    def perform(self) -> None:
        providers.remove_provider(actor=self.request.user, provider=self.thing())

    def back(self) -> str:
        return self.address(self.goes_to)


class AddRuleView(OneProviderMixin, WorkspaceFormView):
    form_class = RuleForm
    title, button, said = (
        "Add a rule",
        "Add the rule",
        "The rule is added. It takes effect when somebody next signs in.",
    )

    def perform(self, form: RuleForm) -> RoleRule:
        return providers.add_rule(actor=self.request.user, provider=self.provider(), **form.cleaned_data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(provider=self.provider(), **kwargs)


class RemoveRuleView(OneProviderMixin, ConfirmView):
    title, button, said = "Remove this rule?", "Remove it", "The rule is removed."
    sentence = "Roles that it gave end when their holders next sign in, or lapse."

    def thing(self) -> RoleRule:
        return get_object_or_404(queries.rules_listed(self.provider()), pk=self.kwargs["rule"])

    def perform(self) -> None:
        providers.remove_rule(actor=self.request.user, rule=self.thing())


class TryProviderView(OneProviderMixin, WorkspaceFormView):
    """Which roles would somebody get, and why. Nothing is written."""

    template_name = "federation/try_provider.html"
    form_class = ClaimsForm
    title, button = "Try the rules", "Try"

    def get_initial(self) -> dict[str, Any]:
        self.told = self.request.session.pop(attempts.TRY, None) if self.request.method == "GET" else None
        return {"claims": json.dumps(self.told, indent=2, ensure_ascii=False)} if self.told else {}

    def form_valid(self, form: ClaimsForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, told=form.cleaned_data["claims"]))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        provider = self.provider()
        kwargs.setdefault("form", self.get_form())
        told = kwargs.pop("told", None) or getattr(self, "told", None)
        found = outcomes(queries.rules_listed(provider), told) if told else None
        return super().get_context_data(provider=provider, told=told, found=found, **kwargs)


@method_decorator(never_cache, name="dispatch")
class BeginTrialView(SignInMixin, WorkspaceView):
    """Off to the provider, as people would go, to see what it tells; nothing else comes of it."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return send_there(request, self.provider(), purpose=attempts.TRY, organisation_id=self.organisation.pk)


class ListIdentitiesView(SignInMixin, WorkspaceView):
    template_name = "federation/list_identities.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        provider = self.provider()
        rows = Paginator(queries.identities_listed(provider), ROWS_A_PAGE)
        return super().get_context_data(
            provider=provider, page_obj=rows.get_page(self.request.GET.get("page")), **kwargs
        )


class IdentityConfirmView(SignInMixin, ConfirmView):
    def back(self) -> str:
        return self.address("federation:list_identities", pk=self.kwargs["pk"])

    def thing(self) -> Identity:
        return get_object_or_404(queries.identities_listed(self.provider()), pk=self.kwargs["identity"])


class EndIdentityView(IdentityConfirmView):
    title, button, said = "End this person’s way in?", "End it", "Ended: {}."
    sentence = (
        "They are signed out everywhere, the roles that rules gave them end, and they do not come in through this sign-in any "
        "more. Roles that were given by hand stay; end those under Roles."
    )

    def perform(self) -> Identity:
        return leaving.end_identity(actor=self.request.user, identity=self.thing())


class AllowIdentityView(IdentityConfirmView):
    title, button, said = "Let this person come in again?", "Let them", "They can come in again."
    sentence = "When they next sign in, it is as for the first time."

    def perform(self) -> None:
        leaving.allow_again(actor=self.request.user, identity=self.thing())


class PlatformMixin(LoginRequiredMixin):
    """For those who run Desaga; for others there is no such page."""

    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not request.user.has_perm("federation.confirm_domains"):
            raise Http404("There is no such page.")
        return super().dispatch(request, *args, **kwargs)


class ListDomainsView(PlatformMixin, TemplateView):
    template_name = "federation/list_domains.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(queries.domains_to_confirm(self.request.user), ROWS_A_PAGE)
        return super().get_context_data(page_obj=page.get_page(self.request.GET.get("page")), **kwargs)


class ConfirmDomainView(PlatformMixin, View):
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        domain = queries.domain_to_confirm(request.user, pk)
        if domain is None:
            raise Http404("There is no such domain.")
        try:
            providers.confirm_domain(actor=request.user, domain=domain)
        except Refused as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, f"{domain} is confirmed for {domain.organisation}.")
        return redirect("federation:list_domains")
