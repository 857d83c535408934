"""Choosing what the public reads of a plan, publishing it, keeping it up to date, taking it down."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from desaga.organisations.operations.rows import add_row, change_row, locked
from desaga.organisations.refusals import Refused
from desaga.plans.models import Plan
from desaga.plans.operations.publishing import close_to_public, open_to_public
from desaga.plans.publishing import PARTS, USUAL_PARTS

from .. import queries
from ..changing import changes_between
from ..copying import Content, content_of, digest_of, kept_lines
from ..models import Publication, PublicChange, PublicCopy

LONGEST_SLUG = 60
PUBLISHED = {"part": "", "text": "The plan was published."}


class NobodyToWriteTo(Refused):
    """Say first whom the public can write to: a name or a role, and an e-mail address."""


class OtherThanPreviewed(Refused):
    """The page is not what you looked at any more: the plan, or what was chosen, changed since. Look at the preview again, then publish."""


class NotPublished(Refused):
    """This plan is not published."""


@transaction.atomic
def choose(*, actor: Any, plan: Plan, **fields: Any) -> Publication:
    """Choose what the public page of a plan will say: `parts`, `words`, `contact_*`, `reviewed_on`. It shows nothing before `publish`."""
    plan = locked(plan)
    if "parts" in fields:
        fields["parts"] = [name for name in PARTS if name in fields["parts"]]
    known = Publication.objects.filter(plan=plan).first()
    if known:
        return change_row(known, actor=actor, fields=fields)
    fields.setdefault("parts", list(USUAL_PARTS))
    fields.setdefault("reviewed_on", queries.last_reviewed(plan))
    return add_row(
        Publication,
        actor=actor,
        verb="prepared",
        organisation=plan.organisation,
        plan=plan,
        slug=_free_slug(plan),
        **fields,
    )


@transaction.atomic
def publish(
    *, actor: Any, publication: Publication, seen: str | None = None, now: datetime | None = None
) -> PublicCopy:
    """Show the public what was chosen, from now on; again, to show what was chosen since. `seen` is the digest of the preview that a person
    looked at; None where nobody looks, as in the demo. Raises `NobodyToWriteTo`, `IsADraft`, `OtherThanPreviewed`."""
    now = now or timezone.now()
    held = locked(publication)
    if not held.contact_address or not (held.contact_name or held.contact_role):
        raise NobodyToWriteTo
    open_to_public(actor=actor, plan=held.plan, parts=held.parts, now=now)
    content = content_of(held)
    if seen is not None and digest_of(content) != seen:
        raise OtherThanPreviewed
    copy = _copied(held, content, actor=actor, now=now)
    _forget_what_is_closed(copy, held.parts)
    return copy


@transaction.atomic
def take_down(*, actor: Any, publication: Publication) -> None:
    """Show the public nothing any more. The copy and what was told of its changes are removed; taking down twice is once."""
    held = locked(publication)
    PublicCopy.objects.filter(publication=held).delete()
    close_to_public(actor=actor, plan=held.plan)


@transaction.atomic
def renew(*, actor: Any, publication: Publication, now: datetime | None = None) -> PublicCopy:
    """Bring a published page up to date with the plan. Raises `NotPublished`.

    What was chosen anew since does not show before it is published; nor does the day of a review that was held since.
    """
    held = locked(publication)
    if not (copy := PublicCopy.objects.filter(publication=held).first()):
        raise NotPublished
    for name in ("parts", "words"):
        setattr(held, name, copy.content[name])
    for name, value in copy.content["contact"].items():
        setattr(held, f"contact_{name}", value)
    held.reviewed_on = date.fromisoformat(told) if (told := copy.content["reviewed_on"]) else None
    return _copied(held, content_of(held), actor=actor, now=now or timezone.now())


@transaction.atomic
def note_review(*, actor: Any, plan: Plan, on: date) -> None:
    """Say on which day a plan was last reviewed, for the next time the lead publishes; the slice of reviews calls it. A later day stays."""
    known = Publication.objects.filter(plan=plan).first()
    if known is None or (known.reviewed_on and known.reviewed_on >= on):
        return
    change_row(known, actor=actor, fields={"reviewed_on": on})


def renew_all(*, now: datetime | None = None) -> int:
    """Bring every published page of the organisation in scope up to date; answers how many there are."""
    found = list(queries.published_here())
    for publication in found:
        renew(actor=None, publication=publication, now=now)
    return len(found)


def _copied(publication: Publication, content: Content, *, actor: Any, now: datetime) -> PublicCopy:
    """The copy, made or brought up to date, with what changed in it."""
    fields = {
        "title": publication.plan.title,
        "content": content,
        "digest": digest_of(content),
        "copied_at": now,
    }
    known = PublicCopy.objects.filter(publication=publication).first()
    if known is None:
        owner = {"organisation": publication.organisation, "publication": publication}
        copy = PublicCopy.objects.create(**owner, slug=publication.slug, published_at=now, published_by=actor, **fields)
        _add_change(copy, [PUBLISHED], now)
        return copy
    lines = changes_between(known.content, content)
    PublicCopy.objects.filter(pk=known.pk).update(**fields)
    if lines:
        _add_change(known, lines, now)
    known.refresh_from_db()
    return known


def _add_change(copy: PublicCopy, lines: list[dict[str, str]], now: datetime) -> None:
    PublicChange.objects.create(organisation=copy.organisation, copy=copy, at=now, lines=lines)


def _forget_what_is_closed(copy: PublicCopy, parts: list[str]) -> None:
    """Former changes tell no more of what the lead has closed since."""
    for change in PublicChange.objects.filter(copy=copy):
        if (kept := kept_lines(change.lines, parts)) != change.lines:
            PublicChange.objects.filter(pk=change.pk).update(lines=kept)


def _free_slug(plan: Plan) -> str:
    """An address that says the plan's title; a number behind it where another has that already."""
    first = slugify(plan.title)[:LONGEST_SLUG].strip("-") or "plan"
    taken = set(Publication.objects.filter(slug__startswith=first).values_list("slug", flat=True))
    numbered = (f"{first}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (first, *numbered) if slug not in taken)
