"""Stories as `stories` announces them, put up on the site of their organisation. Where it has no open site yet, they are shown once it has."""

from __future__ import annotations

from django.utils import timezone

from desaga.organisations.models import Organisation
from desaga.organisations.refusals import Refused
from desaga.stories.models import Story
from desaga.stories.operations.publishing import copy_published
from desaga.stories.showing import PublicPicture, PublicStory
from desaga.stories.states import StoryState

from .operations.stories import ShownFilm, ShownPicture, ShownStory, show_story, take_down
from .queries import home_belonging_to


class OnSite:
    """Shows stories as pages."""

    def show(self, copy: PublicStory) -> str:
        organisation = Organisation.objects.get(slug=copy.organisation.slug)
        home = home_belonging_to(organisation)
        return show_story(shown(copy, organisation)) if home is not None and home.live else ""

    def take_down(self, story_pk: int) -> None:
        take_down(story_pk)


def shown(copy: PublicStory, organisation: Organisation) -> ShownStory:
    same = ("story", "version", "title", "summary", "job", "published_at", "name", "employer", "place", "registration", "quote", "fields",
            "pillars", "sections", "shown_until", "language", "says")  # fmt: skip
    told = {name: getattr(copy, name) for name in same}
    pictures = [picture(one) for one in copy.pictures]
    film = copy.video and ShownFilm(
        name=copy.video.name, kind=copy.video.media_type, data=copy.video.content, captions=copy.video.captions, title=copy.video.title,
        shows=copy.video.shows,
    )  # fmt: skip
    return ShownStory(organisation=organisation, route_in=copy.route_words, pictures=pictures, film=film, **told)


def picture(one: PublicPicture) -> ShownPicture:
    words = "" if one.is_decorative else one.alt
    return ShownPicture(
        name=one.name, data=one.content, words=words, credit=one.credit, caption=one.caption, is_poster=one.is_poster
    )


def show_what_waited(organisation: Organisation) -> int:
    """The site is open: every published story of the organisation is put up; answers how many. Call within the organisation.

    One whose consent has ended since is not: it is taken down the same night.
    """
    number = 0
    for story in Story.objects.filter(state=StoryState.PUBLISHED):
        try:
            copy = copy_published(story, timezone.now())
        except Refused:
            continue
        Story.objects.filter(pk=story.pk).update(address=show_story(shown(copy, organisation)))
        number += 1
    return number
