"""News and events."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.utils.timezone import now as now_

from .people import still_agreed

if TYPE_CHECKING:
    from ..models import EventPage, NewsPage
    from ..models.pages import HomePage

A_NEWS_PAGE, MOST_COMING, MOST_IN_FEED, ON_FRONT = 12, 3, 30, 3
A_YEAR = timedelta(days=365)


def news_of(page: Any) -> QuerySet[NewsPage]:
    from ..models import NewsPage

    return NewsPage.objects.child_of(page).live().filter(still_agreed()).order_by("-dated", "-pk")


def events_of(page: Any) -> QuerySet[EventPage]:
    from ..models import EventPage

    return EventPage.objects.child_of(page).live().filter(still_agreed())


def coming(page: Any, now: datetime) -> QuerySet[EventPage]:
    """Events that are not over, the next first."""
    return events_of(page).filter(ends_at__gte=now).order_by("starts_at", "pk")


def news_on(page: Any, show: str, number: str | None, now: datetime) -> dict[str, Any]:
    """What a news page shows: news with the next events beside; or all events that come ("events"), or that were ("past")."""
    if show == "events":
        rows: QuerySet[Any] = coming(page, now)
    elif show == "past":
        rows = events_of(page).filter(ends_at__lt=now).order_by("-starts_at", "-pk")
    else:
        show, rows = "", news_of(page)
    return {
        "found": Paginator(rows, A_NEWS_PAGE).get_page(number),
        "show": show,
        "narrowed": f"show={show}&" if show else "",
        "is_narrowed": bool(show),
        "coming": [] if show else list(coming(page, now)[:MOST_COMING]),
    }


def latest_news(page: Any) -> list[Any]:
    """News and events for a feed, what was published last first."""
    found: list[Any] = [*news_of(page).order_by("-first_published_at")[:MOST_IN_FEED], *events_of(page).order_by("-first_published_at")[:MOST_IN_FEED]]  # fmt: skip
    return sorted(found, key=lambda one: (one.first_published_at or now_(), one.pk), reverse=True)[:MOST_IN_FEED]


def events_for_calendars(page: Any, now: datetime) -> list[EventPage]:
    return list(events_of(page).filter(ends_at__gte=now - A_YEAR).order_by("starts_at", "pk"))


def news_told(home: HomePage) -> dict[str, Any]:
    """The newest of a front page: news, and what comes next."""
    from ..models import NewsIndexPage

    page = NewsIndexPage.objects.child_of(home).live().first()
    if page is None:
        return {"news_page": None, "news": [], "coming": []}
    return {"news_page": page, "news": list(news_of(page)[:ON_FRONT]), "coming": list(coming(page, now_())[:ON_FRONT])}
