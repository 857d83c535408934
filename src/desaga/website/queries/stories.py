"""The stories that the public reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.timezone import localdate

from .sites import is_national

if TYPE_CHECKING:
    from ..models import StoriesPage, StoryPage
    from ..models.pages import HomePage

MOST_RELATED = 3
LATEST = 6
EXACT = {"route": "route_in", "place": "place", "employer": "employer"}


def shown(stories: QuerySet[StoryPage]) -> QuerySet[StoryPage]:
    """Those that may be seen today: live, and resting on consents that hold."""
    return stories.live().filter(Q(shown_until=None) | Q(shown_until__gt=localdate()))  # type: ignore[attr-defined]


def listed(stories: QuerySet[StoryPage]) -> QuerySet[StoryPage]:
    """Those for a list of people: nobody twice, so none that says in Welsh what an English one there says."""
    from ..models import StoryPage

    english = shown(StoryPage.objects.filter(story=OuterRef("says")))
    return shown(stories).filter(Q(says=None) | ~Exists(english))


def stories_on(page: StoriesPage, asked: Mapping[str, str]) -> QuerySet[StoryPage]:
    """The stories of a site, or of all where it is the national one, the newest first."""
    from ..models import StoryPage

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
    from ..models import StoriesPage

    page = StoriesPage.objects.child_of(home).live().first()
    return {"stories_page": page, "latest": list(stories_on(page, {})[:LATEST]) if page else []}


def stories_like(story: StoryPage) -> QuerySet[StoryPage]:
    """A few others of the same site, of the same field or the same way in: nobody is shown on another organisation's pages. The national site shows all."""
    from ..models import StoryPage

    alike = Q(fields__overlap=story.fields) | Q(route_in=story.route_in, route_in__gt="")
    others = listed(StoryPage.objects.exclude(story__in=[story.story, story.says])).filter(alike)
    if not is_national(story):
        others = others.sibling_of(story)  # type: ignore[attr-defined]
    return others.select_related("portrait").order_by("-first_published_at", "-pk")[:MOST_RELATED]


def pictures_beside(story: StoryPage) -> list[dict[str, Any]]:
    """The pictures after the portrait, each with its words and caption."""
    from ..models import Picture

    kept = Picture.objects.in_bulk([one["picture"] for one in story.pictures])
    return [{**one, "picture": kept[one["picture"]]} for one in story.pictures if one["picture"] in kept]
