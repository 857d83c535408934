"""The door of the editing pages: who edits which site follows from their roles, asked anew at each request."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_update
from django.contrib.auth.models import Group
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.models import Collection

from desaga.organisations.membership import organisations_of
from desaga.organisations.models import Organisation

from .models import NationalHomePage, OrganisationHomePage
from .reach import reach

EDITORS, PUBLISHERS = "edits the site of", "publishes on the site of"
OURS = "the site of "
#: Accounts, groups and sign-in are the workspace's; who moderates follows from roles.
CLOSED = ("users/", "groups/", "collections/", "workflows/", "login/", "password_reset/", "test404/", "failwhale/")


def group_name(kind: str, organisation: Organisation) -> str:
    """The group through which Wagtail knows what one may do on a site."""
    return f"{kind} {organisation.pk}"


def sites_of(user: Any) -> list[tuple[Any, bool]]:
    """The front pages of the sites that a user edits, each with whether they may publish there."""
    edits = {one.pk: one for one in organisations_of(user) if user.has_perm("website.edit", one)}
    homes = [
        home
        for kind in (NationalHomePage, OrganisationHomePage)
        for home in kind.objects.filter(belongs_to__in=list(edits)).select_related("belongs_to")
    ]
    return [(home, user.has_perm("website.publish", edits[home.belongs_to_id])) for home in homes]


def keep_groups(user: Any, sites: list[tuple[Any, bool]]) -> None:
    """The user's groups are what their roles say today, neither more nor fewer."""
    wanted = {group_name(EDITORS, home.belongs_to) for home, _ in sites}
    wanted |= {group_name(PUBLISHERS, home.belongs_to) for home, may_publish in sites if may_publish}
    held = set(user.groups.filter(name__contains=OURS).values_list("name", flat=True))
    if held == wanted:
        return
    user.groups.remove(*Group.objects.filter(name__in=held - wanted))
    user.groups.add(*Group.objects.filter(name__in=wanted - held))


def enter_sites(user: Any) -> list[tuple[Any, bool]]:
    """Open to the request the sites that its user edits, and no other. Nothing where they edit none."""
    sites = sites_of(user)
    keep_groups(user, sites)
    names = [collection_name(home.belongs_to) for home, _ in sites]
    collections = Collection.objects.filter(name__in=names).values_list("path", flat=True) if sites else []
    reach([home.path for home, _ in sites], collections)
    return sites


def collection_name(organisation: Organisation) -> str:
    return f"{organisation.name} ({organisation.pk})"


def through_door(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Only editors come in, and only as far as their own sites. A page may frame another of ours: that is how a preview is shown."""

    @csp_update({"frame-src": [SELF], "frame-ancestors": [SELF]})
    @xframe_options_sameorigin
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.path.removeprefix(reverse("wagtailadmin_home")).startswith(CLOSED):
            raise Http404("There is no such page.")
        if not enter_sites(request.user):
            raise PermissionDenied(
                "You edit no site. The lead of your organisation makes editors, and founds the site."
            )
        return view(request, *args, **kwargs)

    return guarded
