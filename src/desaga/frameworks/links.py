"""Links on a framework's page that slices above bring along, such as what answers it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Link:
    """A page of another slice about this framework."""

    label: str
    url: str


#: Answers the links for the framework of this name, within the organisation of the request.
Provider = Callable[[HttpRequest, str], Iterable[Link]]

_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Say who brings links along; called once, in `AppConfig.ready`."""
    _providers.append(provider)


def links_for(request: HttpRequest, name: str) -> list[Link]:
    """The links for a framework's page, in the order in which their slices registered."""
    return [link for provider in _providers for link in provider(request, name)]
