"""The person reads a version, word for word as it will be shown, and says yes to it or what to change."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.keys import hash_of, new_key
from desaga.notifications.operations import send_mail
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from .. import queries
from ..content import digest_of, lacking
from ..models import Story, StoryApproval, StoryKey, StoryVersion
from ..states import StoryState, Verdict
from .gate import NotNow, move, note

OPENS_FOR = timedelta(days=28)
MOST_A_DAY = 3


class IsNotWhole(Refused):
    """Something is missing before you can ask them."""


class NoConsentAsked(Refused):
    """Ask them first whether they may be shown: without that, nothing they approve could be."""


class WroteEnough(Refused):
    """We wrote to them about this three times within a day. Give them a day."""


class SaidAlready(Refused):
    """You have said what you think of this version. Thank you."""


class SayWhat(Refused):
    """Say what is to be changed."""


@transaction.atomic
def send_to_person(*, actor: Any, story: Story, now: datetime | None = None) -> StoryVersion:
    """Freeze it as a version and send the person a link. Raises `IsNotWhole`, `NoConsentAsked`, `WroteEnough`, `gate.NotNow`."""
    now = now or timezone.now()
    held = locked(story)
    content = queries.content_now(held)
    if troubles := lacking(content, queries.said_in_english(held)):
        raise IsNotWhole(" ".join(troubles))
    if held.consent is None or held.consent.has_ended:
        raise NoConsentAsked
    last = queries.last_version(held)
    version = StoryVersion.objects.create(
        organisation_id=held.organisation_id, story=held, number=last.number + 1 if last else 1, content=content, digest=digest_of(content),
        made_at=now, made_by=actor,
    )  # fmt: skip
    held = move(held, "send", actor=actor, now=now, version=version.number)
    post(held, version, now=now)
    return version


@transaction.atomic
def send_again(*, actor: Any, story: Story, now: datetime | None = None) -> StoryKey:
    """Another mail with another link, to the same version. Raises `WroteEnough`, `gate.NotNow`."""
    now = now or timezone.now()
    held = locked(story)
    version = queries.version_that_counts(held)
    if held.state != StoryState.WITH_PERSON or version is None:
        raise NotNow
    note(held, "asked again", actor=actor, now=now)
    return post(held, version, now=now)


def post(story: Story, version: StoryVersion, *, now: datetime) -> StoryKey:
    sent = StoryKey.objects.filter(
        version__story=story, email__iexact=story.person_email, made_at__gt=now - timedelta(days=1)
    )
    if sent.count() >= MOST_A_DAY:
        raise WroteEnough
    key, expires_at = new_key(), now + OPENS_FOR
    path = reverse("stories:approve_version", args=[story.organisation.slug])
    mail = send_mail(
        template="stories/email/approve",
        to=story.person_email,
        context={
            "story": story, "dear": story.name, "expires_at": expires_at, "button_label": "Read your story",
            # The key stands in no log: it is a query word, never part of a path.
            "button_url": f"{settings.SITE_ADDRESS}{path}?{urlencode({'key': key})}",
            "whose_words": f"{story.organisation.name}, through Desaga. You need no account.",
        },
        organisation=story.organisation,
        reply_to=story.made_by.email if story.made_by else "",
    )  # fmt: skip
    return StoryKey.objects.create(
        organisation_id=story.organisation_id, version=version, key_hash=hash_of(key), email=story.person_email, made_at=now,
        expires_at=expires_at, mail_id=mail.pk,
    )  # fmt: skip


@transaction.atomic
def answer_version(*, link: StoryKey, verdict: str, name: str, words: str = "", now: datetime | None = None) -> Story:
    """What the person says of the version that the link opens. Raises `SaidAlready`, `SayWhat`, `gate.NotNow`."""
    now, version = now or timezone.now(), link.version
    held = locked(version.story)
    if queries.approval_of(version):
        raise SaidAlready
    if held.version != version.number:
        raise NotNow
    if verdict == Verdict.CHANGES and not words.strip():
        raise SayWhat
    StoryApproval.objects.create(
        organisation_id=held.organisation_id, version=version, verdict=verdict, name=name.strip(), words=words.strip(),
        digest=version.digest, at=now,
    )  # fmt: skip
    deed = "approve" if verdict == Verdict.YES else "ask_changes"
    held = move(held, deed, actor=None, now=now, who=name.strip(), words=words.strip())
    tell_editor(held, verdict, words.strip())
    return held


def tell_editor(story: Story, what: str, words: str = "") -> None:
    """What happened to a story, to whoever made it."""
    if story.made_by is None:
        return
    send_mail(
        template="stories/email/told",
        to=story.made_by.email,
        context={
            "story": story, "what": what, "words": words, "button_label": "Look at it",
            "button_url": f"{settings.SITE_ADDRESS}{story.get_absolute_url()}",
            "whose_words": "Desaga writes to whoever made the story.",
        },
        organisation=story.organisation,
    )  # fmt: skip
