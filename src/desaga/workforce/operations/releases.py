"""Preparing figures of a period, releasing them, withdrawing them, and what the public reads of them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused
from desaga.privacy.operations.accesses import record_access
from desaga.privacy.queries import objections_heeded

from ..models import PublicFigures, Release, ReleasedTable, ReleaseProgress, Snapshot
from ..queries import snapshots_to_count
from ..releasing import protecting, queries
from ..releasing.tables import Shown
from ..states import ReleaseState
from .counting import exact_tables
from .release_gate import NotNow, RowsAreGone, move, refuse_without_rows


class SnapshotSuperseded(Refused):
    """Another snapshot took the place of this one. Release that."""


class ComparedSuperseded(Refused):
    """Another snapshot took the place of the one with which these figures are compared. Count again, and look at what the check says."""


class OnItsWay(Refused):
    """Figures of this day are on their way already. Release or drop those first."""


class ReleasedAlready(Refused):
    """Figures of this day were released before, and have been read. Restate the last of them, and say what changed."""


class NothingToRestate(Refused):
    """Only the last figures of a day that were released can be restated. Look where they stand now."""


class ReleasedMeanwhile(Refused):
    """Other figures were released since these were checked, and would be read beside them. Count again, and look at what the check says."""


class ObjectedMeanwhile(Refused):
    """Somebody has objected since these were counted. Count again: then they are left out."""


class StillAtWork(Refused):
    """The worker was heard of a moment ago. Wait a little: if it has died, these figures can be taken up again."""


class OtherDay(Refused):
    """A restatement is of the same day as what it takes the place of. Release another day as a period of its own."""


class SayWhatChanged(Refused):
    """Say what changed: whoever has used the earlier figures must know."""


class SayWhy(Refused):
    """Say why: whoever has used the figures must know."""


class NothingReleased(Refused):
    """Nothing is released yet that the public could read."""


#: So often a release is taken up by itself. What makes a worker die over and over, as too little memory, the next one will not survive either.
MOST_TAKEN_UP = 2


@transaction.atomic
def prepare(
    *,
    actor: Any,
    organisation: Any,
    snapshot: Snapshot,
    name: str,
    restates: Release | None = None,
    what_changed: str = "",
    in_background: bool = True,
) -> Release:
    """Have the figures of a snapshot counted, protected and checked. Nobody reads them before `release`.

    What was released of a day has been read, be it withdrawn since: another release of that day `restates` the last of them. Raises
    `SnapshotSuperseded`, `OnItsWay`, `ReleasedAlready`, `NothingToRestate`, `OtherDay`, `SayWhatChanged`.
    """
    locked(organisation)
    if restates is not None:
        _refuse_restatement(locked(restates), snapshot, what_changed)
    _refuse_snapshot(snapshot, restates)
    release = Release.objects.create(
        organisation=organisation,
        name=" ".join(name.split()),
        snapshot=snapshot,
        compared_with=queries.year_before(snapshot),
        restates=restates,
        what_changed=what_changed.strip(),
        prepared_by=actor,
    )
    audit.record(actor=actor, verb="prepared", thing=release)
    _have_counted(release, actor, in_background)
    return release


def _refuse_snapshot(snapshot: Snapshot, restates: Release | None) -> None:
    if Snapshot.objects.filter(supersedes=snapshot).exists():
        raise SnapshotSuperseded
    if not snapshots_to_count().filter(pk=snapshot.pk).exists():
        raise RowsAreGone
    if queries.under_way(snapshot.as_at):
        raise OnItsWay
    if restates is None and queries.released_of_day(snapshot.as_at).exists():
        raise ReleasedAlready


def _refuse_restatement(restates: Release, snapshot: Snapshot, what_changed: str) -> None:
    if restates.snapshot.as_at != snapshot.as_at:
        raise OtherDay
    if not queries.may_be_restated(restates):
        raise NothingToRestate
    if not what_changed.strip():
        raise SayWhatChanged


def _have_counted(release: Release, actor: Any, in_background: bool) -> None:
    from ..tasks import count_release

    ReleaseProgress.objects.update_or_create(
        release=release,
        organisation=release.organisation,
        defaults={"step": "Waiting for a worker", "done": 0, "total": 0, "worked_at": timezone.now(), "resumed": 0},
    )
    if in_background:
        count_release.later(organisation=release.organisation, actor=actor, release_id=release.pk)


@transaction.atomic
def count_again(
    *, actor: Any, release: Release, hide_more: bool = False, leave_out: bool = False, in_background: bool = True
) -> Release:
    """Have a release counted anew, as when a definition changed, beside the snapshot that is a year before now. Raises `NotNow`.

    To `hide_more` is to hide what figures that are out already would give away, as far as hiding can; to `leave_out` is to do without the tables
    that would still give it away. Once asked for, either stays so.
    """
    held = locked(release)
    asked = {"hide_more": hide_more or held.hides_more, "leave_out": leave_out or held.leaves_out}
    found = {name: True for name, is_asked in asked.items() if is_asked}
    move(held, "count_again", actor=actor, found=found, compared_with=queries.year_before(held.snapshot))
    ReleasedTable.objects.filter(release=held).delete()
    _have_counted(held, actor, in_background)
    return held


@transaction.atomic
def take_up_again(*, actor: Any, release: Release, in_background: bool = True) -> Release:
    """Give a release whose worker has fallen silent to another. Nothing was half done: it is counted from the beginning. Raises `NotNow`, `StillAtWork`."""
    held = locked(release)
    if held.state != ReleaseState.PREPARED:
        raise NotNow
    if not queries.is_silent(held):
        raise StillAtWork
    lost = ReleaseProgress.objects.filter(release=held).values_list("resumed", flat=True).first() or 0
    _have_counted(held, actor, in_background)
    ReleaseProgress.objects.filter(release=held).update(resumed=lost + 1)
    audit.record(actor=actor, verb="had taken up again", thing=held)
    return held


@transaction.atomic
def take_up_or_give_up(*, release: Release) -> Release:
    """Give a release whose worker has fallen silent to another, for whoever had it prepared; one over which so many fell silent waits for a person.

    Raises as `take_up_again`.
    """
    held = locked(release)
    progress = ReleaseProgress.objects.filter(release=held).first()
    if progress is None or progress.resumed < MOST_TAKEN_UP:
        return take_up_again(actor=held.prepared_by, release=held)
    return move(held, "fail", actor=None, found=held.found | {"workers_lost": progress.resumed + 1})


@transaction.atomic
def release(*, actor: Any, release: Release, now: datetime | None = None) -> Release:
    """Let figures be read by whom they are for; from now on they stay as they are. What they restate is marked so.

    Raises `NotNow`, `SnapshotSuperseded`, `ComparedSuperseded`, `NothingToRestate`, `ReleasedMeanwhile`, `ObjectedMeanwhile`.
    """
    locked(release.organisation)
    held = locked(release)
    if Snapshot.objects.filter(supersedes=held.snapshot_id).exists():
        raise SnapshotSuperseded
    if held.compared_with_id and Snapshot.objects.filter(supersedes=held.compared_with_id).exists():
        raise ComparedSuperseded
    if held.restates is not None:
        _restate(locked(held.restates), actor)
    if held.state == ReleaseState.CHECKED and queries.numbers_beside(held) - set(held.found.get("beside", ())):
        raise ReleasedMeanwhile
    if held.state == ReleaseState.CHECKED and set(objections_heeded().values_list("pk", flat=True)) - set(held.found.get("objections", ())):  # fmt: skip
        raise ObjectedMeanwhile
    try:
        with transaction.atomic():
            move(held, "release", actor=actor, released_by=actor, released_at=now or timezone.now())
    except IntegrityError:
        raise ReleasedAlready from None
    follow(actor=actor, organisation=held.organisation)
    return held


def _restate(former: Release, actor: Any) -> None:
    """What was withdrawn stays withdrawn."""
    if former.state == ReleaseState.WITHDRAWN:
        return
    try:
        move(former, "restate", actor=actor)
    except NotNow:
        raise NothingToRestate from None


@transaction.atomic
def withdraw(*, actor: Any, release: Release, because: str, now: datetime | None = None) -> Release:
    """Take released figures back: nobody reads them any more, and the list says why. Raises `NotNow`, `SayWhy`."""
    if not because.strip():
        raise SayWhy
    locked(release.organisation)
    words = {"withdrawn_by": actor, "withdrawn_at": now or timezone.now(), "withdrawn_because": because.strip()}
    held = move(locked(release), "withdraw", actor=actor, **words)
    follow(actor=actor, organisation=held.organisation)
    return held


@transaction.atomic
def drop(*, actor: Any, release: Release) -> Release:
    """Throw away figures that were not released, with all their tables. Raises `NotNow`."""
    held = move(locked(release), "drop", actor=actor)
    ReleasedTable.objects.filter(release=held).delete()
    return held


@transaction.atomic
def open_exact(*, actor: Any, release: Release, with_equality: bool = False) -> list[Shown]:
    """The exact figures of a release, counted now for the HR data steward alone and kept nowhere; that they were opened is written down.

    Figures of what people said of themselves come only `with_equality`: for whoever may keep that. Raises `RowsAreGone`.
    """
    refuse_without_rows(release)
    audit.record(actor=actor, verb="opened the exact figures of", thing=release)
    snapshot = release.snapshot
    record_access(
        actor=actor,
        page="Exact figures",
        rows=snapshot.people,
        why="Looking at the exact figures of a release",
        snapshot=snapshot,
        has_equality=with_equality and snapshot.has_equality,
    )
    tables = exact_tables(actor=actor, release=release, with_equality=with_equality)
    return protecting.exact(tables)


# ---- The public


@transaction.atomic
def show_to_public(*, actor: Any, organisation: Any, now: datetime | None = None) -> PublicFigures:
    """Let anybody read the released figures, under the public policy. They follow each release from now on. Raises `NothingReleased`."""
    locked(organisation)
    content = queries.public_content()
    if not content:
        raise NothingReleased
    told = {"content": content, "digest": digest_of(content), "shown_by": actor, "published_at": now or timezone.now()}
    shown, _ = PublicFigures.objects.update_or_create(organisation=organisation, defaults=told)
    audit.record(actor=actor, verb="showed to the public", thing=shown)
    return shown


@transaction.atomic
def hide_from_public(*, actor: Any, organisation: Any) -> None:
    """Let nobody outside read the figures any more. Harmless where nobody does."""
    shown = PublicFigures.objects.select_for_update().first()
    if shown is not None:
        audit.record(actor=actor, verb="hid from the public", thing=shown)
        shown.delete()


def follow(*, actor: Any, organisation: Any) -> None:
    """The public's copy, made anew where there is one: of nothing released there is none. Called within the releasing transaction."""
    if not PublicFigures.objects.exists():
        return
    content = queries.public_content()
    if not content:
        hide_from_public(actor=actor, organisation=organisation)
    else:
        PublicFigures.objects.update(content=content, digest=digest_of(content))


def digest_of(content: Sequence[Any]) -> str:
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
