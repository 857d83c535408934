"""People are stripped from applications whose time is over; what figures are counted by stays.

One way for all: the page's dry run, the press after it, and the worker at night. In one transaction, or not at all.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.db import connection, transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import change_row, locked
from desaga.organisations.refusals import Refused

from ..keeping import Case, groups
from ..models import Application, Hold, Scheme, StrippingRun
from ..queries.keeping import hold_on, sorted_for, sorted_out, unseen_over
from .equality_figures import forget_answers, make_all_over
from .stripping_rows import counted, stories_over, strip_rows


class SeenOtherwise(Refused):
    """What falls due has changed since you looked. Look at it again."""


class NothingDue(Refused):
    """Nothing falls due now."""


class HeldAlready(Refused):
    """It is kept already, with a reason. Let that go first."""


class NotHeld(Refused):
    """Nobody holds it any more."""


def digest_of(due: Iterable[Case], drafts: Iterable[int]) -> str:
    """What a dry run showed, in few letters: applications, and drafts by their ids."""
    return hashlib.sha256(repr((sorted(one.pk for one in due), sorted(drafts))).encode()).hexdigest()[:32]


def dry_run(due: Sequence[Case]) -> dict[str, int]:
    """How much of what would go; the same code counts that lets it go."""
    return counted([one.pk for one in due])


@transaction.atomic
def strip_after_look(
    *, actor: Any, organisation: Organisation, scheme: Scheme, seen: str, now: datetime | None = None
) -> StrippingRun:
    """Strip what somebody was shown: applications, and drafts, of which they saw how many. Raises `SeenOtherwise`, `NothingDue`."""
    now = now or timezone.now()
    held = locked(scheme)
    today = timezone.localdate(now)
    due, drafts = sorted_for(actor, organisation, held, today).due, unseen_over(held, today)
    if not due and not drafts:
        raise NothingDue
    if digest_of(due, drafts) != seen:
        raise SeenOtherwise
    return _strip(actor, held, due, drafts, now)


@transaction.atomic
def strip_at_night(*, scheme: Scheme, now: datetime | None = None) -> StrippingRun | None:
    """(Worker) The same for all that falls due, whoever may read it, and for drafts that nobody touched for so long. None where nothing goes."""
    now = now or timezone.now()
    held = locked(scheme)
    today = timezone.localdate(now)
    due, unseen = sorted_out(held, today).due, unseen_over(held, today)
    stories = stories_over(held, today)
    if not (due or unseen or stories):
        return None
    return _strip(None, held, due, unseen, now)


def _strip(actor: Any, scheme: Scheme, due: Sequence[Case], unseen: Collection[int], now: datetime) -> StrippingRun:
    """Figures first, then people. Of drafts no number is kept: that somebody had begun was nobody's to know of."""
    pks = [one.pk for one in due]
    make_all_over(scheme=scheme, now=now)
    counts = counted(pks)
    applications = list(
        Application.objects.select_for_update(of=("self",)).filter(pk__in=[*pks, *unseen]).order_by("pk")
    )
    forget_answers(applications)
    let_words_go([one.pk for one in applications])
    counts["mails"] = strip_rows(scheme, applications, now)
    for mates in groups(due).values():
        Application.objects.filter(pk__in=mates).update(mark=uuid4())
    run = StrippingRun.objects.create(
        organisation_id=scheme.organisation_id, scheme=scheme, at=now, by=actor, applications=len(pks),
        counts={what: number for what, number in counts.items() if number} if pks else {},
    )  # fmt: skip
    audit.record(actor=actor, verb="stripped people from applications to", thing=scheme, note=str(run), now=now)
    return run


def let_words_go(pks: Sequence[int]) -> None:
    """The owner's function in the database, which alone may take words from what is only added to (migration 0013)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT placements_let_words_go(%s)", [list(pks)])


@transaction.atomic
def switch_nightly(*, actor: Any, scheme: Scheme, on: bool, now: datetime | None = None) -> Scheme:
    """Begin to strip every night what falls due, or stop."""
    if on and locked(scheme).strips_since is not None:
        return scheme
    verb = "began to strip people every night from" if on else "stopped stripping people every night from"
    return change_row(scheme, actor=actor, verb=verb, fields={"strips_since": (now or timezone.now()) if on else None})


@transaction.atomic
def place_hold(*, actor: Any, application: Application, because: str, now: datetime | None = None) -> Hold:
    """Keep an application beyond its time, for a reason. Raises `HeldAlready`."""
    now = now or timezone.now()
    held = locked(application)
    if hold_on(held):
        raise HeldAlready
    hold = Hold.objects.create(
        organisation_id=held.organisation_id, application=held, because=because.strip(), placed_at=now, placed_by=actor
    )
    audit.record(actor=actor, verb="put a", thing=hold, now=now)
    return hold


@transaction.atomic
def lift_hold(*, actor: Any, application: Application, now: datetime | None = None) -> Hold:
    """Nothing keeps it beyond its time any more. Raises `NotHeld`."""
    now = now or timezone.now()
    hold = hold_on(locked(application))
    if hold is None:
        raise NotHeld
    hold.lifted_at, hold.lifted_by = now, actor
    hold.save(update_fields=["lifted_at", "lifted_by"])
    audit.record(actor=actor, verb="lifted a", thing=hold, now=now)
    return hold
