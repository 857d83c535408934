"""Calls for contributors, and what comes of what they send."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify

from desaga.accounts.keys import hash_of, new_key
from desaga.audit import operations as audit
from desaga.consents.operations.answering import hear, withdraw_consent
from desaga.consents.operations.asking import Shown, begin_consent
from desaga.consents.states import By, What, Where, in_order
from desaga.evidence.checking import CheckedFile
from desaga.notifications.operations import send_mail
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import add_row, change_row, locked
from desaga.organisations.refusals import Refused

from ..content import SECTIONS
from ..models import Call, Contribution, ContributionPicture, Story
from ..states import CallState, ContributionState, SourceKind
from .erasing import back_to_draft, erase_words
from .gate import NotNow
from .pictures import NotAPicture, add_picture, refuse_unseen
from .writing import start_story

LONGEST_CONSENT = timedelta(days=5 * 366)


class EndsAtNoGoodDay(Refused):
    """Say until when the call is open, and until when what comes of it may be shown: days to come, the second after the first, at most five years from now."""


class AsksForNothing(Refused):
    """Choose at least one section that contributors write."""


class CallIsClosed(Refused):
    """This call is not open any more. Thank you all the same."""


class SayWhatMayBeShown(Refused):
    """Tick at least one thing that may be shown and one place: without that, nothing could come of it."""


@dataclass(frozen=True, kw_only=True)
class Sent:
    """What somebody sends to a call, and what they tick."""

    name: str
    email: str
    job: str
    employer: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    what: Collection[str] = ()
    where: Collection[str] = ()
    picture: CheckedFile | None = None
    alt: str = ""
    credit: str = ""
    submission: UUID | None = None


def refuse_days(until: date, consent_until: date, today: date) -> None:
    if not today <= until < consent_until <= today + LONGEST_CONSENT:
        raise EndsAtNoGoodDay


@transaction.atomic
def start_call(
    *,
    actor: Any,
    organisation: Organisation,
    title: str,
    words: str,
    asks: Collection[str],
    until: date,
    consent_until: date,
    now: datetime | None = None,
) -> Call:
    """A draft of a call. Raises `EndsAtNoGoodDay`, `AsksForNothing`."""
    now = now or timezone.now()
    refuse_days(until, consent_until, timezone.localdate(now))
    if not (asked := [key for key in SECTIONS if key in asks]):
        raise AsksForNothing
    plain = slugify(title)[:50] or "call"
    taken = set(Call.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    slug = next(
        one
        for number in range(1, len(taken) + 2)
        if (one := plain if number == 1 else f"{plain}-{number}") not in taken
    )
    return add_row(
        Call, actor=actor, verb="began", organisation=organisation, slug=slug, title=title.strip(), words=words.strip(), asks=asked,
        until=until, consent_until=consent_until, made_by=actor, made_at=now,
    )  # fmt: skip


@transaction.atomic
def save_call(
    *,
    actor: Any,
    call: Call,
    title: str,
    words: str,
    asks: Collection[str],
    until: date,
    consent_until: date,
    now: datetime | None = None,
) -> Call:
    """Raises `EndsAtNoGoodDay`, `AsksForNothing`."""
    refuse_days(until, consent_until, timezone.localdate(now or timezone.now()))
    if not (asked := [key for key in SECTIONS if key in asks]):
        raise AsksForNothing
    fields = {
        "title": title.strip(),
        "words": words.strip(),
        "asks": asked,
        "until": until,
        "consent_until": consent_until,
    }
    return change_row(call, actor=actor, fields=fields)


@transaction.atomic
def open_call(*, actor: Any, call: Call, now: datetime | None = None) -> Call:
    """Everybody reads it from now on. Raises `EndsAtNoGoodDay`."""
    refuse_days(call.until, call.consent_until, timezone.localdate(now or timezone.now()))
    return change_row(call, actor=actor, verb="opened", fields={"state": CallState.OPEN})


@transaction.atomic
def close_call(*, actor: Any, call: Call) -> Call:
    return change_row(call, actor=actor, verb="closed", fields={"state": CallState.CLOSED})


# ---- What contributors do


@transaction.atomic
def contribute(*, call: Call, sent: Sent, now: datetime | None = None) -> Contribution:
    """Keep what somebody sent, and write to the address that they gave: until the link there is pressed, nobody reads it. Twice the same is once.

    Raises `CallIsClosed`, `SayWhatMayBeShown`, `pictures.NotAPicture`, `pictures.ScannerIsSilent`.
    """
    now = now or timezone.now()
    if not call.is_open:
        raise CallIsClosed
    what, where = in_order(What, frozenset(sent.what)), in_order(Where, frozenset(sent.where))
    if not (what and where):
        raise SayWhatMayBeShown
    if sent.submission and (known := Contribution.objects.filter(call=call, submission=sent.submission).first()):
        return known
    key = new_key()
    contribution = Contribution.objects.create(
        organisation_id=call.organisation_id, call=call, name=sent.name.strip(), email=sent.email.strip(), job=sent.job.strip(),
        employer=sent.employer.strip(), answers={name: sent.answers[name].strip() for name in call.asks if sent.answers.get(name)},
        what=list(what), where=list(where), key_hash=hash_of(key), sent_at=now, submission=sent.submission,
    )  # fmt: skip
    if sent.picture:
        keep_picture(contribution, sent)
    audit.record(actor=None, verb="sent", thing=contribution, now=now)
    post_key(contribution, key)
    return contribution


def keep_picture(contribution: Contribution, sent: Sent) -> None:
    assert sent.picture is not None
    refuse_unseen(sent.picture)
    if not sent.picture.media_type.startswith("image/"):
        raise NotAPicture
    ContributionPicture.objects.create(
        organisation_id=contribution.organisation_id, contribution=contribution, file_name=sent.picture.name, media_type=sent.picture.media_type,
        alt=sent.alt.strip() or f"Sent by {contribution.name}", credit=sent.credit.strip(), content=sent.picture.content,
    )  # fmt: skip


def post_key(contribution: Contribution, key: str) -> None:
    """The key stands in no log: it is a query word, never part of a path."""
    call = contribution.call
    path = reverse("stories:show_contribution", args=[call.organisation.slug])
    send_mail(
        template="stories/email/contribution",
        to=contribution.email,
        context={
            "contribution": contribution, "call": call, "dear": contribution.name, "button_label": "Yes, this is from me",
            "button_url": f"{settings.SITE_ADDRESS}{path}?{urlencode({'key': key})}",
            "whose_words": f"{call.organisation.name}, through Desaga. You need no account. If you did not send this, do nothing: it is deleted after a week.",
        },
        organisation=call.organisation,
        reply_to=call.made_by.email if call.made_by else "",
    )  # fmt: skip


@transaction.atomic
def confirm_contribution(*, contribution: Contribution, now: datetime | None = None) -> Contribution:
    """Whoever holds the link sent it: what they ticked is a consent from now on, and editors read it. Twice is once. Raises `gate.NotNow`."""
    now = now or timezone.now()
    held = locked(contribution)
    if held.state == ContributionState.CONFIRMED:
        return held
    if held.state != ContributionState.SENT:
        raise NotNow
    call = held.call
    consent = begin_consent(
        actor=None, asked_by=call.made_by, organisation=call.organisation, shown=Shown(name=held.name, email=held.email),
        about=f"What you sent to “{call.title}”"[:300], what=held.what, where=held.where, until=call.consent_until, now=now,
    )  # fmt: skip
    held.consent = hear(consent=consent, by=By.PERSON, name=held.name, what=held.what, where=held.where, now=now)
    held.state, held.confirmed_at = ContributionState.CONFIRMED, now
    held.save(update_fields=["state", "confirmed_at", "consent"])
    audit.record(actor=None, verb="confirmed", thing=held, now=now)
    return held


@transaction.atomic
def withdraw_contribution(*, contribution: Contribution, now: datetime | None = None) -> Contribution:
    """Taken back by whoever sent it: the words and the picture are removed, and what rests on the consent is down. Raises `gate.NotNow`."""
    now = now or timezone.now()
    held = locked(contribution)
    if held.state == ContributionState.WITHDRAWN:
        raise NotNow
    if held.consent and held.consent.is_given:
        withdraw_consent(consent=held.consent, now=now)
    if held.story:
        erase_words(actor=None, story=back_to_draft(held.story, now), now=now)
    ContributionPicture.objects.filter(contribution=held).delete()
    held.answers, held.state, held.confirmed_at = {}, ContributionState.WITHDRAWN, held.confirmed_at or now
    held.save(update_fields=["answers", "state", "confirmed_at"])
    audit.record(actor=None, verb="took back", thing=held, now=now)
    return held


# ---- What editors do


def to_look_at(contribution: Contribution) -> Contribution:
    held = locked(contribution)
    if held.state != ContributionState.CONFIRMED:
        raise NotNow
    return held


@transaction.atomic
def take_contribution(*, actor: Any, contribution: Contribution, now: datetime | None = None) -> Story:
    """A draft of it, with what they sent as its source and the consent that they gave. Raises `gate.NotNow`."""
    now = now or timezone.now()
    held = to_look_at(contribution)
    story = start_story(
        actor=actor, organisation=held.organisation, name=held.name, person_email=held.email, source=SourceKind.CALL,
        source_key=f"contribution:{held.pk}", source_words=in_words(held), consent=held.consent, job=held.job, employer=held.employer,
        now=now, **held.answers,
    )  # fmt: skip
    picture = ContributionPicture.objects.filter(contribution=held).first()
    if picture:
        file = CheckedFile(picture.file_name, picture.media_type, bytes(picture.content), "none")
        add_picture(actor=actor, story=story, file=file, alt=picture.alt, credit=picture.credit, now=now)
    held.state, held.story = ContributionState.TAKEN, story
    held.save(update_fields=["state", "story"])
    audit.record(actor=actor, verb="made a story of", thing=held, now=now)
    return story


def in_words(contribution: Contribution) -> str:
    """What was sent, as the source that stays with the story."""
    told = [f"{heading}\n{text}" for heading, text in contribution.sections]
    return "\n\n".join([f"{contribution.name}, {contribution.job}", *told])


@transaction.atomic
def decline_contribution(*, actor: Any, contribution: Contribution, now: datetime | None = None) -> Contribution:
    """Thank you, but nothing comes of it: they are told kindly, and the consent ends. Raises `gate.NotNow`."""
    now = now or timezone.now()
    held = to_look_at(contribution)
    held.state = ContributionState.DECLINED
    held.save(update_fields=["state"])
    audit.record(actor=actor, verb="did not take", thing=held, now=now)
    call = held.call
    send_mail(
        template="stories/email/declined",
        to=held.email,
        context={
            "contribution": held,
            "call": call,
            "dear": held.name,
            "whose_words": f"{call.organisation.name}, through Desaga.",
        },
        organisation=call.organisation,
        reply_to=call.made_by.email if call.made_by else "",
    )
    return held
