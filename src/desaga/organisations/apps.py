from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse

from desaga.ui import navigation

from . import grants

OFFERED = (
    ("organisations.unit", "units"),
    ("organisations.group", "groups"),
    ("organisations.party", "parties"),
    ("organisations.glossaryterm", "abbreviations"),
)


class OrganisationsConfig(AppConfig):
    name = "desaga.organisations"
    label = "organisations"
    verbose_name = "Organisations and people"

    def ready(self) -> None:
        navigation.register_masthead(masthead)
        for kind, plural in OFFERED:
            grants.offer(kind, plural)
        for label, section, name, order, permission in (
            ("People", "people", "list_people", 50, "organisations.see_people"),
            ("Parties", "parties", "list_parties", 60, "organisations.see_organisation"),
            ("Organisation", "organisations", "list_units", 70, "organisations.see_organisation"),
        ):
            navigation.register(
                navigation.Entry(label=label, section=section, order=order, url=workspace_url(name, permission))
            )


def workspace_url(name: str, permission: str) -> Any:
    """An entry's address in the workspace that the request is in; None outside, or without the permission."""

    def url(request: HttpRequest) -> str | None:
        organisation = getattr(request, "organisation", None)
        if organisation is None or not request.user.has_perm(permission, organisation):
            return None
        return reverse(f"organisations:{name}", args=[organisation.slug])

    return url


def masthead(request: HttpRequest) -> navigation.Masthead | None:
    """The organisation whose page this is."""
    organisation = getattr(request, "organisation", None)
    if organisation is None:
        return None
    address = {name: reverse(f"organisations:{name}", args=[organisation.slug]) for name in ("show_logo", "show_look")}
    return navigation.Masthead(
        name=organisation.name,
        url=home_of(organisation),
        logo_url=address["show_logo"] if organisation.logo else None,
        look_url=address["show_look"] if organisation.accent else None,
    )


def home_of(organisation: Any) -> str:
    """Where an organisation's name leads: its overview stands at the root of its workspace."""
    return f"/o/{organisation.slug}/"
