"""What the site offers to its newsletter: stories whose person agreed to that, news, and events to come."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.utils import timezone
from django.utils.timezone import localdate

from desaga.consents.states import Where
from desaga.newsletters.offering import Piece
from desaga.stories.models import Story
from desaga.stories.states import StoryState

from . import queries
from .consenting import by_mail
from .models import EventPage, NewsPage, StoryPage
from .presenting import address_of

MOST = 40
MAIL_PICTURE = "fill-640x480|format-jpeg"


class OnSite:
    """Pages of the organisation's own site, as everybody reads them today."""

    def offered(self, organisation: Any) -> list[Piece]:
        home = queries.home_belonging_to(organisation)
        if home is None or not home.live:
            return []
        newest = "-first_published_at"
        coming = EventPage.objects.descendant_of(home).live().filter(ends_at__gte=timezone.now())
        return [
            *stories_offered(queries.shown(StoryPage.objects.descendant_of(home)).order_by(newest)[:MOST]),
            *pieces_of(organisation, NewsPage.objects.descendant_of(home).live().order_by(newest)[:MOST]),
            *pieces_of(organisation, coming.order_by("starts_at")[:MOST]),
        ]

    def pieces(self, organisation: Any, keys: Collection[str]) -> list[Piece]:
        home = queries.home_belonging_to(organisation)
        if home is None or not home.live:
            return []
        numbers = sorted_out(keys)
        stories = queries.shown(StoryPage.objects.descendant_of(home)).filter(story__in=numbers["story"])
        return [
            *stories_offered(stories),
            *pieces_of(organisation, NewsPage.objects.descendant_of(home).live().filter(pk__in=numbers["news"])),
            *pieces_of(organisation, EventPage.objects.descendant_of(home).live().filter(pk__in=numbers["event"])),
        ]

    def picture(self, organisation: Any, key: str) -> bytes:
        numbers = sorted_out([key])
        story = StoryPage.objects.live().filter(story__in=numbers["story"]).select_related("portrait").first()
        news = NewsPage.objects.live().filter(pk__in=numbers["news"]).first()
        event = EventPage.objects.live().filter(pk__in=numbers["event"]).first()
        page = news or event
        picture = (
            story.portrait if story else page and page.pk in by_mail(organisation, [page]) and picture_at_top(page)
        )
        if not picture:
            return b""
        with picture.get_rendition(MAIL_PICTURE).file.open() as file:
            return bytes(file.read())

    def archive(self, organisation: Any) -> str:
        page = queries.newsletter_page(organisation)
        return address_of(page) if page else ""


def sorted_out(keys: Collection[str]) -> dict[str, list[int]]:
    """ "story:12" and its like, by kind; what is no key of ours is left out."""
    found: dict[str, list[int]] = {"story": [], "news": [], "event": []}
    for key in keys:
        kind, _, number = key.partition(":")
        if kind in found and number.isdecimal():
            found[kind].append(int(number))
    return found


def stories_offered(rows: Any) -> list[Piece]:
    """Those that rest on a consent which is for newsletters too, and holds today."""
    pages = list(rows.select_related("portrait").prefetch_related("portrait__renditions"))
    known = Story.objects.filter(pk__in=[one.story for one in pages], state=StoryState.PUBLISHED).select_related("consent")  # fmt: skip
    consents = {one.pk: one.consent for one in known if one.consent}
    today = localdate()
    return [
        story_piece(page, consent.pk)
        for page in pages
        if (consent := consents.get(page.story)) and consent.holds_on(today) and Where.NEWSLETTER in consent.where
    ]


def story_piece(page: StoryPage, consent: int) -> Piece:
    return Piece(
        key=f"story:{page.story}", kind="Story", title=page.title, summary=page.summary, address=address_of(page), consent=consent,
        picture_url=url_of(page.portrait), picture_words=page.portrait_words if page.portrait else "",
    )  # fmt: skip


def pieces_of(organisation: Any, rows: Any) -> list[Piece]:
    """News or events that are shown today; their picture, where whoever is in it agreed to newsletters too."""
    pages = [one for one in rows if not one.is_over]
    consents = by_mail(organisation, pages)
    return [piece_of(page, page.pk in consents, consents.get(page.pk)) for page in pages]


def piece_of(page: NewsPage | EventPage, is_pictured: bool, consent: int | None) -> Piece:
    kind, when = "News", ""
    if isinstance(page, EventPage):
        kind, when = "Event", f"{page.when}, {page.where}" if page.where else page.when
    picture = {"picture_url": url_of(picture_at_top(page)), "picture_words": words_at_top(page)} if is_pictured else {}
    return Piece(
        key=f"{kind.lower()}:{page.pk}", kind=kind, title=page.title, summary=page.summary, address=address_of(page), when=when,
        consent=consent, **picture,
    )  # fmt: skip


def picture_at_top(page: Any) -> Any:
    return next((block.value["picture"] for block in page.picture), None) if page else None


def words_at_top(page: Any) -> str:
    picture = picture_at_top(page)
    return "" if picture is None or picture.decorative else picture.contextual_alt_text or ""


def url_of(picture: Any) -> str:
    return picture.get_rendition(MAIL_PICTURE).url if picture else ""
