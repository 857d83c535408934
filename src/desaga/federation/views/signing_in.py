"""Signing in with one's institution: finding it, going there, coming back."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import perform_login
from allauth.account.internal.flows.reauthentication import resume_request
from allauth.account.models import Login
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.generic import TemplateView, View

from desaga.organisations.refusals import Refused
from desaga.tenancy.context import within

from .. import attempts, oidc, proving, queries
from ..attempts import Attempt
from ..forms import FindForm
from ..models import Provider
from ..operations.leaving import sign_out_everywhere
from ..operations.signing_in import connect, welcome
from ..protocols import protocol_of
from ..proving import INSTITUTION
from ..states import Kind

ROWS_A_PAGE = 20
LOST, REFUSED = 400, 403
BEGUN_ELSEWHERE = "This sign-in was begun in another browser, or too long ago. Begin once more."
SOMEBODY_ELSE = "You have signed in there as somebody else than here. Sign out there, and try once more."


def local_path(request: HttpRequest, address: str) -> str:
    """An address if it is a path of ours, else nothing."""
    is_ours = url_has_allowed_host_and_scheme(address, allowed_hosts=None, require_https=request.is_secure())
    return address if is_ours and address.startswith("/") else ""


def return_address(request: HttpRequest, provider: Provider) -> str:
    """Where the provider sends people back to: one address for each, so that no other can answer in its place."""
    return request.build_absolute_uri(reverse("federation:finish_sign_in", args=[provider.pk]))


def refuse(request: HttpRequest, sentence: str, status: int = REFUSED) -> HttpResponse:
    return render(request, "federation/refused.html", {"sentence": sentence}, status=status)


def send_there(request: HttpRequest, provider: Provider, *, anew: bool = False, **attempt: Any) -> HttpResponse:
    """Off to the institution; what we need when they come back stays in the session."""
    state = attempts.new_state()
    try:
        address, memory = protocol_of(provider).begin(
            provider, return_address=return_address(request, provider), state=state, anew=anew
        )
    except Refused as refusal:
        return refuse(request, str(refusal))
    attempts.keep(request, state, provider_id=provider.pk, memory=memory, **attempt)
    return HttpResponseRedirect(address)


class FindInstitutionView(TemplateView):
    """By the domain of one's address, or by a name. An address that nobody looks after finds nothing, as a name does."""

    template_name = "federation/find_institution.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("q", "").strip()[:200]
        found = queries.providers_for_address(words) if "@" in words else queries.providers_by_name(words)
        return super().get_context_data(
            words=words,
            form=FindForm(initial={"q": words}),
            goes_to=local_path(self.request, self.request.GET.get("next", "")),
            page_obj=Paginator(found, ROWS_A_PAGE).get_page(self.request.GET.get("page")),
            **kwargs,
        )


