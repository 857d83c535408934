"""What the public reads, and which sites there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

if TYPE_CHECKING:
    from .models import NationalHomePage, OrganisationHomePage, StoriesPage, StoryPage
    from .models.pages import HomePage

MOST_RELATED = 3
LATEST = 6


def shown(stories: QuerySet[StoryPage]) -> QuerySet[StoryPage]:
    """Those that may be seen today: live, and resting on consents that hold."""
    return stories.live().filter(Q(shown_until=None) | Q(shown_until__gt=localdate()))  # type: ignore[attr-defined]


def stories_on(page: StoriesPage, asked: Mapping[str, str]) -> QuerySet[StoryPage]:
    """The stories of a site, or of all where it is the national one, the newest first."""
    from .models import StoryPage

    stories = shown(StoryPage.objects.all())
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
    exact = {column: asked[name] for name, column in EXACT.items() if name in asked}
    return stories.filter(**exact).select_related("portrait").order_by("-first_published_at", "-pk")


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
    """A few others: of the same field or the same way in, before all of the same site."""
    from .models import StoryPage

    alike = Q(fields__overlap=story.fields) | Q(route_in=story.route_in, route_in__gt="")
    others = shown(StoryPage.objects.exclude(pk=story.pk)).filter(alike)
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


def national_home() -> NationalHomePage | None:
    """The front page of the campaign, where there is one and it is published."""
    from .models import NationalHomePage

    return NationalHomePage.objects.live().first()


def pictures_beside(story: StoryPage) -> list[dict[str, Any]]:
    """The pictures after the portrait, each with its words and caption."""
    from .models import Picture

    kept = Picture.objects.in_bulk([one["picture"] for one in story.pictures])
    return [{**one, "picture": kept[one["picture"]]} for one in story.pictures if one["picture"] in kept]
