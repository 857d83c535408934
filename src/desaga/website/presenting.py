"""What stands around a page of a site: whose it is, what is in its menu, where one is."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from . import queries


def frame_of(page: Any) -> dict[str, Any]:
    """The same for everybody, whoever is signed in."""
    home = queries.home_of(page)
    if home is None:
        return {}
    return {
        "home": home,
        "organisation": home.belongs_to,
        "menu": list(home.get_children().live().in_menu()),
        "trail": list(page.get_ancestors().descendant_of(home, inclusive=True)) if page.pk != home.pk else [],
        "canonical": address_of(page),
    }


def address_of(page: Any) -> str:
    """Where everybody finds a page: under the address that the server is known by, not the one that Wagtail keeps."""
    return f"{settings.SITE_ADDRESS}{page.get_url()}"
