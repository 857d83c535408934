"""The directory of hosts: filled by what applicants ask for, put right by those who run schemes. Nothing of it is ever removed: applications point at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.operations.parties import Loaded, RowsHaveErrors
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused

from ..countries import code_of, name_of
from ..host_lists import Does, HostRow, beside
from ..models import HostPlace
from ..queries.hosts import known_places, place_named


class KnownAlready(Refused):
    """The directory has this name in this country already, or this ROR number."""


class NotWithItself(Refused):
    """Choose another entry: this one cannot be merged with itself."""


class MergedAlready(Refused):
    """One of the two was merged already. Look at the directory again."""


class NotMerged(Refused):
    """This entry stands by itself."""


def remember_host(*, organisation: Any, host: Mapping[str, str]) -> HostPlace:
    """The entry to which somebody applies, under whichever name they typed; made where there is none yet. Call inside a transaction."""
    name, country = host["organisation"], name_of(host["country"])[:100]
    known = place_named(name, country)
    if known is not None:
        return known
    made, _ = HostPlace.objects.get_or_create(
        organisation=organisation, name=name, country=country, defaults={"country_code": code_of(country)}
    )
    return made.standing


@transaction.atomic
def add_place(*, actor: Any, organisation: Any, name: str, country: str, ror: str = "") -> HostPlace:
    """A new entry. Raises `KnownAlready`."""
    place = HostPlace(organisation=organisation)
    return _written(place, name, country, ror, actor, "added to the directory")


@transaction.atomic
def load_places(*, actor: Any, organisation: Any, rows: Sequence[HostRow]) -> Loaded:
    """Rows of a list, all or none: what is new is added, an entry without ROR number gets the row's, the rest stays as it is. Twice is once.

    Raises `RowsHaveErrors` where a row has one, by itself or beside what stands in the directory by now; `KnownAlready` where somebody else adds one of them meanwhile.
    """
    locked(organisation)
    found = beside(rows, known_places())
    if any(row.errors for row in found):
        raise RowsHaveErrors
    try:
        with transaction.atomic():
            for row in found:
                _load(organisation, row, actor)
    except IntegrityError:
        raise KnownAlready from None
    does = [row.does for row in found]
    return Loaded(added=does.count(Does.ADDS), changed=does.count(Does.NUMBERS), unchanged=does.count(Does.NOTHING))


def _load(organisation: Any, row: HostRow, actor: Any) -> None:
    note = f"Row {row.number} of a list"
    if row.does == Does.ADDS:
        told = {"name": row.name, "country": row.country, "country_code": code_of(row.country), "ror": row.ror}
        place = HostPlace.objects.create(organisation=organisation, **told)
        audit.record(actor=actor, verb="added to the directory", thing=place, note=note)
    elif row.does == Does.NUMBERS and row.place is not None:
        place = locked(HostPlace.objects.get(pk=row.place))
        place.ror = row.ror
        place.save(update_fields=["ror"])
        audit.record(actor=actor, verb="changed in the directory", thing=place, note=note)


@transaction.atomic
def change_place(*, actor: Any, place: HostPlace, name: str, country: str, ror: str = "") -> HostPlace:
    """Another name, country or number; the entry stays the same one, and applications keep what they said. Raises `KnownAlready`."""
    held = locked(place)
    return _written(held, name, country, ror, actor, "changed in the directory", was=str(held))


def _written(place: HostPlace, name: str, country: str, ror: str, actor: Any, verb: str, was: str = "") -> HostPlace:
    name, country = " ".join(name.split()), name_of(country)[:100]
    other = HostPlace.objects.filter(name__iexact=name, country__iexact=country).exclude(pk=place.pk)
    if other.exists():
        raise KnownAlready
    place.name, place.country, place.country_code, place.ror = name, country, code_of(country), ror
    try:
        with transaction.atomic():
            place.save()
    except IntegrityError:
        raise KnownAlready from None
    audit.record(actor=actor, verb=verb, thing=place, note=f"{was} → {place}" if was and was != str(place) else "")
    return place


@transaction.atomic
def merge_places(*, actor: Any, place: HostPlace, into: HostPlace, now: datetime | None = None) -> HostPlace:
    """Say that two entries are one: `into` stands for both from now on, also for what was merged into `place` before. Its name is still found.

    Applications that went to `place` point at it still, and through it at the one that stands. Raises `NotWithItself`, `MergedAlready`.
    """
    now = now or timezone.now()
    if place.pk == into.pk:
        raise NotWithItself
    # In one order, so that two who merge at once cannot wait for each other.
    held = {pk: locked(one) for pk, one in sorted(((place.pk, place), (into.pk, into)))}
    double, stands = held[place.pk], held[into.pk]
    if double.merged_into_id or stands.merged_into_id:
        raise MergedAlready
    HostPlace.objects.filter(merged_into=double).update(merged_into=stands)
    double.merged_into, double.merged_at, double.merged_by = stands, now, actor
    double.save(update_fields=["merged_into", "merged_at", "merged_by"])
    if double.ror and not stands.ror:
        stands.ror = double.ror
        stands.save(update_fields=["ror"])
    audit.record(actor=actor, verb="merged in the directory", thing=stands, note=str(double), now=now)
    return stands


@transaction.atomic
def take_merge_back(*, actor: Any, place: HostPlace, now: datetime | None = None) -> HostPlace:
    """It stands by itself again, with the applications that went to it. Raises `NotMerged`, `KnownAlready`."""
    now = now or timezone.now()
    held = locked(place)
    if held.merged_into is None:
        raise NotMerged
    stood = held.merged_into
    held.merged_into = held.merged_at = held.merged_by = None
    if held.ror and held.ror == stood.ror:
        held.ror = ""
    try:
        with transaction.atomic():
            held.save(update_fields=["merged_into", "merged_at", "merged_by", "ror"])
    except IntegrityError:
        raise KnownAlready from None
    audit.record(actor=actor, verb="took a merge back in the directory", thing=held, note=str(stood), now=now)
    return held
