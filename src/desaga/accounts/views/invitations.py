"""Inviting, and answering an invitation."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth import login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.generic import TemplateView

from desaga.organisations.doors import ConfirmView, WorkspaceFormView, WorkspaceView
from desaga.organisations.refusals import Refused
from desaga.tenancy.context import enter

from .. import operations, queries
from ..forms import InvitationForm, NewAccountForm
from ..models import Invitation
from ..states import InvitationState

ROWS_A_PAGE = 50
GONE = 410
BACKEND = "django.contrib.auth.backends.ModelBackend"


class InvitationsMixin:
    section = "people"
    permission = "accounts.invite_people"
    goes_to = "accounts:list_invitations"


class ListInvitationsView(InvitationsMixin, WorkspaceView):
    template_name = "accounts/list_invitations.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = Paginator(queries.invitations_listed(), ROWS_A_PAGE).get_page(self.request.GET.get("page"))
        return super().get_context_data(page_obj=page, **kwargs)


class InvitePersonView(InvitationsMixin, WorkspaceFormView):
    template_name = "accounts/invite_person.html"
    form_class = InvitationForm
    title, button = "Invite somebody", "Send the invitation"
    said = "The invitation is on its way."

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "membership": self.request.membership}  # type: ignore[attr-defined]

    def perform(self, form: InvitationForm) -> Invitation:
        return operations.invite_person(actor=self.request.user, organisation=self.organisation, **form.cleaned_data)


class OneInvitationMixin(InvitationsMixin):
    def invitation(self) -> Invitation:
        return get_object_or_404(queries.invitations_listed(), pk=self.kwargs["pk"])  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(thing=self.invitation(), **kwargs)  # type: ignore[misc]


class ResendInvitationView(OneInvitationMixin, ConfirmView):
    template_name = "accounts/resend_invitation.html"
    title, button = "Send the invitation again", "Send it again"
    sentence = "They get one e-mail with a new link, open for fourteen days. The link of the former e-mail ends."
    said = "The invitation is on its way again."

    def perform(self) -> Invitation:
        return operations.resend_invitation(actor=self.request.user, invitation=self.invitation())


class RevokeInvitationView(OneInvitationMixin, ConfirmView):
    title, button = "Take the invitation back", "Take it back"
    sentence = "The link in their e-mail ends at once. They are not told."
    said = "The invitation is taken back."

    def perform(self) -> Invitation:
        return operations.revoke_invitation(actor=self.request.user, invitation=self.invitation())


@method_decorator(sensitive_post_parameters("password", "key"), name="dispatch")
@method_decorator(never_cache, name="dispatch")
class AcceptInvitationView(TemplateView):
    """The page behind the link. Opening it changes nothing: programs that look at mail open links too.

    The key is a query word, and a hidden field of the form: paths are what logs hold.
    """

    template_name = "accounts/accept_invitation.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.key = (request.POST if request.method == "POST" else request.GET).get("key", "")
        organisation = queries.workspaces().filter(slug=kwargs["organisation_slug"]).first()
        invitation = queries.invitation_for_key(organisation, self.key) if organisation else None
        if organisation is None or invitation is None:
            return self.render_to_response({"trouble": "unknown"}, status=404)
        self.invitation, self.organisation = invitation, organisation
        user = request.user if request.user.is_authenticated else None
        enter(organisation, user=user)
        if invitation.state != InvitationState.OPEN:
            return self.render_to_response(self.get_context_data(trouble=str(invitation.state)), status=GONE)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            if request.user.is_authenticated:
                operations.accept_as(actor=request.user, invitation=self.invitation)
                return self.welcome()
            form = self.form(request.POST)
            if not form.is_valid():
                return self.render_to_response(self.get_context_data(form=form))
            user = operations.accept_with_new_account(invitation=self.invitation, **form.cleaned_data)
        except Refused as refusal:
            return self.render_to_response(self.get_context_data(refusal=str(refusal)))
        login(request, user, backend=BACKEND)
        return self.welcome()

    def welcome(self) -> HttpResponse:
        messages.success(self.request, f"Welcome. You are now part of {self.organisation.short_name} here.")
        return redirect(reverse("home:show_organisation", args=[self.organisation.slug]))

    def form(self, data: Any = None) -> NewAccountForm:
        return NewAccountForm(data, email=self.invitation.email, initial={"name": self.invitation.name})

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = f"{self.request.path}?{urlencode({'key': self.key})}"
        known = not self.request.user.is_authenticated and queries.has_account(self.invitation.email)
        if not self.request.user.is_authenticated and not known:
            kwargs.setdefault("form", self.form())
        return super().get_context_data(
            invitation=self.invitation,
            key=self.key,
            here=here,
            has_account=known,
            sign_in_url=f"{reverse('account_login')}?{urlencode({'next': here})}",
            **kwargs,
        )
