"""Published stories as evidence: that technicians are seen, in their own words."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.utils import timezone

from desaga.evidence.records import Told

from . import queries
from .content import title_of
from .models import Story
from .states import SourceKind, StoryState

MOST_STORIES = 30


class StoryRecords:
    """Stories that are published; one that is taken down is a record that is gone. A piece keeps its title, so the name of the person is not in it."""

    name = "stories.story"
    label = "Published stories"

    def offered(self, near: Any) -> Sequence[tuple[int, str]]:
        rows = (
            queries.stories_listed()
            .filter(state=StoryState.PUBLISHED)
            .exclude(source=SourceKind.STORY)
            .order_by("-published_at", "-pk")[:MOST_STORIES]
        )
        return [(one.pk, _words(one)) for one in rows]

    def told(self, ids: Collection[int]) -> Mapping[int, Told]:
        rows = queries.stories_listed().filter(pk__in=list(ids), state=StoryState.PUBLISHED)
        return {one.pk: _told(one) for one in rows}


def _told(story: Story) -> Told:
    on = timezone.localdate(story.published_at) if story.published_at else None
    return Told(_words(story), story.address or story.get_absolute_url(), on)


def _words(story: Story) -> str:
    return f"Story: {title_of({'name': '', 'job': story.job, 'language': story.language})}"[:120]
