"""The door of the editing pages: who edits which site follows from their roles, asked anew at each request."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import reduce, wraps
from operator import or_
from typing import Any

from csp.constants import HEADER, SELF
from csp.decorators import csp_replace
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from wagtail.models import Collection

from desaga.organisations.membership import organisations_of
from desaga.organisations.models import Organisation, RoleAssignment
from desaga.organisations.ownership import current_on
from desaga.organisations.states import Role
from desaga.tenancy.context import enter, within

from .models import NationalHomePage, OrganisationHomePage
from .reach import reach

EDITORS, PUBLISHERS = "edits the site of", "publishes on the site of"
OURS = "the site of "
#: Accounts, groups and sign-in are the workspace's; who moderates follows from roles.
CLOSED = ("users/", "groups/", "collections/", "workflows/", "login/", "password_reset/", "test404/", "failwhale/",
          "tag-autocomplete/")  # fmt: skip
#: Nothing is tagged: tags know no organisations.
TAGS = "/add_tags/"


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


def keep_publishers(home: Any, user: Any) -> None:
    """Those who lead here are among the publishers, also where they never opened the editing pages: Wagtail writes to them when something is handed in."""
    organisation = home.belongs_to
    with within(organisation, user=user):
        leads = RoleAssignment.objects.filter(current_on(), role=Role.LEAD).values("person")
        users = list(get_user_model().objects.filter(person__in=leads, is_active=True))
    Group.objects.get(name=group_name(PUBLISHERS, organisation)).user_set.set(users)


def enter_sites(user: Any) -> list[tuple[Any, bool]]:
    """Open to the request the sites that its user edits, and no other. Nothing where they edit none."""
    sites = sites_of(user)
    keep_groups(user, sites)
    collections = collections_of([home.belongs_to for home, _ in sites]).values_list("path", flat=True) if sites else []
    if len(sites) == 1:
        # Who wrote and who changed a page is said by name.
        enter(sites[0][0].belongs_to, user=user)
    reach([home.path for home, _ in sites], collections)
    return sites


def collection_name(organisation: Organisation) -> str:
    """What an editor of several sites reads. What finds it again is the number at its end: names change."""
    return f"{organisation.name}{numbered(organisation)}"


def numbered(organisation: Organisation) -> str:
    return f" ({organisation.pk})"


def stories_collection_name(organisation: Organisation) -> str:
    return f"Stories of {organisation.pk}"


def collections_of(organisations: Iterable[Organisation]) -> QuerySet[Collection]:
    """The collections of these organisations' editors, whatever the organisations were called when they were made."""
    ends = [Q(name__endswith=numbered(one)) for one in organisations]
    return Collection.objects.filter(reduce(or_, ends, Q(pk__in=[])))


def through_door(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Only editors come in, and only as far as their own sites. A page may frame another of ours: that is how a preview is shown."""

    @csp_replace({"frame-src": [SELF], "frame-ancestors": [SELF]})
    @xframe_options_sameorigin
    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if request.path.removeprefix(reverse("wagtailadmin_home")).startswith(CLOSED) or request.path.endswith(TAGS):
            raise Http404("There is no such page.")
        sites = enter_sites(request.user)
        if not sites:
            raise PermissionDenied(
                "You edit no site. The lead of your organisation makes editors, and founds the site."
            )
        if "action-submit" in request.POST:
            for home, _ in sites:
                keep_publishers(home, request.user)
        answer = view(request, *args, **kwargs)
        # Wagtail writes a preview by a request of its own, and its answer says already that nobody may frame it.
        for name in (HEADER, "X-Frame-Options"):
            del answer.headers[name]
        return answer

    return guarded
