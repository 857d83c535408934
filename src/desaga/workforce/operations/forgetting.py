"""Rows of people go: because their time is over, or because somebody's objection was accepted. Snapshots and what was counted stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from desaga.organisations.operations.rows import locked
from desaga.privacy.states import About

from ..models import ActivityRow, ClassifiedRow, ContractRow, Decision, EqualityRow, Extract, Match, PersonRow, Snapshot
from ..queries import SILENT
from ..states import ExtractState, MatchState
from .gate import NotNow, move
from .handing import throw_away

#: Extracts on which somebody may still go on; one that is being loaded is left alone while its worker is heard of.
LEFT_LYING = (ExtractState.HANDED_IN, ExtractState.READ, ExtractState.CHECKING, ExtractState.CHECKED)
#: However old the day that a snapshot shows: so long its rows stay after they were loaded, so that its figures can be released.
STAY_AFTER_LOADING = timedelta(days=60)


@contextmanager
def rows_may_go() -> Iterator[None]:
    """Within it, and in this transaction only, the database lets rows of snapshots be removed (migration 0001)."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('app.workforce_retention', 'on', true)")
        yield
        cursor.execute("SELECT set_config('app.workforce_retention', '', true)")


def removed(rows: QuerySet[Any], dry: bool) -> int:
    """How many rows go, or would. Straight in the database: they come by the hundred thousand, and nothing hangs on them by then."""
    return int(rows.count() if dry else rows._raw_delete(rows.db))


def over(before: datetime) -> dict[str, Any]:
    """Which snapshots have had their time: of days before, and not loaded just now."""
    return {"as_at__lt": timezone.localdate(before), "taken_at__lt": timezone.now() - STAY_AFTER_LOADING}


def _of_snapshots_over(organisation: Any, before: datetime) -> dict[str, Any]:
    return {"snapshot__organisation": organisation} | {f"snapshot__{key}": value for key, value in over(before).items()}


def delete_people(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    """Rows of people in snapshots of days before; what a snapshot says of itself stays."""
    with rows_may_go():
        told = _rows_of(_of_snapshots_over(organisation, before), dry)
        return told | {"decisions on people": removed(_of_nobody_left(organisation, before), dry)}


def _of_nobody_left(organisation: Any, before: datetime) -> QuerySet[Decision]:
    """Decisions on people of whom no snapshot has a row but those that have had their time."""
    gone = Snapshot.objects.filter(**over(before))
    still = PersonRow.objects.filter(snapshot__organisation=organisation).exclude(snapshot__in=gone)
    old = Decision.objects.filter(organisation=organisation, decided_at__lt=before)
    return old.exclude(person_key__in=still.values("key"))


def _rows_of(which: Mapping[str, Any], dry: bool, person: str = "") -> dict[str, int]:
    """People, contracts and what hangs on them, from the leaves to the root."""
    people = PersonRow.objects.filter(**which)
    contracts = ContractRow.objects.filter(person__in=people.values("pk"))
    return {
        "people as they were classified": removed(
            ClassifiedRow.objects.filter(contract__in=contracts.values("pk")), dry
        ),
        "activities": removed(ActivityRow.objects.filter(contract__in=contracts.values("pk")), dry),
        "contracts": removed(contracts, dry),
        "people’s equality data": removed(EqualityRow.objects.filter(person__in=people.values("pk")), dry),
        "people in snapshots": removed(people, dry),
    }


def delete_equality(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    """Equality data in snapshots of days before."""
    found = EqualityRow.objects.filter(**_of_snapshots_over(organisation, before))
    with rows_may_go():
        return {"people’s equality data": removed(found, dry)}


def throw_away_leftovers(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    """Extracts that nobody went on with: their files, and all that was found in them."""
    hangs = Q(state=ExtractState.LOADING, progress__worked_at__lt=min(before, timezone.now() - SILENT))
    old = Extract.objects.filter(organisation=organisation, handed_in_at__lt=before)
    found = old.filter(Q(state__in=LEFT_LYING) | hangs)
    number = found.count()
    if not dry:
        for extract in found:
            # What somebody goes on with, or loads, at this very moment is left to them.
            with suppress(NotNow), transaction.atomic():
                if extract.state == ExtractState.LOADING:
                    move(locked(extract), "give_up_load", actor=None)
                throw_away(actor=None, extract=extract)
    return {"extracts that were not loaded": number}


def delete_matches(organisation: Any, before: datetime, dry: bool) -> Mapping[str, int]:
    """The log of who was found to be whom: decided, and of extracts of that time."""
    loaded = timezone.now() - STAY_AFTER_LOADING
    found = Match.objects.filter(
        extract__organisation=organisation,
        extract__as_at__lt=timezone.localdate(before),
        extract__handed_in_at__lt=loaded,
    )
    return {"decided matches": removed(found.exclude(state=MatchState.PROPOSED), dry)}


def forget_person(organisation: Any, key: UUID, about: str) -> Mapping[str, int]:
    """What an accepted objection deletes: the person's equality data, or all of their rows, in every snapshot."""
    with rows_may_go():
        if about == About.EQUALITY:
            found = EqualityRow.objects.filter(person__key=key, organisation=organisation)
            return {"people’s equality data": removed(found, False)}
        told = _rows_of({"key": key, "organisation": organisation}, False)
        # That the number is theirs stays, so that the next extract does not store them under it; the words go.
        Match.objects.filter(known_key=key, organisation=organisation).update(words=b"")
        decided = Decision.objects.filter(person_key=key, organisation=organisation)
        return told | {"decisions on people": removed(decided, False)}
