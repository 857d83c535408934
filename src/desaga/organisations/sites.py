"""What stands around an organisation's public pages: its site, as told by the slice that makes sites.

A slice below it that serves a page to everybody asks `site_of` and hands the answer to `ui/site.html`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse


@dataclass(frozen=True)
class Place:
    """Where a word in a menu leads."""

    title: str
    url: str


@dataclass(frozen=True, kw_only=True)
class Site:
    """Whose page it is and where its name leads, its menu, what else there is, its accent, its logo and its accessibility statement."""

    name: str
    url: str
    accessibility_url: str
    menu: tuple[Place, ...] = ()
    more: tuple[Place, ...] = ()
    look_url: str = ""
    logo_url: str = ""


Provider = Callable[[Any], Site | None]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Say who answers with an organisation's site; the first answer that is not None is shown."""
    _providers.append(provider)


def site_of(organisation: Any, *, without: str) -> Site:
    """The site that is open to everybody. Where there is none, the organisation's name leads to the address `without` one."""
    found = (provider(organisation) for provider in _providers)
    bare = Site(name=organisation.name, url=without, accessibility_url=reverse("home:show_accessibility"))
    return next((site for site in found if site is not None), bare)
