"""Placements offered as stories: copied to whom their technician chose, made a draft there, gone when they take it back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.consents.operations.answering import withdraw_consent
from desaga.organisations.models import Organisation, Person
from desaga.organisations.operations.rows import locked
from desaga.placements.offering import OfferedText
from desaga.tenancy.context import within

from ..models import OfferedStory, Story
from ..models.stories import LONGEST_SECTION, LONGEST_SUMMARY
from ..states import SourceKind
from .erasing import back_to_draft, erase_words
from .gate import NotNow, note
from .writing import start_story

FIRST_NAME, UNNAMED = "first_name", "unnamed"


def keep_offer(offered: OfferedText, organisation: Organisation, actor: Any, now: datetime) -> None:
    """Told by `placements`, in its transaction. A newer text takes the place of the former; a story that was made of it stays as it is, and its editor is told by its history."""
    with within(organisation, user=actor):
        row, is_new = OfferedStory.objects.update_or_create(
            organisation=organisation, source_key=offered.source_key,
            defaults={
                "person": actor.person, "name": offered.name, "email": offered.email, "title": offered.title, "text": offered.text,
                "host": offered.host, "wish": offered.wish, "version": offered.version, "consent_until": offered.consent_until, "offered_at": now,
            },
        )  # fmt: skip
        if row.story:
            note(row.story, "a newer text was offered", actor=None, now=now, who=offered.name)
        # Without a name: the audit outlives what the technician may take back.
        audit.record(actor=None, verb="offered as a story" if is_new else "offered anew", thing=row, now=now)


def drop_offers(source_key: str, actor: Any, now: datetime) -> None:
    """Told by `placements` when the technician takes it back: the copies are gone, and so is what was made of them."""
    # Their own rows, in whatever organisation: `mine` asks in the person's own standing.
    with within(user=actor):
        organisations = [
            one.organisation for one in OfferedStory.mine.filter(source_key=source_key).select_related("organisation")
        ]
    for organisation in organisations:
        with within(organisation, user=actor):
            drop_offer(OfferedStory.objects.get(source_key=source_key), now)


def drop_offer(offer: OfferedStory, now: datetime) -> None:
    story = offer.story
    audit.record(actor=None, verb="was taken back", thing=offer, now=now)
    offer.delete()
    if story is None:
        return
    if story.consent and story.consent.is_given:
        withdraw_consent(consent=story.consent, now=now)
    held = back_to_draft(story, now)
    note(held, "the offer was taken back", actor=None, now=now, who=held.name)
    # They were told that it is removed for good.
    erase_words(actor=None, story=held, now=now)


@transaction.atomic
def take_offer(*, actor: Any, offer: OfferedStory, now: datetime | None = None) -> Story:
    """A draft of it, with the text that they offered as its source. They are asked for consent and for the final text like anybody. Raises `gate.NotNow`."""
    now = now or timezone.now()
    held = locked(offer)
    if held.story_id:
        raise NotNow
    name = held.name.split()[0] if held.wish == FIRST_NAME and held.name.split() else held.name
    story = start_story(
        actor=actor, organisation=held.organisation, name=name, person_email=held.email, source=SourceKind.PLACEMENT,
        source_key=held.source_key, source_words=held.text, person=Person.objects.filter(pk=held.person_id).first(),
        summary=held.title[:LONGEST_SUMMARY], what_i_do=held.text[:LONGEST_SECTION], now=now,
    )  # fmt: skip
    held.story = story
    held.save(update_fields=["story"])
    audit.record(actor=actor, verb="made a story of", thing=held, now=now)
    return story
