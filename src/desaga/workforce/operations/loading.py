"""Making the snapshot: one transaction, all or nothing."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused
from desaga.privacy.queries import keys_objecting
from desaga.tenancy.context import within

from .. import queries
from ..bulk import add_people
from ..counting import exact
from ..models import Extract, Snapshot
from ..reading.headings import in_the_open
from ..sealing import seal_of
from ..states import ExtractState, Purpose
from .checking import DryRun, counts_of, dry_run, stops_of
from .classifying import have_classified
from .deciding import reasons_to_wait
from .gate import Turn, begin_progress, move
from .handing import DayIsTaken, forget, have_worked
from .reading import profile_shown


class CannotLoad(Refused):
    """The extract cannot be loaded yet."""


@transaction.atomic
def ask_load(*, actor: Any, extract: Extract, in_background: bool = True) -> Extract:
    """Have the worker make the snapshot. Raises `CannotLoad` with the reason, `DayIsTaken`, `NotNow`."""
    held = locked(extract)
    if held.state == ExtractState.CHECKED and (reasons := reasons_to_wait(held)):
        raise CannotLoad(" ".join(reasons))
    _refuse_taken(held)
    held = move(held, "load", actor=actor)
    begin_progress(held)
    if in_background:
        have_worked(held, actor)
    return held


def _refuse_taken(extract: Extract) -> None:
    taken = queries.snapshots_in_force().filter(as_at=extract.as_at).exclude(pk=extract.supersedes_id or 0)
    if taken.exists() or Snapshot.objects.filter(supersedes=extract.supersedes_id).exclude(supersedes=None).exists():
        raise DayIsTaken


def load_extract(*, organisation: Any, actor: Any, extract_id: int) -> None:
    """Make the snapshot of an extract that waits for it. Whatever stops the work leaves nothing behind."""
    turn = Turn(organisation, actor, extract_id)
    extract = turn.take(ExtractState.LOADING)
    if extract is None:
        return
    found = dry_run(turn, extract)
    turn.tick(f"Storing {exact(len(found.people))} people and their contracts", 0, 0)
    with within(organisation, user=actor):
        held = turn.finish(ExtractState.LOADING)
        counts = counts_of(held, found)
        held.counts, held.stops = counts, stops_of(held, counts)
        if reasons_to_wait(held):
            move(held, "halt_load", actor=actor, counts=counts, stops=held.stops)
            return
        snapshot = take_snapshot(actor, held, found)
        # A snapshot stays for good: whoever asked to stop while it was stored is heard here, and all of it undone.
        turn.heed()
        forget(held)
        move(held, "loaded", actor=actor, columns={}, stops=[])
        audit.record(actor=actor, verb="made the snapshot of", thing=snapshot)
        have_classified(actor=actor, snapshot=snapshot)


def take_snapshot(actor: Any, extract: Extract, found: DryRun) -> Snapshot:
    """The snapshot and its rows, in the caller's transaction."""
    organisation = extract.organisation
    heads = profile_shown(extract)["heads"]
    # Whoever objects to all of it is not stored again.
    objecting = {key.hex for key in keys_objecting()}
    people = {key: told for key, told in found.people.items() if key not in objecting}
    snapshot = Snapshot.objects.create(
        organisation=organisation,
        extract=extract,
        as_at=extract.as_at,
        year=extract.year,
        coverage=extract.coverage,
        supersedes=extract.supersedes,
        compared_with=found.last,
        taken_at=timezone.now(),
        taken_by=actor,
        people=len(people),
        contracts=sum(len(person.contracts) for _, _, person in people.values()),
        has_equality=found.checked.has_equality,
        mapping={key: in_the_open(heads[n], int(n)) for n, key in extract.mapped.items()},
        code_lists=found.checked.lists,
        counts=extract.counts,
        vacant=found.checked.vacant,
    )
    equality = seal_of(organisation, Purpose.EQUALITY) if found.checked.has_equality else None
    add_people(snapshot, people, found.checked, seal_of(organisation, Purpose.PEOPLE), equality)
    return snapshot
