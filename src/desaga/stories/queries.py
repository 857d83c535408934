"""What can be read of stories. All answer within the current scope; `stories_listed` is the one beginning for people."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Value
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone

from desaga.accounts.keys import hash_of
from desaga.consents.models import Consent
from desaga.consents.states import WHAT_OF_THEM, WHERE_OF_THEM, What, Where
from desaga.organisations.models import Organisation
from desaga.organisations.queries import matching
from desaga.tenancy.context import within

from .models import (
    Call,
    Contribution,
    ContributionPicture,
    FieldTag,
    OfferedStory,
    Story,
    StoryApproval,
    StoryEvent,
    StoryKey,
    StoryPicture,
    StoryPictureContent,
    StoryVersion,
    StoryVideo,
    StoryVideoContent,
)
from .states import ContributionState, SourceKind, StoryState

SAYS = ("name", "job", "employer", "summary", "place", *("what_i_do", "how_i_got_here"))
SHIPPED_FIELDS = (
    "Agriculture and environment", "Arts and media", "Computing and data", "Engineering and manufacturing", "Health and life sciences",
    "Physical sciences", "Workshops and making",
)  # fmt: skip


def stories_listed() -> QuerySet[Story]:
    """The organisation's stories, what changed last before the others."""
    return Story.objects.select_related("organisation", "consent")


def narrowed(rows: QuerySet[Story], wanted: Mapping[str, Any]) -> QuerySet[Story]:
    """Those that fit a list's filters."""
    if state := wanted.get("state"):
        rows = rows.filter(state=state)
    if route := wanted.get("route"):
        rows = rows.filter(route=route)
    if field := wanted.get("field"):
        rows = rows.filter(fields__contains=[field])
    if pillar := wanted.get("pillar"):
        rows = rows.filter(pillars__contains=[pillar])
    return matching(rows, wanted.get("q") or "", *SAYS)


def counts_by_state() -> dict[str, int]:
    rows = Story.objects.order_by().values("state").annotate(number=Count("pk"))
    return {row["state"]: row["number"] for row in rows}


def story_or_404(pk: int) -> Story:
    return get_object_or_404(
        Story.objects.select_related("organisation", "consent__organisation", "made_by__person"), pk=pk
    )


def pictures_of(story: Story) -> QuerySet[StoryPicture]:
    return StoryPicture.objects.filter(story=story)


def picture_or_404(story: Story, pk: int) -> StoryPicture:
    return get_object_or_404(StoryPicture.objects.filter(story=story), pk=pk)


def bytes_of_picture(picture_id: int) -> bytes:
    row = StoryPictureContent.objects.filter(picture=picture_id).first()
    if row is None:
        raise Http404("There is no such picture.")
    return bytes(row.content)


def video_of(story: Story) -> StoryVideo | None:
    return StoryVideo.objects.filter(story=story).first()


def bytes_of_video(video: StoryVideo) -> bytes:
    return bytes(StoryVideoContent.objects.get(video=video).content)


def other_of(story: Story) -> Story | None:
    """The story that says the same in the other language. One query."""
    same = Story.objects.select_related("organisation", "consent")
    if story.says:
        return same.filter(pk=story.says).first()
    return same.filter(source=SourceKind.STORY, source_key=str(story.pk)).first()


def said_in_english(story: Story) -> list[str]:
    """What the pictures of the English story show, where this one says it in Welsh."""
    rows = StoryPicture.objects.filter(story=story.says) if story.says else StoryPicture.objects.none()
    return list(rows.exclude(alt="").values_list("alt", flat=True))


def content_now(story: Story) -> dict[str, Any]:
    return story.content(list(pictures_of(story)), video_of(story))


def version_that_counts(story: Story) -> StoryVersion | None:
    """The version that was sent last, with what the person said of it."""
    return StoryVersion.objects.filter(story=story, number=story.version).select_related("approval").first()


def last_version(story: Story) -> StoryVersion | None:
    return StoryVersion.objects.filter(story=story).order_by("-number").first()


def approval_of(version: StoryVersion | None) -> StoryApproval | None:
    return StoryApproval.objects.filter(version=version).first() if version else None


def events_of(story: Story) -> QuerySet[StoryEvent]:
    return StoryEvent.objects.filter(story=story).select_related("by__person")


def fields_kept() -> list[FieldTag]:
    """The organisation's fields, those in use first; a short list by its nature."""
    return list(FieldTag.objects.order_by("retired_on", "name")[:200])


def field_choices() -> list[tuple[str, str]]:
    """Keys and names of the fields to choose from; those that are shipped where the organisation has named none."""
    from django.utils.text import slugify

    kept = [(one.key, one.name) for one in fields_kept() if one.retired_on is None]
    return kept or [(slugify(name)[:60], name) for name in SHIPPED_FIELDS]