@method_decorator(never_cache, name="dispatch")
class StartSignInView(View):
    """A link, not a form: the security policy lets no form lead to another server."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        provider = queries.provider_at_the_door(pk)
        if provider is None:
            raise Http404("There is no such sign-in.")
        goes_to = local_path(request, request.GET.get("next", ""))
        return send_there(request, provider, purpose=attempts.SIGN_IN, goes_to=goes_to)


@method_decorator(never_cache, name="dispatch")
class FinishSignInView(View):
    """Somebody comes back from a provider. What they bring counts only in the browser that went there, and once."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        attempt = attempts.take(request, request.GET.get("state", ""), pk)
        if attempt is None:
            return refuse(request, BEGUN_ELSEWHERE, LOST)
        purposes = {
            attempts.SIGN_IN: self.sign_in,
            attempts.PROVE: self.prove,
            attempts.TRY: self.keep_for_trial,
            attempts.CONNECT: self.connect,
        }
        try:
            return purposes[attempt.purpose](request, attempt)
        except Refused as refusal:
            return refuse(request, str(refusal))

    def arrival(self, request: HttpRequest, provider: Provider, attempt: Attempt) -> Any:
        return protocol_of(provider).finish(
            provider,
            answer=request.GET.dict(),
            memory=attempt.memory,
            return_address=return_address(request, provider),
        )

    def sign_in(self, request: HttpRequest, attempt: Attempt) -> HttpResponse:
        provider = self.provider(attempt)
        user = welcome(provider=provider, arrival=self.arrival(request, provider, attempt))
        proving.note_sign_in(request, user, provider.pk)
        login = Login(user=user, redirect_url=attempt.goes_to or None, signal_kwargs={INSTITUTION: provider.pk})
        return perform_login(request, login)

    def prove(self, request: HttpRequest, attempt: Attempt) -> HttpResponse:
        provider = self.provider(attempt)
        arrival = self.arrival(request, provider, attempt)
        with within(provider.organisation):
            identity = queries.identity_for(provider, arrival.subject)
        if identity is None or identity.user_id != request.user.pk:
            return refuse(request, SOMEBODY_ELSE)
        proving.note_proof(request, provider.pk)
        return go_on(request, attempt)

    def connect(self, request: HttpRequest, attempt: Attempt) -> HttpResponse:
        if not request.user.is_authenticated or attempt.user_id != request.user.pk:
            return refuse(request, BEGUN_ELSEWHERE, LOST)
        provider = self.provider(attempt)
        connect(actor=request.user, provider=provider, arrival=self.arrival(request, provider, attempt))
        messages.success(request, f"{provider.organisation} opens your account from now on.")
        return redirect("accounts:show_account")

    def keep_for_trial(self, request: HttpRequest, attempt: Attempt) -> HttpResponse:
        """A lead looks at what the provider tells; nothing else comes of it."""
        provider = queries.provider_to_try(request.user, attempt.organisation_id, attempt.provider_id)
        if provider is None:
            raise Http404("There is no such sign-in.")
        request.session[attempts.TRY] = dict(self.arrival(request, provider, attempt).claims)
        return redirect("federation:try_provider", provider.organisation.slug, provider.pk)

    def provider(self, attempt: Attempt) -> Provider:
        provider = queries.provider_at_the_door(attempt.provider_id)
        if provider is None:
            raise Http404("There is no such sign-in.")
        return provider


def go_on(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    """To what somebody was about to do when they were asked who they are."""
    request.GET = request.GET.copy()  # type: ignore[assignment]
    request.GET["next"] = attempt.goes_to
    return resume_request(request) or redirect("accounts:show_account")


@method_decorator(never_cache, name="dispatch")
class ProveIdentityView(LoginRequiredMixin, View):
    """Show again that it is oneself, at the institution: it is asked to have one sign in anew, and to say when one did."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest) -> HttpResponse:
        identity = next(iter(queries.identities_of(request.user)), None)
        if identity is None:
            return redirect("account_reauthenticate")
        goes_to = local_path(request, request.GET.get("next", ""))
        return send_there(request, identity.provider, anew=True, purpose=attempts.PROVE, goes_to=goes_to)


@method_decorator([login_required, reauthentication_required, never_cache], name="dispatch")
class ConnectIdentityView(View):
    """Let an institution open one's own account; asked of whoever belongs to several organisations."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        provider = queries.provider_at_the_door(pk)
        if provider is None:
            raise Http404("There is no such sign-in.")
        return send_there(request, provider, purpose=attempts.CONNECT, user_id=request.user.pk)


# What is posted is signed by the provider; there is no session that it could misuse.
@method_decorator([csrf_exempt, never_cache], name="dispatch")
class EndSessionsView(View):
    """OpenID Connect Back-Channel Logout: the provider says that somebody has signed out there."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        provider = queries.provider_at_the_door(pk)
        if provider is None or provider.kind != Kind.OIDC:
            raise Http404("There is no such sign-in.")
        try:
            subject = oidc.check_logout_token(provider, request.POST.get("logout_token"))
        except Refused:
            return JsonResponse({"error": "invalid_request"}, status=LOST)
        with within(provider.organisation):
            identity = queries.identity_for(provider, subject)
            if identity is not None:
                sign_out_everywhere(identity=identity)
        return HttpResponse(status=200)
