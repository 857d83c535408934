"""Pictures and film of a story. What was looked at is kept, with words for whoever cannot see or hear it."""

from __future__ import annotations

import hashlib
import io
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from PIL import Image

from desaga.audit import operations as audit
from desaga.evidence.checking import CheckedFile
from desaga.evidence.states import Scan
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from .. import queries
from ..filming import captions_in, kind_of_film
from ..models import Story, StoryPicture, StoryPictureContent, StoryVideo, StoryVideoContent
from .writing import touch

MOST_PICTURES = 12


class NotAPicture(Refused):
    """A story shows pictures. Choose a .jpg, .png or .webp."""


class EnoughPictures(Refused):
    """A story has twelve pictures at most. Take one away first."""


class SayWhatItShows(Refused):
    """Say in words what the picture shows, for those who cannot see it; or say that it is decorative. One of the two."""


class ScannerIsSilent(Refused):
    """The virus scanner gives no answer just now, so the file was not kept. Try again in ten minutes."""


def refuse_unseen(file: CheckedFile) -> None:
    if file.scan not in (Scan.NONE, Scan.CLEAN):
        raise ScannerIsSilent


def words_of_picture(alt: str, is_decorative: bool) -> dict[str, Any]:
    """The required choice. Raises `SayWhatItShows`."""
    if bool(alt.strip()) == is_decorative:
        raise SayWhatItShows
    return {"alt": alt.strip(), "is_decorative": is_decorative}


@transaction.atomic
def add_picture(
    *,
    actor: Any,
    story: Story,
    file: CheckedFile,
    alt: str = "",
    is_decorative: bool = False,
    shows_person: bool = True,
    credit: str = "",
    caption: str = "",
    now: datetime | None = None,
) -> StoryPicture:
    """Raises the refusals above."""
    now = now or timezone.now()
    refuse_unseen(file)
    if not file.media_type.startswith("image/"):
        raise NotAPicture
    words = words_of_picture(alt, is_decorative)
    held = locked(story)
    known = list(queries.pictures_of(held))
    if len(known) >= MOST_PICTURES:
        raise EnoughPictures
    with Image.open(io.BytesIO(file.content)) as image:
        width, height = image.size
    touch(held, actor=actor, now=now)
    picture = StoryPicture.objects.create(
        organisation_id=held.organisation_id, story=held, order=max((one.order for one in known), default=0) + 1, file_name=file.name,
        media_type=file.media_type, width=width, height=height, size=len(file.content),
        sha256=hashlib.sha256(file.content).hexdigest(), shows_person=shows_person, credit=credit.strip(), caption=caption.strip(), **words,
    )  # fmt: skip
    StoryPictureContent.objects.create(organisation_id=held.organisation_id, picture=picture, content=file.content)
    audit.record(actor=actor, verb="added a picture to", thing=held, note=file.name, now=now)
    return picture


@transaction.atomic
def change_picture(
    *,
    actor: Any,
    picture: StoryPicture,
    alt: str,
    is_decorative: bool,
    shows_person: bool,
    credit: str,
    caption: str,
    now: datetime | None = None,
) -> StoryPicture:
    """What is said of it. Raises `SayWhatItShows`."""
    now = now or timezone.now()
    words = words_of_picture(alt, is_decorative) | {
        "shows_person": shows_person, "credit": credit.strip(), "caption": caption.strip(),
    }  # fmt: skip
    story, held = locked(picture.story), locked(picture)
    changed = {name: value for name, value in words.items() if getattr(held, name) != value}
    if changed:
        touch(story, actor=actor, now=now)
        for name, value in changed.items():
            setattr(held, name, value)
        held.save(update_fields=list(changed))
        audit.record(actor=actor, verb="changed a picture of", thing=story, note=held.file_name, now=now)
    return held


@transaction.atomic
def put_first(*, actor: Any, picture: StoryPicture, now: datetime | None = None) -> StoryPicture:
    """The first picture is the portrait."""
    now = now or timezone.now()
    story = locked(picture.story)
    others = [one for one in queries.pictures_of(story) if one.pk != picture.pk]
    touch(story, actor=actor, now=now)
    for order, one in enumerate([picture, *others], 1):
        StoryPicture.objects.filter(pk=one.pk).update(order=order)
    audit.record(actor=actor, verb="put a picture first in", thing=story, note=picture.file_name, now=now)
    return picture


@transaction.atomic
def remove_picture(*, actor: Any, picture: StoryPicture, now: datetime | None = None) -> Story:
    """It is gone for good, from every version too."""
    now = now or timezone.now()
    story = touch(locked(picture.story), actor=actor, now=now)
    name = picture.file_name
    picture.delete()
    audit.record(actor=actor, verb="took a picture from", thing=story, note=name, now=now)
    return story


@transaction.atomic
def keep_video(
    *,
    actor: Any,
    story: Story,
    file_name: str,
    content: bytes,
    captions: bytes,
    title: str,
    shows: str = "",
    poster: StoryPicture | None = None,
    now: datetime | None = None,
) -> StoryVideo:
    """A film with its captions, in the place of a former one. `shows` says what one sees in it, for whoever cannot; `poster` is a picture of the
    story that stands there before it plays. Raises `filming.NotAFilm`, `filming.NoCaptions`, `filming.NotCaptions`."""
    now = now or timezone.now()
    media_type, text = kind_of_film(content), captions_in(captions)
    held = touch(locked(story), actor=actor, now=now)
    StoryVideo.objects.filter(story=held).delete()
    video = StoryVideo.objects.create(
        organisation_id=held.organisation_id, story=held, title=title.strip(), file_name=file_name, media_type=media_type,
        size=len(content), sha256=hashlib.sha256(content).hexdigest(), captions=text, shows=shows.strip(), poster=poster,
    )  # fmt: skip
    StoryVideoContent.objects.create(organisation_id=held.organisation_id, video=video, content=content)
    audit.record(actor=actor, verb="added a film to", thing=held, note=file_name, now=now)
    return video


@transaction.atomic
def describe_video(
    *, actor: Any, video: StoryVideo, shows: str, poster: StoryPicture | None, now: datetime | None = None
) -> StoryVideo:
    """What is said of a film that is there, and the picture before it."""
    now = now or timezone.now()
    story, held = locked(video.story), locked(video)
    if (held.shows, held.poster_id) != (shows.strip(), poster and poster.pk):
        touch(story, actor=actor, now=now)
        held.shows, held.poster = shows.strip(), poster
        held.save(update_fields=["shows", "poster"])
        audit.record(actor=actor, verb="described the film of", thing=story, note=held.file_name, now=now)
    return held


@transaction.atomic
def remove_video(*, actor: Any, story: Story, now: datetime | None = None) -> Story:
    now = now or timezone.now()
    held = touch(locked(story), actor=actor, now=now)
    StoryVideo.objects.filter(story=held).delete()
    audit.record(actor=actor, verb="took the film from", thing=held, now=now)
    return held