def field_names(keys: Collection[str]) -> list[str]:
    names = dict(field_choices()) | {one.key: one.name for one in FieldTag.objects.filter(key__in=list(keys))}
    return [names[key] for key in keys if key in names]


def key_opened(organisation: Organisation, key: str, now: datetime | None = None) -> StoryKey | None:
    """What a key opens: one version of one story. None where it is unknown or its time is over. Reads within that organisation only."""
    now = now or timezone.now()
    with within(organisation):
        rows = StoryKey.objects.filter(key_hash=hash_of(key), expires_at__gt=now)
        return rows.select_related(
            "version__story__organisation", "version__story__consent", "version__approval"
        ).first()


def shown_by(consent: Consent) -> QuerySet[Story]:
    """Stories that rest on a consent."""
    return Story.objects.filter(consent=consent).select_related("organisation")


def published_to_count() -> list[tuple[int, list[str]]]:
    """Each published story with its pillars; once, in however many languages it can be read."""
    rows = Story.objects.filter(state=StoryState.PUBLISHED).exclude(source=SourceKind.STORY).order_by("pk")
    return list(rows.values_list("pk", "pillars"))


def has_stories() -> bool:
    return Story.objects.exists()


def waiting_counts() -> dict[str, tuple[int, datetime]]:
    """What waits in the organisation, by what it is ("approved", "waiting", "contributions", "offers"): how many and since when; one query."""
    stories = Story.objects.filter(state__in=[StoryState.APPROVED, StoryState.WAITING]).annotate(waits=F("state"))
    sent = Contribution.objects.filter(state=ContributionState.CONFIRMED).annotate(waits=Value("contributions"))
    offered = offers_listed().select_related(None).annotate(waits=Value("offers"))
    counted = [
        rows.order_by()
        .values("waits")
        .annotate(number=Count("pk"), oldest=Min(since))
        .values_list("waits", "number", "oldest")
        for rows, since in ((stories, "since"), (sent, "confirmed_at"), (offered, "offered_at"))
    ]
    return {str(what): (number, oldest) for what, number, oldest in counted[0].union(*counted[1:], all=True) if number}


# ---- Calls, contributions and offers


def calls_listed() -> QuerySet[Call]:
    to_look_at = Count("contributions", filter=Q(contributions__state=ContributionState.CONFIRMED))
    taken = Count("contributions", filter=Q(contributions__state=ContributionState.TAKEN))
    return (
        Call.objects.select_related("organisation")
        .annotate(to_look_at=to_look_at, taken=taken)
        .order_by("-made_at", "-pk")
    )


def call_or_404(pk: int) -> Call:
    return get_object_or_404(calls_listed(), pk=pk)


def open_calls(organisation_slug: str | OuterRef) -> QuerySet[Call]:
    """The calls of an organisation that everybody may read, what ends first before the others. Asked as nobody: row-level security shows open ones alone."""
    rows = Call._base_manager.filter(
        organisation__slug=organisation_slug, state="open", until__gte=timezone.localdate()
    )
    return rows.select_related("organisation").order_by("until", "pk")


def open_call(organisation_slug: str, slug: str) -> Call:
    """One of them, or 404."""
    return get_object_or_404(open_calls(organisation_slug).filter(slug=slug))


def contributions_of(call: Call) -> QuerySet[Contribution]:
    """What was confirmed, what is to be looked at first. What nobody confirmed is nobody's to read."""
    rows = Contribution.objects.filter(call=call).exclude(state=ContributionState.SENT)
    return rows.select_related("consent", "picture").order_by("-confirmed_at", "-pk")


def contribution_or_404(call: Call, pk: int) -> Contribution:
    return get_object_or_404(contributions_of(call), pk=pk)


def contribution_opened(organisation: Organisation, key: str) -> Contribution | None:
    """What a contributor's key opens. Reads within that organisation only."""
    with within(organisation):
        rows = Contribution.objects.filter(key_hash=hash_of(key))
        return rows.select_related("call__organisation", "organisation", "consent", "story", "picture").first()


def offers_listed() -> QuerySet[OfferedStory]:
    """Placements offered as stories, that nobody made a draft of."""
    return OfferedStory.objects.filter(story=None, consent_until__gte=timezone.localdate()).select_related(
        "organisation"
    )


def offer_or_404(pk: int) -> OfferedStory:
    return get_object_or_404(offers_listed(), pk=pk)


def workspaces() -> list[Organisation]:
    return list(Organisation.objects.with_workspace())


def tags() -> QuerySet[FieldTag]:
    return FieldTag.objects.all()


def picture_sent(contribution: Contribution) -> ContributionPicture:
    return get_object_or_404(ContributionPicture.objects.filter(contribution=contribution))


def what_words(contribution: Contribution) -> list[str]:
    return [WHAT_OF_THEM[What(one)] for one in contribution.what]


def where_words(contribution: Contribution) -> list[str]:
    return [WHERE_OF_THEM[Where(one)] for one in contribution.where]
