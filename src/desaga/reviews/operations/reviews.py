"""A review as a whole: plan, freeze, ask for comments, hold, call off."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.models import User
from desaga.audit import operations as audit
from desaga.notifications.operations import send_mail
from desaga.organisations.operations.rows import add_row, change_row, locked
from desaga.organisations.refusals import Refused
from desaga.plans.models import Plan
from desaga.plans.operations.actions import open_plan

from .. import queries
from ..freezing import content_of, digest_of
from ..models import Review, Snapshot, TellingMail
from ..signals import review_held
from ..states import REVIEW_TRANSITIONS, About, ReviewState


class OneThatDay(Refused):
    """The plan is reviewed on that day already. Choose another day, or change that review."""


class NotNow(Refused):
    """That cannot be done any more: somebody was quicker. Look at the page again."""


class NothingFrozen(Refused):
    """The plan has not been frozen for this review yet."""


class HeldAlready(Refused):
    """The meeting was held on what was frozen then, and that stays. The minutes alone can be mended."""


class NobodyToTell(Refused):
    """Nobody of the group has an account here. Send the pack to them yourself, as PDF or Word."""


class ToldAlready(Refused):
    """Everybody of the group was told already, and nothing has changed since."""


class ReviewIsOver(Refused):
    """This review is over. Open its minutes again first."""


@transaction.atomic
def plan_review(*, actor: Any, plan: Plan, **fields: Any) -> Review:
    """Plan a review. Raises `OneThatDay`, `PlanIsClosed`."""
    plan = open_plan(plan)
    try:
        with transaction.atomic():
            return add_row(
                Review,
                actor=actor,
                verb="planned",
                organisation=plan.organisation,
                plan=plan,
                planned_by=actor,
                **fields,
            )
    except IntegrityError:
        raise OneThatDay from None


@transaction.atomic
def edit_review(*, actor: Any, review: Review, **fields: Any) -> Review:
    """Change when and where a review is, or what it is about. Raises `ReviewIsOver`, `OneThatDay`."""
    if not locked(review).is_going:
        raise ReviewIsOver
    try:
        with transaction.atomic():
            return change_row(review, actor=actor, fields=fields)
    except IntegrityError:
        raise OneThatDay from None


@transaction.atomic
def freeze(*, actor: Any, review: Review, now: datetime | None = None) -> Snapshot:
    """Keep the plan as it stands for this review. Done again, the later snapshot counts; the earlier stays. Raises `HeldAlready`, `NotNow`."""
    now = now or timezone.now()
    if locked(review).was_held:
        raise HeldAlready
    review = _move(review, "freeze", actor, now)
    content = content_of(review.plan, timezone.localdate(now))
    return Snapshot.objects.create(
        organisation_id=review.organisation_id,
        plan=review.plan,
        review=review,
        taken_at=now,
        taken_by=actor,
        content=content,
        digest=digest_of(content),
    )


@transaction.atomic
def ask_for_comments(*, actor: Any, review: Review) -> int:
    """Write to everybody of the group who has an account: the pack is ready. Nobody is told twice of the same. Answers how many.
    Raises `NotNow`, `NobodyToTell`, `ToldAlready`."""
    if locked(review).state != ReviewState.READY:
        raise NotNow
    told = _write_to_group(review, About.PACK, queries.digest_told(review, About.PACK))
    audit.record(actor=actor, verb="asked for comments on", thing=review, note=f"{told} people")
    return told


@transaction.atomic
def hold(
    *, actor: Any, review: Review, present: str, apologies: str, next_on: date | None, now: datetime | None = None
) -> Review:
    """Write down that the review was held, and plan the next. From then on no snapshot of it can be taken. Raises `NotNow`."""
    now = now or timezone.now()
    review = _move(
        review, "hold", actor, now, present=present, apologies=apologies, next_on=next_on, held_at=now, was_held=True
    )
    review_held.send(sender=Review, review=review, actor=actor)
    if next_on and not Review.objects.filter(plan=review.plan, meets_on__gte=next_on).exists():
        add_row(
            Review, actor=actor, verb="planned", organisation=review.organisation, plan=review.plan, planned_by=actor,
            meets_on=next_on, group=review.group, place=review.place,
        )  # fmt: skip
    return review


@transaction.atomic
def send_minutes(*, actor: Any, review: Review) -> int:
    """Write to everybody of the group who has an account where the minutes are; again only where they say something else.

    Raises `NotNow`, `NobodyToTell`, `ToldAlready`."""
    if locked(review).state != ReviewState.HELD:
        raise NotNow
    told = _write_to_group(review, About.MINUTES, queries.digest_told(review, About.MINUTES))
    audit.record(actor=actor, verb="sent the minutes of", thing=review, note=f"{told} people")
    return told


@transaction.atomic
def reopen(*, actor: Any, review: Review, now: datetime | None = None) -> Review:
    """Open the minutes again, to mend them. What was frozen stays. Raises `NotNow`."""
    return _move(review, "reopen", actor, now or timezone.now(), held_at=None)


@transaction.atomic
def call_off(*, actor: Any, review: Review, now: datetime | None = None) -> Review:
    """Call a review off; what was frozen and said stays. Raises `NotNow`."""
    return _move(review, "call_off", actor, now or timezone.now())


@transaction.atomic
def restore(*, actor: Any, review: Review, now: datetime | None = None) -> Review:
    """Take calling off back. Raises `NotNow`, `OneThatDay`."""
    try:
        with transaction.atomic():
            return _move(review, "restore", actor, now or timezone.now())
    except IntegrityError:
        raise OneThatDay from None


def _move(review: Review, name: str, actor: Any, now: datetime, **also: Any) -> Review:
    """The one way in which a review goes from one state to another."""
    transition, review = REVIEW_TRANSITIONS[name], locked(review)
    if review.state not in transition.sources:
        raise NotNow
    was, review.state = review.state, transition.target
    for field, value in also.items():
        setattr(review, field, value)
    review.save(update_fields=["state", *also])
    changes = {"state": [was, review.state]} if was != review.state else {}
    audit.record(
        actor=actor, verb=transition.verb, thing=review, changes=changes, note=f"Plan: {review.plan.title}", now=now
    )
    return review


MAILS = {
    About.PACK: ("reviews/email/pack_ready", "reviews:show_review", "Read the pack"),
    About.MINUTES: ("reviews/email/minutes", "reviews:show_minutes", "Read the minutes"),
}


def _write_to_group(review: Review, about: About, digest: str) -> int:
    """One mail for each who was not told of this yet. The review is held, so that two presses are one after the other."""
    template, url_name, button = MAILS[about]
    people = [one.pk for one in queries.members_of(review.group)]
    accounts = User.objects.filter(person__in=people, is_active=True).select_related("person").order_by("pk")
    url = f"{settings.SITE_ADDRESS}{reverse(url_name, args=[review.organisation.slug, review.pk])}"
    told = dict(TellingMail.objects.filter(review=review, about=about, digest=digest).values_list("user_id", "pk"))
    new = [user for user in accounts if user.pk not in told]
    for user in new:
        TellingMail.objects.create(
            organisation_id=review.organisation_id, review=review, user=user, about=about, digest=digest
        )
        context = {"review": review, "name": user.get_full_name(), "button_url": url, "button_label": button}
        whose = f"{review.organisation.name}, through Desaga."
        send_mail(
            template=template, to=user.email, context=context | {"whose_words": whose}, organisation=review.organisation
        )
    if not accounts:
        raise NobodyToTell
    if not new:
        raise ToldAlready
    return len(new)
