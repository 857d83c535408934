"""What stands around a page of a site: whose it is, what is in its menu, where one is."""

from __future__ import annotations

import hashlib
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django_scopes import scopes_disabled

from desaga.organisations.models import Organisation
from desaga.organisations.sites import Place, Site
from desaga.placements.queries.schemes import open_schemes
from desaga.public.queries import copies_by
from desaga.stories.queries import open_calls
from desaga.ui.languages import ENGLISH
from desaga.workforce.releasing.queries import public_figures_by

from . import queries
from .languages import LOCALES, WORDS, languages_of


def frame_of(page: Any) -> dict[str, Any]:
    """The same for everybody, whoever is signed in."""
    home = queries.home_of(page)
    if home is None:
        return {}
    trail = list(page.get_ancestors().descendant_of(home, inclusive=True)) if page.pk != home.pk else []
    return {
        "home": home,
        "home_address": address_of(home),
        "organisation": home.belongs_to,
        "site": site_around(home),
        "here": page.get_url(),
        "trail": trail,
        "trail_addresses": [(one.title, address_of(one)) for one in [*trail, page]] if trail else [],
        "canonical": address_of(page),
        "card_address": f"{address_of(page)}card/",
        **in_languages(page),
    }


def site_of(organisation: Any) -> Site | None:
    """The open site of an organisation, for its pages that other slices serve."""
    home = queries.open_home_of(organisation)
    return site_around(home) if home else None


def site_around(home: Any) -> Site:
    """What every page of a site is framed in."""
    below = list(home.get_children().live())
    owner = home.belongs_to
    return Site(
        name=home.title,
        url=home.get_url(),
        menu=tuple(Place(one.title, one.get_url()) for one in below if one.show_in_menus),
        more=(*(Place(one.title, one.get_url()) for one in below if not one.show_in_menus), *places_elsewhere(owner)),
        look_url=reverse("website:show_site_look", args=[owner.slug]) if owner.accent else "",
        logo_url=f"{reverse('website:show_site_logo', args=[owner.slug])}?{print_of(owner.logo.name)}"
        if owner.logo
        else "",
        accessibility_url=f"{home.get_url()}accessibility/",
    )


def print_of(name: str) -> str:
    """A few letters that change with a file's name: what was kept of the one before is not shown in its place."""
    return hashlib.sha256(name.encode()).hexdigest()[:8]


def places_elsewhere(organisation: Any) -> list[Place]:
    """What other slices show to everybody of the organisation: its plans, its figures, what it funds. One query."""
    told = (
        ("Action plans", "public:list_public_plans", copies_by),
        ("Technical staff in figures", "public:show_public_figures", public_figures_by),
        ("What we fund", "placements:list_open_schemes", open_schemes),
        ("Tell your story", "stories:list_open_calls", open_calls),
    )
    # What anybody may read has no scope: conditions and row-level security say what that is.
    with scopes_disabled():
        there = [Exists(rows(OuterRef("slug"))) for _, _, rows in told]
        found = Organisation.objects.filter(pk=organisation.pk).values_list(*there).first() or ()
    return [Place(title, reverse(name, args=[organisation.slug])) for (title, name, _), is_there in zip(told, found, strict=False) if is_there]  # fmt: skip


def in_languages(page: Any) -> dict[str, Any]:
    """In which language a page is written, and where it stands in each of its languages."""
    language = getattr(page, "language", ENGLISH)
    told = [{"language": one.language, "name": one.name, "address": address_of(one.page)} for one in languages_of(page)]
    return {
        "language": language,
        "locale": LOCALES[language],
        "words": WORDS[language],
        # What stands around the page in English is said to be so, where the page is not.
        "around": ENGLISH if language != ENGLISH else "",
        "languages": told,
        "other_language": next((one for one in told if one["language"] != language), None),
    }


def statement_of(home: Any) -> dict[str, Any]:
    """The frame of a site's accessibility statement, which stands beside its front page, and whom to write to."""
    address = f"{address_of(home)}accessibility/"
    own = {
        "canonical": address,
        "trail": [home],
        "other_language": None,
        "languages": [],
        "contact": settings.CONTACT_ADDRESS,
    }
    return {"page": home, **frame_of(home), **own, "told_title": "Accessibility statement", "told_summary": "How accessible this site is, what is not, and what to do."}  # fmt: skip


def address_of(page: Any) -> str:
    """Where everybody finds a page: under the address that the server is known by, not the one that Wagtail keeps."""
    return f"{settings.SITE_ADDRESS}{page.get_url()}"
