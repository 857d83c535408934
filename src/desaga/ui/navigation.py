"""The workspace's navigation and masthead, told to `ui` by the slices that stand above it.

A slice registers in its `AppConfig.ready`; `ui` never learns what it shows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest

LARGEST_NAVIGATION = 7


class TooManyEntries(Exception):
    """A page would show more than seven entries of navigation."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One place to go.

    `url` answers the address for this request, or None where the entry is not for this person or
    page. `section` is compared with the first part of the page's URL name (`plans:list_plans` is in
    the section `plans`), so that the entry is marked as current. `order` sorts, lowest first.
    """

    label: str
    section: str
    url: Callable[[HttpRequest], str | None]
    order: int = 100


@dataclass(frozen=True, kw_only=True)
class ShownEntry:
    """An entry as one page shows it."""

    label: str
    url: str
    is_current: bool


@dataclass(frozen=True, kw_only=True)
class Masthead:
    """Whose page this is: the organisation's name and mark, and where its name leads.

    `look_url` addresses the stylesheet with the organisation's accent (see `colour.accent_stylesheet`).
    """

    name: str
    url: str
    logo_url: str | None = None
    look_url: str | None = None


@dataclass(frozen=True, kw_only=True)
class Banner:
    """A state that must not be forgotten while it lasts, shown above every workspace page with the way out of it."""

    sentence: str
    url: str
    label: str


MastheadProvider = Callable[[HttpRequest], Masthead | None]
BannerProvider = Callable[[HttpRequest], Banner | None]

_entries: dict[str, Entry] = {}
_account_entries: dict[str, Entry] = {}
_footer_entries: dict[str, Entry] = {}
_masthead_providers: list[MastheadProvider] = []
_banner_providers: list[BannerProvider] = []


def register(entry: Entry) -> None:
    """Add an entry to the workspace's navigation; one of the same section takes its place."""
    _entries[entry.section] = entry


def register_account(entry: Entry) -> None:
    """Add an entry to the small account menu at the right of the masthead."""
    _account_entries[entry.section] = entry


def register_footer(entry: Entry) -> None:
    """Add a link to the foot of every page."""
    _footer_entries[entry.section] = entry


def register_banner(provider: BannerProvider) -> None:
    """Say who answers whether a state lasts that every page must show."""
    _banner_providers.append(provider)


def register_masthead(provider: MastheadProvider) -> None:
    """Say who answers whose page a request is for; the first answer that is not None is shown."""
    _masthead_providers.append(provider)


def entries_for(request: HttpRequest) -> list[ShownEntry]:
    """The navigation of this page, at most seven entries, in order.

    Raises `TooManyEntries` beyond that: a longer menu is a question of design, not of wrapping.
    """
    shown = _shown(_entries, request)
    if len(shown) > LARGEST_NAVIGATION:
        raise TooManyEntries(f"{len(shown)} entries of navigation; at most {LARGEST_NAVIGATION} fit.")
    return shown


def account_entries_for(request: HttpRequest) -> list[ShownEntry]:
    """The account menu of this page, in order."""
    return _shown(_account_entries, request)


def footer_entries_for(request: HttpRequest) -> list[ShownEntry]:
    """The links at the foot of this page, in order."""
    return _shown(_footer_entries, request)


def banners_for(request: HttpRequest) -> list[Banner]:
    """The states that last on this page."""
    return [banner for provider in _banner_providers if (banner := provider(request)) is not None]


def masthead_for(request: HttpRequest) -> Masthead | None:
    """Whose page this is, or None where it is Desaga's own."""
    for provider in _masthead_providers:
        if (masthead := provider(request)) is not None:
            return masthead
    return None


def _shown(entries: dict[str, Entry], request: HttpRequest) -> list[ShownEntry]:
    section = _section_of(request)
    addressed = ((entry, entry.url(request)) for entry in sorted(entries.values(), key=lambda e: e.order))
    return [
        ShownEntry(label=entry.label, url=url, is_current=entry.section == section)
        for entry, url in addressed
        if url is not None
    ]


def _section_of(request: HttpRequest) -> str:
    match = getattr(request, "resolver_match", None)
    return getattr(request, "navigation_section", None) or (match.namespaces[0] if match and match.namespaces else "")
