"""What `privacy` is told of stories: what is deleted when, and what of a person is in their export."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from desaga.privacy.kinds import gone
from desaga.privacy.retaining import Retained, retain
from desaga.privacy.sources import Source, tell

from . import queries
from .content import sections_of
from .models import Contribution, Story, StoryKey
from .states import ContributionState


def delete_unconfirmed(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    unconfirmed = Contribution.objects.filter(
        organisation=organisation, state=ContributionState.SENT, sent_at__lt=before
    )
    return {"contributions that nobody confirmed": gone(unconfirmed, dry)}


def delete_ended(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    return {"keys of links": gone(StoryKey.objects.filter(organisation=organisation, expires_at__lt=before), dry)}


def own_told(person: Any, user: Any, organisation: Any) -> Iterator[Mapping[str, Any]]:
    """Each story about a person with its words, in whatever state."""
    for one in Story.objects.filter(person=person).order_by("pk"):
        content = queries.content_now(one)
        yield {
            "Story": str(one),
            "State": one.get_state_display(),
            "Language": one.get_language_display(),
            "Summary": one.summary,
            **dict(sections_of(content)),
            "Quotation": one.quote,
            "Pictures": "\n".join(picture["alt"] or "decorative" for picture in content["pictures"]),
            "Shown at": one.address,
        }


def register() -> None:
    tell(Source(key="stories", title="Stories about them", collect=own_told))
    retain(
        Retained(
            key="unconfirmed_contributions",
            name="Contributions that nobody confirmed",
            what="What somebody sent to a call, where the link in the e-mail was never pressed: name, address, words, picture",
            days=7,
            reason="Anybody can give anybody’s address: what is not confirmed within a week is not theirs",
            counted_from="the day on which it was sent",
            stays="The audit says that something was sent",
            delete=delete_unconfirmed,
        )
    )
    retain(
        Retained(
            key="ended_story_links",
            name="Ended links of stories",
            what="The hashes of keys that let somebody read a version of their story, once they have ended",
            days=90,
            reason="An ended link opens nothing; three months help to answer why a link did not work",
            counted_from="the day on which the link ended",
            stays="The version, and what they said of it",
            delete=delete_ended,
        )
    )
