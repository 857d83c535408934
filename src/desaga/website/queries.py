"""What the public reads, and which sites there are."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.aggregates import ArrayAgg
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr
from django.urls import Resolver404, resolve
from django.utils.timezone import localdate
from django.utils.timezone import now as now_
from wagtail.models import Page, ReferenceIndex

from desaga.ui.languages import WELSH

if TYPE_CHECKING:
    from .models import (
        Download,
        EventPage,
        LostLink,
        NationalHomePage,
        NewsletterPage,
        NewsPage,
        OrganisationHomePage,
        StoriesPage,
        StoryPage,
    )
    from .models.pages import HomePage

MOST_RELATED = 3
LATEST = 6


def pages_below(page: Any) -> list[Any]:
    """The pages under one, without what it says itself in Welsh."""
    from .models import StandardPage

    return list(page.get_children().live().exclude(pk__in=StandardPage.objects.child_of(page).filter(language=WELSH)))


def shown(stories: QuerySet[StoryPage]) -> QuerySet[StoryPage]:
    """Those that may be seen today: live, and resting on consents that hold."""
    return stories.live().filter(Q(shown_until=None) | Q(shown_until__gt=localdate()))  # type: ignore[attr-defined]


def listed(stories: QuerySet[StoryPage]) -> QuerySet[StoryPage]:
    """Those for a list of people: nobody twice, so none that says in Welsh what an English one there says."""
    from .models import StoryPage

    english = shown(StoryPage.objects.filter(story=OuterRef("says")))
    return shown(stories).filter(Q(says=None) | ~Exists(english))


def pages_to_be_found() -> QuerySet[Page]:
    """What search engines may be told of: whatever of all open sites may be seen today. Two queries, however many pages."""
    from .models import SitesPage, StoryPage

    sites = SitesPage.objects.first()
    if sites is None:
        return Page.objects.none()
    gone = [StoryPage, *(kind for kind in showing_people() if not kind.stays)]
    # A page's path begins with that of its site's front page.
    front = sites.get_children().live()
    of_site = Substr("path", 1, len(sites.path) + Page.steplen)
    hidden = [kind.objects.filter(shown_until__lte=localdate()).order_by().values("pk") for kind in gone]
    pages = Page.objects.live().alias(of_site=of_site).filter(of_site__in=front.values("path"))
    return pages.exclude(pk__in=hidden[0].union(*hidden[1:])).order_by("path")


def stories_on(page: StoriesPage, asked: Mapping[str, str]) -> QuerySet[StoryPage]:
    """The stories of a site, or of all where it is the national one, the newest first."""
    from .models import StoryPage

    stories = listed(StoryPage.objects.all())
    if not is_national(page):
        stories = stories.child_of(page)  # type: ignore[attr-defined]
    if words := asked.get("q"):
        for word in words.split():
            stories = stories.filter(
                Q(title__icontains=word)
                | Q(job__icontains=word)
                | Q(summary__icontains=word)
                | Q(employer__icontains=word)
            )
    if field := asked.get("field"):
        stories = stories.filter(fields__contains=[field])
    if pillar := asked.get("shows"):
        stories = stories.filter(pillars__contains=[pillar])
    exact = {column: asked[name] for name, column in EXACT.items() if name in asked}
    return stories.filter(**exact).select_related("portrait").order_by("-first_published_at", "-pk")


def what_there_is(page: StoriesPage) -> dict[str, list[str]]:
    """By what stories of a site can be found, and which values there are, each once. Two queries, however many stories."""
    stories = stories_on(page, {}).order_by()
    told = stories.aggregate(**{name: ArrayAgg(column, distinct=True, default=[]) for name, column in EXACT.items()})
    tags = list(stories.values_list("fields", "pillars").distinct())
    told["field"] = {one for fields, _ in tags for one in fields}
    told["shows"] = {one for _, pillars in tags for one in pillars}
    return {name: sorted(set(values) - {""}) for name, values in told.items()}


def stories_told(home: HomePage) -> dict[str, Any]:
    """The newest stories of a front page, and where all of them are."""
    from .models import StoriesPage

    page = StoriesPage.objects.child_of(home).live().first()
    return {"stories_page": page, "latest": list(stories_on(page, {})[:LATEST]) if page else []}


EXACT = {"route": "route_in", "place": "place", "employer": "employer"}


def is_national(page: Any) -> bool:
    """Whether a page stands in the national site."""
    from .models import NationalHomePage

    return NationalHomePage.objects.ancestor_of(page, inclusive=True).exists()


def stories_like(story: StoryPage) -> QuerySet[StoryPage]:
    """A few others of the same site, of the same field or the same way in: nobody is shown on another organisation's pages. The national site shows all."""
    from .models import StoryPage

    alike = Q(fields__overlap=story.fields) | Q(route_in=story.route_in, route_in__gt="")
    others = listed(StoryPage.objects.exclude(story__in=[story.story, story.says])).filter(alike)
    if not is_national(story):
        others = others.sibling_of(story)  # type: ignore[attr-defined]
    return others.select_related("portrait").order_by("-first_published_at", "-pk")[:MOST_RELATED]


