"""Extracts and snapshots to test with, made through the operations. Every person in them is invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from typing import Any

from desaga.tenancy.context import within

from ..models import Extract, Snapshot
from ..operations import checking, handing, loading, running

AS_AT = date(2025, 7, 31)
HEADS = (
    "Employee No",
    "Surname",
    "First Name",
    "Date of Birth",
    "Job Title",
    "Grade",
    "Department",
    "FTE",
    "Start Date",
    "End Date",
)
ROWS = (
    ("1001", "Birch", "Ann", "02/03/1980", "Workshop Technician", "5", "Workshops", "1", "01/09/2010", ""),
    ("1002", "Cole", "Bo", "11/11/1991", "Imaging Specialist", "6", "Imaging Facility", "0.6", "01/02/2019", "31/08/2027"),
    ("1003", "Dale", "Cy", "20/06/1965", "Lecturer", "8", "Physics", "1", "01/10/2001", ""),
)  # fmt: skip


def csv_of(rows: Sequence[Sequence[str]] = ROWS, heads: Sequence[str] = HEADS) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([heads, *rows])
    return out.getvalue().encode()


def handed_in(organisation: Any, content: bytes | None = None, *, actor: Any = None, **fields: Any) -> Extract:
    """An extract that has been read."""
    told = {"name": "staff.csv", "coverage": "all", "as_at": AS_AT, **fields}
    with within(organisation, user=actor):
        extract = handing.hand_in(
            actor=actor, organisation=organisation, content=content or csv_of(), in_background=False, **told
        )
    return worked(extract, actor)


def worked(extract: Extract, actor: Any = None) -> Extract:
    """What the worker makes of an extract."""
    organisation = extract.organisation
    running.work(organisation=organisation, actor=actor, extract_id=extract.pk)
    with within(organisation, user=actor):
        return Extract.objects.select_related("organisation").get(pk=extract.pk)


def checked(organisation: Any, content: bytes | None = None, *, actor: Any = None, **fields: Any) -> Extract:
    """An extract that has been checked as its mapping was proposed."""
    extract = handed_in(organisation, content, actor=actor, **fields)
    with within(organisation, user=actor):
        checking.ask_check(actor=actor, extract=extract, in_background=False)
    return worked(extract, actor)


def loaded(organisation: Any, content: bytes | None = None, *, actor: Any = None, **fields: Any) -> Snapshot:
    """A snapshot."""
    extract = checked(organisation, content, actor=actor, **fields)
    with within(organisation, user=actor):
        loading.ask_load(actor=actor, extract=extract, in_background=False)
    worked(extract, actor)
    with within(organisation, user=actor):
        return Snapshot.objects.select_related("organisation").get(extract=extract)


def furnish_workforce(organisation: Any, *, actor: Any = None) -> Extract:
    """A snapshot, and an extract of the next year that is checked, with somebody whose number may have changed."""
    loaded(organisation, actor=actor)
    renumbered = ("2001", *ROWS[0][1:])
    wrong = ("1003", "Dale", "Cy", "20/06/1965", "Lecturer", "8", "Physics", "12", "01/10/2001", "")
    return checked(organisation, csv_of([renumbered, ROWS[1], wrong]), actor=actor, as_at=date(2026, 7, 31))
