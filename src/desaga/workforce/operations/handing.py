"""Handing an extract in, and throwing it away: its file is kept sealed, and no longer than it must."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from .. import queries
from ..models import Extract, Fault, Match, Progress, SealedFile, Snapshot
from ..sealing import seal_of
from ..states import Coverage, MatchState, Purpose
from .gate import begin_progress, move

MEGABYTE = 1024 * 1024
#: A hundred thousand rows of 600 letters: measured in `bench/workforce.py`.
LARGEST_EXTRACT = 60 * MEGABYTE


class ExtractTooLarge(Refused):
    """The file is larger than 60 MB. Leave out columns that are not needed, or save it as .xlsx, and choose it again."""


class ExtractIsEmpty(Refused):
    """There is nothing in the file. Check that it was saved, and choose it again."""


class NotYet(Refused):
    """An extract shows a day that has come. Choose today or an earlier day."""


class DayIsTaken(Refused):
    """There is a snapshot of this day already. Say that this file takes its place, or choose another day."""


def year_of(day: date) -> int:
    """The collection year of a day: it begins on 1 August. https://www.hesa.ac.uk/support/definitions/staff"""
    return day.year if day.month >= 8 else day.year - 1


@transaction.atomic
def hand_in(
    *,
    actor: Any,
    organisation: Organisation,
    name: str,
    content: bytes,
    coverage: str,
    as_at: date,
    supersedes: Snapshot | None = None,
    submission: UUID | None = None,
    in_background: bool = True,
) -> Extract:
    """Keep a file, sealed, and have it read. The same form sent twice answers the same extract.

    With `in_background=False` the caller works (`working.work`). Raises `ExtractTooLarge`, `ExtractIsEmpty`, `NotYet`,
    `DayIsTaken`, `sealing.NoKey`.
    """
    if sent := Extract.objects.filter(submission=submission).first() if submission else None:
        return sent
    _refuse(content, as_at, supersedes)
    seal = seal_of(organisation, Purpose.FILE)
    extract = Extract.objects.create(
        organisation=organisation,
        name=name.replace("\x00", "")[-255:],
        size=len(content),
        coverage=Coverage(coverage),
        as_at=as_at,
        year=year_of(as_at),
        supersedes=supersedes,
        submission=submission or uuid4(),
        full_time_hours=queries.limits_of(organisation).full_time_hours,
        handed_in_by=actor,
    )
    SealedFile.objects.create(organisation=organisation, extract=extract, content=seal.seal_file(content))
    begin_progress(extract)
    audit.record(actor=actor, verb="handed in", thing=extract)
    if in_background:
        have_worked(extract, actor)
    return extract


def have_worked(extract: Extract, actor: Any) -> None:
    """Queue the work that the extract's state asks for; nothing of a person is in the job."""
    from ..tasks import work_on_extract

    work_on_extract.later(organisation=extract.organisation, actor=actor, extract_id=extract.pk)


def _refuse(content: bytes, as_at: date, supersedes: Snapshot | None) -> None:
    if len(content) > LARGEST_EXTRACT:
        raise ExtractTooLarge
    if not content.strip():
        raise ExtractIsEmpty
    if as_at > timezone.localdate():
        raise NotYet
    same_day = queries.snapshots_in_force().filter(as_at=as_at)
    if same_day.exclude(pk=supersedes.pk if supersedes else 0).exists():
        raise DayIsTaken


@transaction.atomic
def throw_away(*, actor: Any, extract: Extract) -> Extract:
    """Throw the file away and all that was found in it. What was decided about people stays in the log of matches."""
    held = move(locked(extract), "throw_away", actor=actor, counts={}, stops=[], columns={})
    forget(held)
    return held


def forget(extract: Extract) -> None:
    """Remove the file, the faults and the undecided; within the caller's transaction."""
    SealedFile.objects.filter(extract=extract).delete()
    Fault.objects.filter(extract=extract).delete()
    Progress.objects.filter(extract=extract).delete()
    Match.objects.filter(extract=extract, state=MatchState.PROPOSED).delete()