def home_of(page: Any) -> NationalHomePage | OrganisationHomePage | None:
    """The front page of the site in which a page stands; None at the root."""
    from .models import NationalHomePage, OrganisationHomePage

    for kind in (OrganisationHomePage, NationalHomePage):
        if isinstance(page, kind):
            return page
        home = kind.objects.ancestor_of(page).select_related("belongs_to").first()
        if home is not None:
            return home
    return None


def home_belonging_to(organisation: Any) -> NationalHomePage | OrganisationHomePage | None:
    """The front page of an organisation's site, published or not, with what there is to say of it to its editors."""
    from .models import NationalHomePage, OrganisationHomePage
    from .reach import reach_everything

    with reach_everything():
        for kind in (OrganisationHomePage, NationalHomePage):
            if found := kind.objects.filter(belongs_to=organisation).first():
                return found
    return None


def open_home_of(organisation: Any) -> NationalHomePage | OrganisationHomePage | None:
    """The front page of an organisation's site, where everybody may read it."""
    from .models import NationalHomePage, OrganisationHomePage

    rows = (kind.objects.live().filter(belongs_to=organisation).select_related("belongs_to").first() for kind in (OrganisationHomePage, NationalHomePage))  # fmt: skip
    return next((home for home in rows if home is not None), None)


def organisations_with_sites() -> list[Any]:
    """Whose site there is, published or not."""
    from .models import NationalHomePage, OrganisationHomePage
    from .reach import reach_everything

    with reach_everything():
        return [
            home.belongs_to
            for kind in (NationalHomePage, OrganisationHomePage)
            for home in kind.objects.select_related("belongs_to").order_by("pk")
        ]


def national_home() -> NationalHomePage | None:
    """The front page of the campaign, where there is one and it is published."""
    from .models import NationalHomePage

    return NationalHomePage.objects.live().first()


def pictures_beside(story: StoryPage) -> list[dict[str, Any]]:
    """The pictures after the portrait, each with its words and caption."""
    from .models import Picture

    kept = Picture.objects.in_bulk([one["picture"] for one in story.pictures])
    return [{**one, "picture": kept[one["picture"]]} for one in story.pictures if one["picture"] in kept]


# ---- The exhibition


def organisation_of(page: Any) -> Any:
    """Whose site a page stands in."""
    home = home_of(page)
    return home.belongs_to if home else None


def rooms_of(exhibition: Any) -> list[Any]:
    """The rooms that are open, in their order."""
    from .models import RoomPage

    return list(RoomPage.objects.child_of(exhibition).live().order_by("path"))


def rooms_beside(room: Any) -> list[Any]:
    """The rooms of the exhibition in which a room is, itself included."""
    from .models import RoomPage

    return list(RoomPage.objects.sibling_of(room).live().order_by("path"))


def still_agreed() -> Q:
    return Q(shown_until=None) | Q(shown_until__gt=localdate())


def things_under(page: Any) -> list[Any]:
    """What is shown today in the rooms under a page (or in the room that it is), in their order: two queries whatever their number."""
    from .models import ExhibitPage, ScenePage

    found = [
        one
        for kind in (ExhibitPage, ScenePage)
        for one in kind.objects.descendant_of(page).live().filter(still_agreed())
    ]
    return sorted(found, key=lambda one: one.path)


def things_in(room: Any) -> list[Any]:
    return things_under(room)


def with_cards(things: list[Any]) -> list[Any]:
    """Each thing with the picture that stands for it in a list, as `card`: one query for all."""
    from .models import Picture

    numbers = {one.pk: first_picture(one) for one in things}
    kept = Picture.objects.in_bulk([number for number in numbers.values() if number])
    for one in things:
        one.card = kept.get(numbers[one.pk])
    return things


