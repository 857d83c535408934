"""What an institution's sign-in changes of signing in: who must use it, and how one shows again that it is oneself."""

from __future__ import annotations

from typing import Any

from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ReauthenticationRequired
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from desaga.accounts.adapter import AccountAdapter

from . import proving, queries
from .proving import INSTITUTION
from .rules import may_keep_password

REFUSED = 403


class FederatedAccountAdapter(AccountAdapter):
    def pre_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse | None:
        """Whose organisation demands its own sign-in comes in by no password and no passkey; its leads do."""
        answer = super().pre_login(request, user, **kwargs)
        if answer is not None or INSTITUTION in (kwargs.get("signal_kwargs") or {}):
            return answer
        provider = queries.provider_demanded_of(user)
        if provider is None or may_keep_password(user, provider):
            return None
        clear_login(request)
        return render(request, "federation/demanded.html", {"provider": provider}, status=REFUSED)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The institution's sign-in beside password and second step, for whom it opens their account."""
        methods = list(super().get_reauthentication_methods(user))
        if user.is_authenticated and queries.identities_of(user):
            methods.append(
                {"id": INSTITUTION, "description": "Institution", "url": reverse("federation:prove_identity")}
            )
        return methods

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """allauth lets whoever has neither password nor second step pass. Their institution is asked instead."""
        if not super().is_reauthentication_required(app=app, **kwargs):
            return False
        user = self.request.user
        if get_reauthentication_flows(user):
            return True
        if proving.has_proved_lately(self.request):
            return False
        if not self.get_reauthentication_methods(user):
            raise PermissionDenied(
                "There is no way to check that it is you. Sign out, and ask for a new password by e-mail."
            )
        raise ReauthenticationRequired
