"""Where one is signed in, and when one was last seen there: told once a minute, so that reading a page writes nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.usersessions.models import UserSession
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

#: Within this time a session that was seen is not written down again, unless it comes from elsewhere.
FRESH = timedelta(minutes=1)


class SeenSessionsMiddleware:
    """In place of allauth's, which writes at every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.session.session_key and request.user.is_authenticated and not was_seen(request):
            UserSession.objects.create_from_request(request)
        return self.get_response(request)


def was_seen(request: HttpRequest) -> bool:
    """Whether this very session, of this user, was written down from this address and browser a moment ago."""
    length = UserSession._meta.get_field("user_agent").max_length
    rows = UserSession.objects.filter(
        session_key=request.session.session_key,
        user=request.user.pk,
        ip=get_adapter().get_client_ip(request),
        user_agent=request.META.get("HTTP_USER_AGENT", "")[:length],
        last_seen_at__gt=timezone.now() - FRESH,
    )
    return rows.exists()