def first_picture(thing: Any) -> int | None:
    """The number of its first picture, read without fetching it."""
    blocks = getattr(thing, "picture", None) or getattr(thing, "panorama", None)
    told = blocks.raw_data[0]["value"]["picture"] if blocks else None
    return told.get("image") if isinstance(told, dict) else told


def things_by_room(exhibition: Any) -> dict[str, list[Any]]:
    """What is shown, by the path of its room."""
    rooms: dict[str, list[Any]] = {}
    for one in things_under(exhibition):
        rooms.setdefault(one.path[: -one.steplen], []).append(one)
    return rooms


def pack_of(exhibition: Any) -> Any:
    """What was made of an exhibition to take away; None where nothing was yet."""
    from .models import SchoolPack

    return SchoolPack.objects.filter(exhibition_id=exhibition.pk).select_related("pack", "catalogue").first()


def captions_of(document: Any) -> str:
    """The words of a captions file; nothing where it is gone."""
    try:
        with document.file.open() as file:
            return str(file.read().decode("utf-8-sig")).replace("\r\n", "\n")
    except (FileNotFoundError, UnicodeDecodeError):
        return ""


def exhibition_belonging_to(organisation: Any) -> Any:
    """The exhibition of an organisation's site, published or not. Call where its pages are reached."""
    from .models import ExhibitionPage

    home = home_belonging_to(organisation)
    return ExhibitionPage.objects.child_of(home).first() if home else None


def exhibitions_shown() -> list[tuple[Any, int]]:
    """Whose exhibition is published, and its number."""
    from .models import ExhibitionPage
    from .reach import reach_everything

    with reach_everything():
        return [(organisation_of(one), one.pk) for one in ExhibitionPage.objects.live().order_by("pk")]


def exhibition_around(page: Any) -> Any:
    """The exhibition in which a page stands, or that it is; None elsewhere."""
    from .models import ExhibitionPage

    return ExhibitionPage.objects.ancestor_of(page, inclusive=True).first()


def resting_on(consent_pk: int) -> list[Any]:
    """What is shown on the strength of a consent, published or not. Call where all is reached."""
    rows = [
        kind.objects.filter(consents__contains=[consent_pk]).values_list("pk", flat=True) for kind in showing_people()
    ]
    found = list(rows[0].union(*rows[1:]))
    return list(Page.objects.filter(pk__in=found).order_by("path").specific()) if found else []


def showing_people() -> list[Any]:
    """The kinds of pages that may show somebody on the strength of consents."""
    from .models.people import ShowsPeople

    return [kind for kind in apps.get_app_config("website").get_models() if issubclass(kind, ShowsPeople)]


def showing_pictures_of(pages: list[Any]) -> list[Any]:
    """Other live pages that show one of the pictures of these. Call where all is reached."""
    from .models.people import ShowsPeople

    pictures = [str(number) for page in pages for number in pictures_of(page)]
    named = ReferenceIndex.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        to_content_type=picture_type(),
        to_object_id__in=pictures,
    )
    numbers = {int(number) for number in named.values_list("object_id", flat=True)} - {page.pk for page in pages}
    found = Page.objects.filter(pk__in=numbers).live().order_by("path").specific() if numbers else []
    return [one for one in found if isinstance(one, ShowsPeople)]


def pictures_of(page: Any) -> set[int]:
    """The numbers of all pictures that a page names, whatever block they stand in."""
    named = ReferenceIndex.get_references_for_object(page).filter(to_content_type=picture_type())
    return {int(number) for number in named.values_list("to_object_id", flat=True)}


def picture_type() -> ContentType:
    from .models import Picture

    return ContentType.objects.get_for_model(Picture)


def page_at(path: str) -> Any:
    """The page at an address below all sites, or the one of which it is a part; published or not. Call where all is reached."""
    from .models import SitesPage

    sites = SitesPage.objects.first()
    if sites is None:
        return None
    steps = [one for one in path.split("/") if one]
    paths = ["/".join([sites.url_path.rstrip("/"), *steps[:number], ""]) for number in range(1, len(steps) + 1)]
    found = Page.objects.filter(url_path__in=paths).order_by("-depth").first()
    return found.specific if found else None


