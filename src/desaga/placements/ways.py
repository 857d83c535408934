"""The way to an application: on it, and nowhere else, accounts are offered without an invitation."""

from __future__ import annotations

from django.urls import Resolver404, resolve

from desaga.accounts.queries import workspaces
from desaga.tenancy.context import within

from .models import Scheme
from .queries.schemes import takes_applications


def leads_to_an_application(path: str) -> bool:
    """Whether a path is the page of a scheme that is open to the public and takes applications now."""
    try:
        match = resolve(path)
    except Resolver404:
        return False
    if match.view_name != "placements:apply":
        return False
    organisation = workspaces().filter(slug=match.kwargs["organisation_slug"]).first()
    if organisation is None:
        return False
    with within(organisation):
        scheme = Scheme.objects.filter(slug=match.kwargs["scheme_slug"]).first()
        return bool(scheme and scheme.is_published and takes_applications(scheme))
