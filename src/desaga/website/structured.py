"""What pages tell programs of themselves, in words of https://schema.org. Pure: what it is given is published."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

CONTEXT = "https://schema.org"
#: Their words are American.
ORGANISATION, ORGANISER = "Organization", "organizer"


def thing(kind: str, **told: Any) -> dict[str, Any]:
    """One thing, without what is not said of it."""
    return {"@context": CONTEXT, "@type": kind} | inner(**told)


def inner(**told: Any) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value not in ("", None, [], {})}


def named(kind: str, name: str, **told: Any) -> dict[str, Any]:
    """A thing within another."""
    return {"@type": kind, "name": name} | inner(**told) if name else {}


def publisher(frame: Mapping[str, Any]) -> dict[str, Any]:
    return named(ORGANISATION, frame["organisation"].name, url=frame["home_address"])


def site_of(frame: Mapping[str, Any]) -> dict[str, Any]:
    return thing("WebSite", name=frame["home"].title, url=frame["home_address"], inLanguage="en-GB", publisher=publisher(frame))  # fmt: skip


def crumbs_of(frame: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Where a page stands; nothing for a front page."""
    trail = frame["trail_addresses"]
    if not trail:
        return []
    steps = [
        {"@type": "ListItem", "position": place, "name": name, "item": address}
        for place, (name, address) in enumerate(trail, start=1)
    ]
    return [thing("BreadcrumbList", itemListElement=steps)]
