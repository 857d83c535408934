"""Each request in one transaction, in the name of whoever makes it and of the organisation whose pages it asks for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import has_vary_header

from desaga.tenancy.context import enter, within

from .membership import Membership
from .models import Organisation
from .rules import membership_in

SERVER_ERROR = 500


class SameForEverybodyMiddleware:
    """What says of itself that it is public is the same whoever asks: it does not vary by cookie, so that one copy serves all.

    Each request is asked who makes it, and Django's sessions note that as if the answer followed from it. Stands outside the sessions. An answer that sets a cookie is left as it is.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        said = {one.strip() for one in response.headers.get("Cache-Control", "").split(",")}
        if "public" in said and not response.cookies and has_vary_header(response, "Cookie"):
            others = [one for one in response.headers["Vary"].split(",") if one.strip().lower() != "cookie"]
            if others:
                response.headers["Vary"] = ",".join(others).strip()
            else:
                del response.headers["Vary"]
        return response


class TenancyMiddleware:
    """Opens the request's transaction, tells the database who asks, and lets nobody into another's workspace.

    Sets `request.person` (or None), and in a workspace `request.organisation` and `request.membership`. Someone without
    a role, an employment or an elevation there is answered 404, as if there were no such place; someone not signed in
    is asked to sign in, whether there is such a place or not.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        user = request.user if request.user.is_authenticated else None
        request.organisation = request.membership = None
        request.person_id = user and user.person_id
        with within(user=user):
            response = self.get_response(request)
            if response.status_code >= SERVER_ERROR or getattr(request, "refused", False):
                transaction.set_rollback(True)
            if user or request.user.is_authenticated:
                # What only its reader may see is kept by no proxy and no shared browser, unless a view knows better.
                response.headers.setdefault("Cache-Control", "private, no-store")
            return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        slug = kwargs.get("organisation_slug")
        if slug is None or getattr(view, "opens_without_standing", False):
            return None
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        request.membership = self.membership(request, slug)
        request.organisation = request.membership.organisation
        enter(request.organisation, user=request.user, elevated=request.membership.elevation is not None)
        request.membership.note_elevated_use(request.method or "", request.path)
        return None

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        # By the time __call__ sees it, Django has made an answer of the exception; what it wrote must still not stay.
        request.refused = True

    def membership(self, request: HttpRequest, slug: str) -> Membership:
        organisation = Organisation.objects.with_workspace().filter(slug=slug).first()
        membership = organisation and membership_in(request.user, organisation)
        if not membership:
            raise Http404("There is no such workspace, or it is not open to you.")
        return membership


def opens_without_standing(view: Callable[..., Any]) -> Callable[..., Any]:
    """Mark a workspace view that checks a signed link of its own and then calls `enter` itself."""
    view.opens_without_standing = True  # type: ignore[attr-defined]
    return view
