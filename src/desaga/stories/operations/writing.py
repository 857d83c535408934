"""Writing a story: from scratch, and part by part. A word changed after it was sent makes it a draft again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from desaga.audit import operations as audit
from desaga.consents.models import Consent
from desaga.consents.operations.asking import Shown, ask_consent
from desaga.consents.queries import person_known_at
from desaga.organisations.models import Organisation, Person
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused
from desaga.ui.languages import ENGLISH

from .. import queries
from ..models import FieldTag, Story
from ..queries import SHIPPED_FIELDS
from ..states import SourceKind, StoryState
from .gate import move, note

#: What may be written by hand.
WRITTEN = (
    "name", "person_email", "job", "employer", "summary", "place", "route", "registration", "quote", "what_i_do", "what_i_love", "skills",
    "how_i_got_here", "advice", "pillars", "fields",
)  # fmt: skip


class ChangedMeanwhile(Refused):
    """Somebody changed this story while you wrote. What you wrote is still here: look at the story in another window, then save again."""


class HasConsent(Refused):
    """They were asked already, and what they said is to stand. Ask again from the consent’s own page."""


@transaction.atomic
def start_story(
    *,
    actor: Any,
    organisation: Organisation,
    name: str,
    person_email: str,
    source: str = SourceKind.SCRATCH,
    source_key: str = "",
    source_words: str = "",
    person: Person | None = None,
    consent: Consent | None = None,
    language: str = ENGLISH,
    now: datetime | None = None,
    **words: Any,
) -> Story:
    """A draft. At an address that we know as a colleague's it is linked to them. Nothing is shown, and nobody asked."""
    now = now or timezone.now()
    keep_shipped_fields(organisation)
    story = Story.objects.create(
        organisation=organisation, slug=free_slug(name), language=language, name=name.strip(), person_email=person_email.strip(),
        person=person or person_known_at(person_email), consent=consent, source=source, source_key=source_key, source_words=source_words,
        made_by=actor, made_at=now, since=now, **{key: value for key, value in words.items() if key in WRITTEN},
    )  # fmt: skip
    note(story, "begun", actor=actor, now=now)
    audit.record(actor=actor, verb="began", thing=story, now=now)
    return story


def free_slug(name: str) -> str:
    """ "meet-ada-quill", with a number where there is one."""
    plain = slugify(f"meet {name}")[:70] or "story"
    taken = set(Story.objects.filter(slug__startswith=plain).values_list("slug", flat=True))
    return next(
        slug
        for number in range(1, len(taken) + 2)
        if (slug := plain if number == 1 else f"{plain}-{number}") not in taken
    )


def keep_shipped_fields(organisation: Organisation) -> None:
    """The first story brings the usual fields, to be changed."""
    if not FieldTag.objects.exists():
        FieldTag.objects.bulk_create(
            FieldTag(organisation=organisation, key=slugify(name)[:60], name=name) for name in SHIPPED_FIELDS
        )


@transaction.atomic
def save_words(*, actor: Any, story: Story, seen: int, words: Mapping[str, Any], now: datetime | None = None) -> Story:
    """Write some of its words; where none changed, nothing does. Raises `ChangedMeanwhile` where somebody else saved since `seen`."""
    now = now or timezone.now()
    held = locked(story)
    wanted = {name: value for name, value in words.items() if name in WRITTEN and getattr(held, name) != value}
    if not wanted:
        return held
    if held.seen != seen:
        raise ChangedMeanwhile
    before = audit.snapshot(held, *wanted)
    held = touch(held, actor=actor, now=now)
    for name, value in wanted.items():
        setattr(held, name, value)
    held.save(update_fields=list(wanted))
    audit.record(
        actor=actor, verb="wrote", thing=held, changes=audit.differences(before, audit.snapshot(held, *wanted)), now=now
    )
    return held


def touch(story: Story, *, actor: Any, now: datetime) -> Story:
    """What somebody saw of it is not what it is any more; what was sent or shown becomes a draft again. Call with the row locked."""
    if story.state != StoryState.DRAFT:
        story = move(story, "reopen", actor=actor, now=now)
    story.seen += 1
    story.save(update_fields=["seen"])
    return story


@transaction.atomic
def ask_for_consent(*, actor: Any, story: Story, shown: Shown, now: datetime | None = None, **asked: Any) -> Story:
    """Ask whoever the story is about, and let it rest on that, in each of its languages. Raises `HasConsent`, and what `consents` refuses."""
    now = now or timezone.now()
    held = locked(story)
    if held.consent and not held.consent.has_ended:
        raise HasConsent
    held.consent = ask_consent(actor=actor, organisation=held.organisation, shown=shown, now=now, **asked)
    held.save(update_fields=["consent"])
    note(held, "consent asked for", actor=actor, now=now)
    other = queries.other_of(held)
    if other and (other.consent is None or other.consent.has_ended):
        other.consent = held.consent
        other.save(update_fields=["consent"])
        note(other, "consent asked for", actor=actor, now=now)
    return held
