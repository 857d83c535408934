"""News and events for feed readers: Atom (RFC 4287) and RSS 2.0 of the same entries."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any

from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from . import queries
from .presenting import address_of

ATOM, RSS = "application/atom+xml; charset=utf-8", "application/rss+xml; charset=utf-8"
KINDS = {"atom": Atom1Feed, "rss": Rss201rev2Feed}


def written(page: Any, kind: str) -> str:
    """The feed of a news page, as text."""
    home = queries.home_of(page)
    address = address_of(page)
    feed = KINDS[kind](
        title=f"{page.title} – {home.title}" if home else page.title,
        link=address,
        description=page.summary,
        language="en-gb",
        feed_url=f"{address}{kind}/",
        author_name=home.belongs_to.name if home else None,
    )
    for entry in queries.latest_news(page):
        feed.add_item(**item(entry))
    return feed.writeString("utf-8")


def item(entry: Any) -> dict[str, Any]:
    """News by its day; an event says when it is, before its summary."""
    address = address_of(entry)
    first = entry.first_published_at or timezone.now()
    told = {"title": entry.title, "link": address, "unique_id": address, "unique_id_is_permalink": True,
            "updateddate": entry.last_published_at or first}  # fmt: skip
    if hasattr(entry, "starts_at"):
        words = ", ".join(one for one in (entry.when, entry.where) if one)
        return {**told, "description": f"{words}. {entry.summary}", "pubdate": first}
    day = timezone.make_aware(datetime.combine(entry.dated, time(9)))
    return {**told, "description": entry.summary, "pubdate": day}
