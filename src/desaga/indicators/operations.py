"""Writes: the nightly readings, and what an organisation counts by hand."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.disclosure import Kind
from desaga.organisations.operations.rows import add_row, change_row, locked
from desaga.organisations.refusals import Refused

from . import registry
from .models import ManualSeries, Reading
from .states import FEWEST_PEOPLE, SHOWN, Unit, said


class SeriesNamedSo(Refused):
    """You count something of this name already. Give it another, or read that one."""


class SeriesIsEnded(Refused):
    """This is counted no more."""


class ReadAhead(Refused):
    """This day is still to come. Say where it stands today, or stood on a day before."""


class CannotBe(Refused):
    """This cannot be: a share lies between 0 and 100 %, and nothing is counted below 0."""


@transaction.atomic
def take_readings(*, organisation: Any, today: date | None = None) -> int:
    """Read every computed indicator of the organisation in scope, once a day and part; answers how many readings were written.

    Taken again on the same day, only what has changed since is written, as a later version. Nobody does this, so nothing is audited.
    Two at a time write the same versions, of which the second are left out.
    """
    today = today or timezone.localdate()
    known = {
        (one.key, one.cut, one.part): one
        for one in Reading.objects.filter(series=None, on=today).order_by("version").only(*SAID, "version")
    }
    rows = [_as_row(one, organisation, today) for one in registry.computed(today)]
    fresh = [row for row in rows if _counts_anew(row, known)]
    return len(Reading.objects.bulk_create(fresh, ignore_conflicts=True))


SAID = ("key", "cut", "part", "value", "of", "note")


def _as_row(one: registry.Computed, organisation: Any, today: date) -> Reading:
    kind = kind_of(one)
    is_hidden = kind not in SHOWN
    return Reading(
        organisation=organisation,
        key=one.key,
        cut=one.cut,
        part=one.part,
        label=one.label[:300],
        on=today,
        value=None if is_hidden else one.value.quantize(Decimal("0.01")),  # not a count of people: those have no places
        kind=kind.value,
        of=None if is_hidden else one.of,
        note=one.note[:300],
    )


def kind_of(one: registry.Computed) -> Kind:
    """What it says of itself; else hidden where too few people stand behind it."""
    if one.kind is not None:
        return one.kind
    return Kind.SUPPRESSED if one.people is not None and one.people < FEWEST_PEOPLE else Kind.VALUE


def _counts_anew(row: Reading, known: Mapping[tuple[str, str, str], Reading]) -> bool:
    """Whether it says something that was not said today; then it is the next version."""
    former = known.get((row.key, row.cut, row.part))
    if former is None:
        return True
    row.version = former.version + 1
    return (row.value, row.of, row.note) != (former.value, former.of, former.note)


@transaction.atomic
def add_series(*, actor: Any, organisation: Any, **fields: Any) -> ManualSeries:
    """Begin to count something by hand. Raises `SeriesNamedSo`."""
    try:
        with transaction.atomic():
            return add_row(ManualSeries, actor=actor, organisation=organisation, **fields)
    except IntegrityError:
        raise SeriesNamedSo from None


@transaction.atomic
def change_series(*, actor: Any, series: ManualSeries, name: str, definition: str, better: str) -> ManualSeries:
    """Word it better; what it is counted in stays. Raises `SeriesNamedSo`."""
    try:
        with transaction.atomic():
            fields = {"name": name, "definition": definition, "better": better}
            return change_row(series, actor=actor, fields=fields)
    except IntegrityError:
        raise SeriesNamedSo from None


@transaction.atomic
def end_series(*, actor: Any, series: ManualSeries, now: datetime | None = None) -> ManualSeries:
    """Count it no more; its readings stay. Twice is once."""
    series = locked(series)
    if series.ended_at is None:
        series.ended_at = now or timezone.now()
        series.save(update_fields=["ended_at"])
        audit.record(actor=actor, verb="counts no more", thing=series)
    return series


@transaction.atomic
def read_series(
    *, actor: Any, series: ManualSeries, value: Decimal, on: date, note: str = "", today: date | None = None
) -> Reading:
    """Say where a manual series stands or stood; of a day that has a reading, the new one counts and the old one stays to be seen.

    Raises `SeriesIsEnded`, `ReadAhead`, `CannotBe`.
    """
    series = locked(series)
    if series.ended_at:
        raise SeriesIsEnded
    if on > (today or timezone.localdate()):
        raise ReadAhead
    if value < 0 or (series.unit == Unit.PER_CENT and value > 100):
        raise CannotBe
    last = Reading.objects.filter(series=series, on=on).aggregate(last=Max("version"))["last"]
    reading = Reading.objects.create(
        organisation_id=series.organisation_id,
        series=series,
        on=on,
        version=0 if last is None else last + 1,
        value=value,
        note=note,
        by=actor,
    )
    verb = "read" if last is None else "corrected a reading of"
    audit.record(actor=actor, verb=verb, thing=series, note=f"{said(value, series.unit)} on {on:%d %B %Y}")
    return reading
