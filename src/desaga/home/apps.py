from __future__ import annotations

from collections.abc import Callable

from django.apps import AppConfig
from django.http import HttpRequest
from django.urls import reverse

from desaga.ui import finding, navigation, waiting

Address = Callable[[HttpRequest], str | None]


class HomeConfig(AppConfig):
    name = "desaga.home"
    label = "home"
    verbose_name = "Home"

    def ready(self) -> None:
        from .search import KINDS
        from .waiting import SOURCES

        entry = navigation.Entry
        navigation.register(
            entry(label="Overview", section="overview", order=10, url=in_workspace("show_organisation"))
        )
        navigation.register_account(
            entry(label="Search", section="search", order=5, url=in_workspace("search_organisation"))
        )
        navigation.register_account(entry(label="My work", section="my-work", order=10, url=my_work))
        for label, section, name, order in (
            ("Accessibility", "accessibility", "show_accessibility", 10),
            ("Privacy", "privacy", "show_privacy", 20),
            ("Cookies", "cookies", "show_cookies", 30),
        ):
            navigation.register_footer(entry(label=label, section=section, order=order, url=anywhere(name)))
        for kind in KINDS:
            finding.register(kind)
        for source in SOURCES:
            waiting.register(source)


def anywhere(name: str) -> Address:
    return lambda request: reverse(f"home:{name}")


def in_workspace(name: str) -> Address:
    """The address of a page of the workspace that the request is in; None outside."""

    def url(request: HttpRequest) -> str | None:
        organisation = getattr(request, "organisation", None)
        return organisation and reverse(f"home:{name}", args=[organisation.slug])

    return url


def my_work(request: HttpRequest) -> str | None:
    return reverse("home:list_waiting") if request.user.is_authenticated else None