def is_of_people(page: Any) -> bool:
    """Whether a page is there for whoever is on it: a story, or what goes when a consent ends."""
    from .models import StoryPage
    from .models.people import ShowsPeople

    rests = isinstance(page, ShowsPeople) and not page.stays and page.people == page.People.AGREED
    return rests or isinstance(page, StoryPage)


def download_at(path: str) -> Any:
    """The file that is given out at an address. Call where all is reached."""
    from .models import Download

    try:
        found = resolve(path)
    except Resolver404:
        return None
    return Download.objects.filter(pk=found.kwargs["document_id"]).first() if "document_id" in found.kwargs else None


def downloads_resting_on(consent_pk: int) -> QuerySet[Download]:
    """The files that show somebody on the strength of a consent. Call where all is reached."""
    from .models import Download

    return Download.objects.filter(consents__contains=[consent_pk]).order_by("pk")


def films_of(page: Any) -> list[Any]:
    """The film of a thing that is shown, and its captions."""
    blocks = getattr(page, "film", None)
    return [blocks[0].value["film"], blocks[0].value["captions"]] if blocks else []


def film_shown(page_pk: int, name: str) -> Any:
    """The file of that name of a film that everybody may see today, or None."""
    from .models import ExhibitPage

    page = ExhibitPage.objects.live().filter(still_agreed(), pk=page_pk).first()
    return next((one for one in films_of(page) if one and one.filename == name), None) if page else None


def film_addresses(page: Any) -> dict[str, Any]:
    """Each file of a film by its address."""
    from .exhibiting import film_url

    return {film_url(page, one): one for one in films_of(page)}


# ---- News and events

A_NEWS_PAGE, MOST_COMING, MOST_IN_FEED, ON_FRONT = 12, 3, 30, 3
A_YEAR = timedelta(days=365)


def news_of(page: Any) -> QuerySet[NewsPage]:
    from .models import NewsPage

    return NewsPage.objects.child_of(page).live().filter(still_agreed()).order_by("-dated", "-pk")


def events_of(page: Any) -> QuerySet[EventPage]:
    from .models import EventPage

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
    from .models import NewsIndexPage

    page = NewsIndexPage.objects.child_of(home).live().first()
    if page is None:
        return {"news_page": None, "news": [], "coming": []}
    return {"news_page": page, "news": list(news_of(page)[:ON_FRONT]), "coming": list(coming(page, now_())[:ON_FRONT])}


# ---- Newsletter and downloads


def newsletter_page(organisation: Any) -> NewsletterPage | None:
    """The published archive of an organisation's site."""
    from .models import NewsletterPage

    home = home_belonging_to(organisation)
    return NewsletterPage.objects.child_of(home).live().first() if home and home.live else None


def downloads_of(organisation: Any) -> list[Download]:
    """The downloads of a site, what was taken most first; a short list by its nature. Reads them as the house itself."""
    from .editing import collections_of
    from .models import Download
    from .reach import reach_everything

    with reach_everything():
        rows = Download.objects.filter(collection__in=collections_of([organisation]))
        for ending in NOT_TO_TAKE:
            rows = rows.exclude(file__iendswith=ending)
        return list(rows.order_by("-taken", "title", "pk")[:MOST_DOWNLOADS])


MOST_DOWNLOADS = 500
#: Films and captions are shown by the page that rests on a consent (`views.files.ShowFilmView`), and gone with it: nobody takes them.
NOT_TO_TAKE = (".mp4", ".webm", ".vtt")


# ---- Links that lead nowhere

#: A server may be out for a night: an address outside is told once it was lost twice.
TIMES_BEFORE_TOLD = 2
MOST_LINKS = 500


def lost_links() -> QuerySet[LostLink]:
    """Those that editors are told of."""
    from .models import LostLink

    return LostLink.objects.filter(Q(is_outside=False) | Q(times__gte=TIMES_BEFORE_TOLD), state=LostLink.State.LOST)


def links_told() -> dict[str, Any]:
    """What leads nowhere, what nobody could check, and when the worker last looked."""
    from .models import LinkCheck, LostLink

    return {
        "lost": list(lost_links()[:MOST_LINKS]),
        "unchecked": list(LostLink.objects.filter(state=LostLink.State.UNCHECKED)[:MOST_LINKS]),
        "check": LinkCheck.objects.first(),
    }
