"""Saying a story in Welsh: a story of its own, which the person approves as any other."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused
from desaga.ui.languages import ENGLISH, WELSH

from .. import queries
from ..content import in_words
from ..models import Story, StoryPicture, StoryPictureContent
from ..states import SourceKind
from .writing import start_story

#: What the Welsh one begins with; all else is said anew.
SAME = ("job", "employer", "place", "route", "registration", "pillars", "fields")
OF_PICTURES = (
    "order", "file_name", "media_type", "width", "height", "size", "sha256", "alt", "is_decorative", "shows_person", "credit", "caption",
)  # fmt: skip


class IsNotEnglish(Refused):
    """Only a story in English can be said in Welsh."""


@transaction.atomic
def say_in_welsh(*, actor: Any, story: Story, now: datetime | None = None) -> Story:
    """A draft in Welsh with the English words beside it, or the one that there is. Raises `IsNotEnglish`."""
    now = now or timezone.now()
    held = locked(story)
    if held.language != ENGLISH:
        raise IsNotEnglish
    if known := queries.other_of(held):
        return known
    welsh = start_story(
        actor=actor, organisation=held.organisation, name=held.name, person_email=held.person_email, source=SourceKind.STORY,
        source_key=str(held.pk), source_words=in_words(queries.content_now(held)), person=held.person, consent=held.consent,
        language=WELSH, now=now, **{name: getattr(held, name) for name in SAME},
    )  # fmt: skip
    copy_pictures(held, welsh)
    audit.record(actor=actor, verb="began to say in Welsh", thing=held, now=now)
    return welsh


def copy_pictures(story: Story, to: Story) -> None:
    """Each with its words, which are then put into Welsh."""
    for one in queries.pictures_of(story):
        told = {name: getattr(one, name) for name in OF_PICTURES}
        picture = StoryPicture.objects.create(organisation_id=to.organisation_id, story=to, **told)
        StoryPictureContent.objects.create(
            organisation_id=to.organisation_id, picture=picture, content=queries.bytes_of_picture(one.pk)
        )
