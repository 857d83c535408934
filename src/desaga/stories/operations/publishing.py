"""Moderation, publishing and taking down."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.consents.models import Consent
from desaga.consents.states import Where
from desaga.consents.uses import Because
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from .. import queries
from ..content import as_consented, digest_of, language_of, sections_of, title_of
from ..models import Story, StoryVersion
from ..showing import Of, PublicPicture, PublicStory, PublicVideo
from ..states import Pillar, Route, StoryState, Verdict
from .approving import tell_editor
from .gate import move, note


class NotAgreed(Refused):
    """There is no consent for the public site that holds today. Look at the consent, and ask again if it has ended."""


class NotApproved(Refused):
    """The person has not approved this version."""


class SayWhy(Refused):
    """Say why it is given back."""


@transaction.atomic
def hand_in(*, actor: Any, story: Story, now: datetime | None = None) -> Story:
    """Give an approved story to whoever publishes. Raises `NotAgreed`, `gate.NotNow`."""
    now = now or timezone.now()
    held = locked(story)
    refuse_without_consent(held.consent, now)
    return move(held, "hand_in", actor=actor, now=now)


@transaction.atomic
def give_back(*, actor: Any, story: Story, reason: str, now: datetime | None = None) -> Story:
    """Not like this: back to the editor, with the reason. Raises `SayWhy`, `gate.NotNow`."""
    if not reason.strip():
        raise SayWhy
    held = move(story, "give_back", actor=actor, now=now or timezone.now(), words=reason.strip())
    tell_editor(held, "given_back", reason.strip())
    return held


@transaction.atomic
def publish(*, actor: Any, story: Story, now: datetime | None = None) -> Story:
    """Show the approved version to everybody, as far as the person agreed. Raises `NotAgreed`, `NotApproved`, `gate.NotNow`, and what whoever shows it raises."""
    now = now or timezone.now()
    held = locked(story)
    version = approved_version(held)
    consent = refuse_without_consent(held.consent, now)
    copy = public_copy(held, version, consent, now)
    return move(held, "publish", actor=actor, now=now, copy=copy, published_at=now)


def copy_published(story: Story, now: datetime) -> PublicStory:
    """The copy of a story that is published, for somebody who shows it from now on. Raises `NotAgreed`, `NotApproved`."""
    return public_copy(story, approved_version(story), refuse_without_consent(story.consent, now), now)


def approved_version(story: Story) -> StoryVersion:
    """The version that counts, if the person said yes to it and it is still that. Raises `NotApproved`."""
    version = queries.version_that_counts(story)
    approval = queries.approval_of(version)
    if version is None or approval is None or approval.verdict != Verdict.YES:
        raise NotApproved
    if not (approval.digest == version.digest == digest_of(version.content) == digest_of(queries.content_now(story))):
        raise NotApproved
    return version


def refuse_without_consent(consent: Consent | None, now: datetime) -> Consent:
    """Raises `NotAgreed`."""
    if consent is None or not consent.holds_on(timezone.localdate(now)) or Where.SITE not in consent.where:
        raise NotAgreed
    return consent


def public_copy(story: Story, version: StoryVersion, consent: Consent, now: datetime) -> PublicStory:
    """What everybody may read of a version."""
    content = as_consented(version.content, consent.what)
    route = content["route"]
    return PublicStory(
        story=story.pk, version=version.number, slug=story.slug, organisation=Of(story.organisation.slug, story.organisation.name),
        title=title_of(content), job=content["job"], summary=content["summary"], sections=tuple(sections_of(content)),
        published_at=now, shown_until=consent.until + timedelta(days=1), name=content["name"], employer=content["employer"],
        place=content["place"], route=route, route_words=str(Route(route).label) if route else "", registration=content["registration"],
        quote=content["quote"], fields=tuple(queries.field_names(content["fields"])),
        pillars=tuple(str(Pillar(one).label) for one in content["pillars"]), pictures=tuple(pictures_told(story, content)),
        video=video_told(story, content), language=language_of(content), says=story.says,
    )  # fmt: skip


def pictures_told(story: Story, content: Any) -> list[PublicPicture]:
    kept = {one.pk: one for one in queries.pictures_of(story)}
    poster = (content["video"] or {}).get("poster")
    return [
        PublicPicture(
            name=one.file_name, media_type=one.media_type, content=queries.bytes_of_picture(one.pk), width=one.width, height=one.height,
            alt=told["alt"], is_decorative=told["is_decorative"], credit=told["credit"], caption=told["caption"],
            is_poster=one.pk == poster,
        )
        for told in content["pictures"]
        if (one := kept.get(told["picture"]))
    ]  # fmt: skip


def video_told(story: Story, content: Any) -> PublicVideo | None:
    video = queries.video_of(story) if content["video"] else None
    if video is None:
        return None
    return PublicVideo(
        name=video.file_name, media_type=video.media_type, content=queries.bytes_of_video(video), captions=video.captions, title=video.title,
        shows=video.shows,
    )  # fmt: skip


@transaction.atomic
def take_down(*, actor: Any, story: Story, reason: str = "", now: datetime | None = None) -> Story:
    """It is shown nowhere any more, at once. Raises `gate.NotNow`."""
    return move(story, "take_down", actor=actor, now=now or timezone.now(), words=reason.strip())


@transaction.atomic
def hand_in_again(*, actor: Any, story: Story, now: datetime | None = None) -> Story:
    """What was taken down goes to whoever publishes again, as it was approved. Raises `NotApproved`, `NotAgreed`, `gate.NotNow`."""
    now = now or timezone.now()
    held = locked(story)
    approved_version(held)
    refuse_without_consent(held.consent, now)
    return move(held, "show_again", actor=actor, now=now)


def end_with_consent(consent: Consent, because: Because) -> None:
    """Told by `consents`, in the transaction that ends it: what rests on it is down when that ends, and what waits is a draft again."""
    now = timezone.now()
    for story in queries.shown_by(consent):
        if story.state == StoryState.PUBLISHED:
            move(story, "end", actor=None, now=now, words=because)
        elif story.state in (StoryState.WITH_PERSON, StoryState.APPROVED, StoryState.WAITING):
            move(story, "reopen", actor=None, now=now, words=f"The consent has ended: {because}.")


def follow_renewal(former: Consent, new: Consent) -> None:
    """Told by `consents` when another consent comes in the place of one: stories rest on it, and what is shown is shown as it says."""
    now = timezone.now()
    for story in queries.shown_by(former):
        held = locked(story)
        held.consent = new
        held.save(update_fields=["consent"])
        note(held, "consent renewed", actor=None, now=now)
        if held.state == StoryState.PUBLISHED:
            show_as_agreed(held, new, now)


def show_as_agreed(story: Story, consent: Consent, now: datetime) -> None:
    """The copy again, with the new last day, and with no more than is agreed to now; taken down where that is not the site."""
    from .. import showing

    if Where.SITE not in consent.where:
        move(story, "end", actor=None, now=now, words="The consent is not for the site any more.")
        return
    story.address = showing.show(public_copy(story, approved_version(story), consent, story.published_at or now))
    story.save(update_fields=["address"])
