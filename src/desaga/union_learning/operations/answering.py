"""What a member does, by their link alone: agree or not, choose what is shared, write, choose another representative, end it. And what the night ends."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from desaga.accounts.keys import hash_of, new_key
from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from .. import queries
from ..content import Content
from ..models import Support
from ..sealing import open_content
from ..states import By, SupportState
from .gate import NotNow, move
from .mails import post
from .supporting import keep, written

A_YEAR = timedelta(days=365)


class NotARepresentative(Refused):
    """They are not a learning representative any more. Choose somebody else."""


@transaction.atomic
def agree(*, support: Support, shares: Collection[str], now: datetime | None = None) -> Support:
    """The member agrees to be supported, and says what is shared. Raises `gate.NotNow`."""
    now = now or timezone.now()
    held = move(support, "agree", by=By.MEMBER, actor=None, now=now)
    if held is None:
        raise NotNow
    day = timezone.localdate(now)
    keep_for_a_year(held, now)
    keep(held, replace(open_content(held).sharing(shares), agreed_on=day.isoformat(), mails=()), now=now)
    return held


@transaction.atomic
def decline(*, support: Support, now: datetime | None = None) -> None:
    """The member says no: nothing of them is kept. Raises `gate.NotNow`."""
    move(support, "decline", by=By.MEMBER, actor=None, now=now or timezone.now())


@transaction.atomic
def end(*, support: Support, now: datetime | None = None) -> None:
    """The member ends it: all of it is deleted, for both. Raises `gate.NotNow`."""
    move(support, "end", by=By.MEMBER, actor=None, now=now or timezone.now())


@transaction.atomic
def change_own(*, support: Support, change: Callable[[Content], Content], now: datetime | None = None) -> Support:
    """Change what is the member's own; it is kept for a year from now. Raises `gate.NotNow` where they have not agreed."""
    now, held = now or timezone.now(), locked(support)
    if held.state != SupportState.AGREED:
        raise NotNow
    keep_for_a_year(held, now)
    keep(held, change(open_content(held)), now=now)
    audit.record(actor=None, verb="changed by the member:", thing=held, now=now)
    return held


def share(*, support: Support, shares: Collection[str], goal: str) -> Support:
    """Say anew what one works towards, and what of it all is shared."""
    return change_own(support=support, change=lambda held: replace(held.sharing(shares), goal=goal.strip()))


def write_own(*, support: Support, note: str = "", step: str = "", now: datetime | None = None) -> Support:
    """A note or step of one's own. Raises `supporting.SaysNothing`."""
    now = now or timezone.now()
    return change_own(
        support=support, change=lambda held: written(held, note=note, step=step, by=By.MEMBER, now=now), now=now
    )


def mark_step(*, support: Support, number: int, is_done: bool) -> Support:
    return change_own(support=support, change=lambda held: held.with_step_done(number, is_done))


def remove(*, support: Support, what: str, number: int) -> Support:
    """Take a step or a note away, whoever wrote it."""
    return change_own(support=support, change=lambda held: held.without(what, number))


@transaction.atomic
def choose_representative(*, support: Support, person_id: int, now: datetime | None = None) -> Support:
    """Another representative of the same union supports the member from now on; the former sees nothing any more. Raises `NotARepresentative`, `gate.NotNow`."""
    if not queries.representatives().filter(pk=person_id).exists():
        raise NotARepresentative
    held = change_own(support=support, change=lambda content: content, now=now)
    held.representative_id = person_id
    held.save(update_fields=["representative"])
    return held


def keep_for_a_year(support: Support, now: datetime) -> None:
    support.ends_on, support.told_at = timezone.localdate(now) + A_YEAR, None
    support.save(update_fields=["ends_on", "told_at"])


@transaction.atomic
def run_out(*, support: Support, now: datetime | None = None) -> None:
    """Its last day is past: all of it is deleted. Call within `reach.by_night`."""
    move(support, "run_out", by=By.NIGHT, actor=None, now=now or timezone.now())


@transaction.atomic
def say_it_ends_soon(*, support: Support, now: datetime | None = None) -> Support:
    """A month before, the member gets a new link, once: to open the page and go on is enough. Call within `reach.by_night`."""
    now, key, held = now or timezone.now(), new_key(), locked(support)
    if held.told_at:
        return held
    held.told_at, held.key_hash = now, hash_of(key)
    held.save(update_fields=["told_at", "key_hash"])
    content, who = open_content(held), queries.representative_of(held)
    mail = post(content, "soon", representative=who.name if who else "", key=key, ends_on=held.ends_on)
    keep(held, replace(content, mails=(*content.mails, mail)), now=now)
    audit.record(actor=None, verb="told that it ends soon:", thing=held, now=now)
    return held
