"""Putting up the copy of an approved story, and taking it down. Called by `stories` on its gate, in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.text import slugify
from wagtail.models import Page, ReferenceIndex

from desaga.organisations.models import Organisation
from desaga.organisations.refusals import Refused
from desaga.ui.languages import ENGLISH

from ..kept_cards import drop_card
from ..models import Picture, StoriesPage, StoryPage
from ..queries import home_belonging_to
from ..reach import reach_everything
from .files import keep_picture, remove_file
from .sites import stories_collection_of


class NoSite(Refused):
    """Your organisation has no site yet. The lead founds it under Website; then the story can be shown."""


class SiteNotOpen(Refused):
    """Your organisation's site is a draft. Publish its front page first; then the story can be shown."""


@dataclass(frozen=True, kw_only=True)
class ShownPicture:
    """A picture with what it shows; empty `words` where it is decorative."""

    name: str
    data: bytes
    words: str = ""
    credit: str = ""
    caption: str = ""
    is_poster: bool = False


@dataclass(frozen=True, kw_only=True)
class ShownFilm:
    """A film with its captions as WebVTT."""

    name: str
    kind: str
    data: bytes = field(repr=False)
    captions: str
    title: str
    shows: str = ""


@dataclass(frozen=True, kw_only=True)
class ShownStory:
    """All that everybody may read of one approved version. Nothing in it that the person did not let out."""

    story: int
    version: int
    organisation: Organisation
    title: str
    summary: str
    job: str
    published_at: datetime
    name: str = ""
    employer: str = ""
    place: str = ""
    route_in: str = ""
    registration: str = ""
    quote: str = ""
    fields: Sequence[str] = ()
    pillars: Sequence[str] = ()
    sections: Sequence[tuple[str, str]] = ()
    pictures: Sequence[ShownPicture] = ()
    film: ShownFilm | None = None
    shown_until: date | None = None
    language: str = ENGLISH
    says: int | None = None


def show_story(story: ShownStory) -> str:
    """Put the copy up; where there is one it is changed, so that what leads to it still does. Answers its address. Raises `NoSite`, `SiteNotOpen`."""
    home = home_belonging_to(story.organisation)
    if home is None:
        raise NoSite
    if not home.live:
        raise SiteNotOpen
    with reach_everything():
        shelf = StoriesPage.objects.child_of(home).get()
        page = StoryPage(**fields_of(story))
        keep_pictures(page, story)
        keep_film(page, story.film)
        former = StoryPage.objects.filter(story=story.story).first()
        if former:
            page = put_in_place_of(former, page, shelf)
        else:
            page.slug = free_slug(shelf, story.title)
            shelf.add_child(instance=page)
    return str(page.get_url())


#: What of a page says what a story says; all else of it is where it stands.
OF_PAGE = ("title", "draft_title", "first_published_at", "last_published_at", "live")


def put_in_place_of(former: StoryPage, new: StoryPage, shelf: StoriesPage) -> StoryPage:
    """The page of a story says what a new one would; pictures and film of before are gone. Another title is another address: the former may say a name."""
    pictures = pictures_in(former)
    if former.film:
        remove_file(former.film)
    if former.title != new.title:
        former.slug = free_slug(shelf, new.title)
    new.draft_title = new.title
    for name in (*OF_PAGE, *(one.attname for one in StoryPage._meta.local_fields if not one.primary_key)):
        setattr(former, name, getattr(new, name))
    former.save()
    remove_pictures(pictures)
    transaction.on_commit(lambda: drop_card(former.pk))
    return former


def pictures_in(page: StoryPage) -> list[int]:
    return [number for number in (page.portrait_id, *(one["picture"] for one in page.pictures)) if number]


def fields_of(story: ShownStory) -> dict[str, object]:
    same = ("story", "version", "title", "summary", "job", "name", "employer", "place", "route_in", "registration", "quote",
            "shown_until", "language", "says")  # fmt: skip
    return {
        **{name: getattr(story, name) for name in same},
        "fields": list(story.fields),
        "pillars": list(story.pillars),
        "sections": [{"heading": heading, "text": text} for heading, text in story.sections],
        "first_published_at": story.published_at,
        "last_published_at": story.published_at,
        "live": True,
    }


def keep_pictures(page: StoryPage, story: ShownStory) -> None:
    """The first picture is the portrait; the others stand in the text, by their numbers."""
    kept = []
    shelf = stories_collection_of(story.organisation)
    for number, told in enumerate(story.pictures, 1):
        # Not by the name of the file that was handed in: it often is the person's.
        title = f"Story {story.story}, picture {number}"
        picture = keep_picture(
            story.organisation, told.data, told.name, title=title, credit=told.credit, collection=shelf
        )
        if told.is_poster:
            page.film_poster_id = picture.pk
        kept.append({"picture": picture.pk, "words": told.words, "caption": told.caption})
    if kept:
        page.portrait_id, page.portrait_words = kept[0]["picture"], kept[0]["words"]
    page.pictures = kept[1:]


def keep_film(page: StoryPage, film: ShownFilm | None) -> None:
    """Kept under a name that says nothing of who is in it."""
    if film:
        page.film_kind, page.film_title, page.captions = film.kind, film.title, film.captions
        page.film_shows = film.shows
        page.film.save(f"{uuid4().hex}{Path(film.name).suffix.lower()}", ContentFile(film.data), save=False)


def free_slug(shelf: StoriesPage, title: str) -> str:
    """The title as an address, with a number where another has it."""
    plain = slugify(title)[:200] or "story"
    taken = set(shelf.get_children().filter(slug__startswith=plain).values_list("slug", flat=True))
    return next(
        slug
        for number in range(1, len(taken) + 2)
        if (slug := plain if number == 1 else f"{plain}-{number}") not in taken
    )


def take_down(story: int) -> None:
    """The copy goes with all that is kept of it: its versions, its pictures in every size. Nothing where it is not shown."""
    with reach_everything():
        for page in StoryPage.objects.filter(story=story):
            pictures = pictures_in(page)
            ReferenceIndex.remove_for_object(page)
            film = page.film
            page.delete()
            remove_pictures(pictures)
            if film:
                remove_file(film)


def remove_pictures(numbers: Sequence[int]) -> None:
    """The pictures of a story were its own: they go with it; their files in every size as soon as that is certain, which Wagtail sees to."""
    for picture in Picture.objects.filter(pk__in=numbers):
        picture.renditions.all().delete()
        picture.delete()


def page_of(story: int) -> Page | None:
    """Where a story is shown today."""
    return StoryPage.objects.filter(story=story).first()
