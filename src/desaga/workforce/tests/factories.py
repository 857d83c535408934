"""Extracts and snapshots to test with, made through the operations. Every person in them is invented."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from desaga.organisations.models import Unit
from desaga.organisations.tests.factories import UnitFactory
from desaga.tenancy.context import within

from .. import defined
from ..defining import STARTING, Definition
from ..models import Classification, DefinitionVersion, Extract, Release, Snapshot
from ..operations import (
    checking,
    classifying,
    counting,
    definitions,
    handing,
    loading,
    readiness,
    releases,
    running,
    settling,
    stating,
)  # fmt: skip
from ..reading.check import Settings, check
from ..reading.propose import proposed_fields
from ..reading.table import read_table
from ..releasing.whom import whom_of

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


SETTINGS = Settings(as_at=AS_AT, year=2024, grain="person", full_time_hours=Decimal(35))


def found_in(heads, *rows, grain="contract", **settings):
    """Faults as (row, heading, kind), of rows under headings that are proposed."""
    table = read_table(csv_of(rows, heads), "staff.csv")
    fields = {"as_at": AS_AT, "year": 2024, "grain": grain, "full_time_hours": Decimal(35), **settings}
    checked = check(table, proposed_fields(table, 2024), Settings(**fields))
    faults = [(f.row, "" if f.column is None else table.heads[f.column], f.kind) for f in checked.faults]
    return checked, faults


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


def adopted(
    organisation: Any, definition: Definition = STARTING, *, actor: Any = None, on: date = date(2025, 8, 1)
) -> DefinitionVersion:
    """A version of the definition, in force."""
    with within(organisation, user=actor):
        draft = definitions.start_draft(actor=actor, organisation=organisation, definition=definition)
        return definitions.adopt(actor=actor, version=draft, in_force_from=on, because="Agreed by the steering group.")


def classified(snapshot: Snapshot, *, actor: Any = None, version: DefinitionVersion | None = None) -> Classification:
    """What a version, one in force unless told, makes of a snapshot."""
    organisation = snapshot.organisation
    version = version or adopted(organisation, actor=actor)
    with within(organisation, user=actor):
        held = classifying.ask_classify(actor=actor, snapshot=snapshot, version=version, in_background=False)
    classifying.classify(organisation=organisation, actor=actor, classification_id=held.pk)
    with within(organisation, user=actor):
        return Classification.objects.select_related("snapshot__organisation", "version", "organisation").get(
            pk=held.pk
        )


def furnish_workforce(organisation: Any, *, actor: Any = None) -> Extract:
    """A snapshot with a definition in force and a draft, and an extract of the next year that is checked, with somebody whose number
    may have changed.
    """
    snapshot = loaded(organisation, actor=actor)
    held = classified(snapshot, actor=actor)
    with within(organisation, user=actor):
        key = defined.borderline(held).order_by("key")[0].key
        settling.answer(actor=actor, classification=held, keys=[key], technical=True)
        definitions.start_draft(actor=actor, organisation=organisation, definition=STARTING)
        readiness.measure_readiness(actor=actor, snapshot=snapshot, classify=whom_of(snapshot).classify)
        stating.add_comparator(
            actor=actor, organisation=organisation, characteristic="sex", group="female", share=Decimal(40), name="The sector", source="A table", year="2023/24"
        )  # fmt: skip
        unit = Unit.objects.order_by("pk").first() or UnitFactory(organisation=organisation)
        stating.enter_posts(actor=actor, organisation=organisation, year=2025, unit=unit, posts=2, applicants=20)
    renumbered = ("2001", *ROWS[0][1:])
    wrong = ("1003", "Dale", "Cy", "20/06/1965", "Lecturer", "8", "Physics", "12", "01/10/2001", "")
    return checked(organisation, csv_of([renumbered, ROWS[1], wrong]), actor=actor, as_at=date(2026, 7, 31))


def prepared(
    organisation: Any, snapshot: Snapshot, *, actor: Any = None, name: str = "July 2025", **fields: Any
) -> Release:
    """A release that has been counted and checked."""
    with within(organisation, user=actor):
        told = {"snapshot": snapshot, "name": name, "in_background": False, **fields}
        made = releases.prepare(actor=actor, organisation=organisation, **told)
    counting.take_turn(organisation=organisation, actor=actor, release_id=made.pk)
    with within(organisation, user=actor):
        return Release.objects.select_related("organisation").get(pk=made.pk)


def released(organisation: Any, snapshot: Snapshot, *, actor: Any = None, **fields: Any) -> Release:
    """A release that is read."""
    made = prepared(organisation, snapshot, actor=actor, **fields)
    with within(organisation, user=actor):
        return releases.release(actor=actor, release=made)


def furnish_release(organisation: Any, *, actor: Any = None) -> Release:
    """The snapshot of `furnish_workforce`, released."""
    with within(organisation, user=actor):
        snapshot = Snapshot.objects.get()
    return released(organisation, snapshot, actor=actor)
