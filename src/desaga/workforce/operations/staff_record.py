"""The coded export for the Staff record: rows of people, opened for the HR data steward alone, and each time written down."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from desaga.audit import operations as audit
from desaga.privacy.operations.accesses import record_access

from .. import populating
from ..models import ActivityRow, PersonRow, Snapshot
from ..packing import unpacked
from ..population import Contract, Person
from ..queries import has_its_equality
from ..readiness.checks import Report, checked
from ..readiness.fields import FIELDS
from ..readiness.record import StaffActivity, StaffContract, StaffPerson, Year
from ..sealing import key_of, seal_of
from ..states import Purpose
from .opening import Said, open_equality, refuse_without_people

AT_ONCE = 5_000
PURPOSE = "the coded export for the Staff record"
EQUALITY_PATHS = ("Person.SEXID", "Person.ETHNIC", "Person.DISABLE")


@dataclass(frozen=True, slots=True)
class StaffRecord:
    """The technical population as the Staff record has it, with its report. `left_out` says of fields that are not in it why."""

    year: Year
    people: list[StaffPerson]
    left_out: dict[str, str]
    report: Report


@transaction.atomic
def open_staff_record(*, actor: Any, snapshot: Snapshot, classify: populating.Classify, equality: bool) -> StaffRecord:
    """Open the technical population of a snapshot for the Staff record, and check it.

    With `equality`, what people said of themselves is in it: only for whoever may keep that. Raises `PeopleAreGone`, `sealing.KeyLost`.
    """
    refuse_without_people(snapshot)
    audit.record(actor=actor, verb="opened people of", thing=snapshot, note=PURPOSE)
    said = None
    if equality and snapshot.has_equality and has_its_equality(snapshot):
        said = open_equality(actor=actor, snapshot=snapshot, purpose=PURPOSE)
    population = populating.population_of(snapshot, classify, said)
    year, technical = Year(snapshot.year), [one for one in population.people if one.technical]
    people = list(_staff(snapshot, technical, said or []))
    record_access(
        actor=actor,
        page="Staff record",
        rows=len(people),
        why="The coded export of technical staff",
        snapshot=snapshot,
        keys=[UUID(one.key) for one in technical],
        has_equality=said is not None,
    )
    left_out = _left_out(snapshot, "" if said is not None else DELETED if equality else WITHHELD)
    return StaffRecord(year, people, left_out, checked(people, year, populating.codes_of(snapshot.year), left_out))


NO_COLUMN = "Not in the extract."
WITHHELD = "Left out: only an equality data steward may take it out."


DELETED = "Left out: deleted, as the time of equality data was over."


def _left_out(snapshot: Snapshot, unsaid: str) -> dict[str, str]:
    """The paths of fields for which the extract had no column, or whose values are not to be seen, each with the reason; `unsaid` is that of equality data."""
    had = set(snapshot.mapping)
    had |= {"soc"} if "activity_soc" in had else set()
    had |= {"fte"} if "hours" in had else set()
    # Where the extract had no numbers of contracts, ours stand in their place.
    had |= {"contract_number"}
    absent = {one.path: NO_COLUMN for one in FIELDS if one.column not in had}
    withheld = {path: unsaid for path in EQUALITY_PATHS if unsaid and path not in absent}
    return absent | withheld


def _staff(snapshot: Snapshot, people: list[Person], said: list[Said]) -> Iterator[StaffPerson]:
    sealed, name_key = _opened(snapshot, {one.key for one in people}), seal_of(snapshot.organisation, Purpose.PEOPLE).name_key()  # fmt: skip
    told, activities = {str(one.key): one for one in said}, _activities(snapshot)
    for person in sorted(people, key=lambda one: sealed.get(one.key, UNKNOWN).number):
        opened = sealed.get(person.key, UNKNOWN)
        own = told.get(person.key)
        yield StaffPerson(
            number=opened.number,
            birth_date=opened.born,
            sex=own.sex if own else "",
            ethnicity=own.ethnicity if own else "",
            disabilities=own.disabilities if own else (),
            contracts=tuple(_contracts(opened, person, activities, name_key)),
        )


@dataclass(frozen=True, slots=True)
class Opened:
    """What lies sealed in somebody's row and the Staff record asks for. Rows of earlier days have no numbers of contracts."""

    number: str
    born: date | None
    contracts: tuple[str, ...] = ()

    def names(self, name_key: bytes) -> dict[str, str]:
        """The numbers of their contracts by the contracts' keys."""
        return {str(UUID(key_of(f"{self.number}|{one}", name_key))): one for one in self.contracts}


UNKNOWN = Opened("", None)


def _opened(snapshot: Snapshot, keys: set[str]) -> dict[str, Opened]:
    """What is sealed of the people asked for; nobody else's row is opened."""
    seal = seal_of(snapshot.organisation, Purpose.PEOPLE)
    found: dict[str, Opened] = {}
    rows = PersonRow.objects.filter(snapshot=snapshot).order_by("pk").values_list("key", "sealed")
    for key, sealed in rows.iterator(chunk_size=AT_ONCE):
        if str(key) in keys:
            number, _, born, *contracts = unpacked(seal.open(sealed, key.bytes))
            found[str(key)] = Opened(number, date.fromisoformat(born) if born else None, tuple(contracts))
    return found


def _activities(snapshot: Snapshot) -> dict[str, list[StaffActivity]]:
    found: dict[str, list[StaffActivity]] = {}
    rows = ActivityRow.objects.filter(snapshot=snapshot).order_by("pk").values_list("contract__key", "soc", "share")
    for key, soc, share in rows.iterator(chunk_size=AT_ONCE):
        found.setdefault(str(key), []).append(StaffActivity(soc=soc, share=share))
    return found


def _contracts(
    opened: Opened, person: Person, activities: dict[str, list[StaffActivity]], name_key: bytes
) -> Iterator[StaffContract]:
    """The contracts that are counted, the oldest first, under the extract's own numbers; one without is numbered by the day it began."""
    counted, names = sorted(person.counted, key=_by_age), opened.names(name_key)
    for one, number in zip(counted, _numbers(opened.number, counted, names), strict=True):
        own = activities.get(one.key) or ([StaffActivity(soc=one.soc)] if one.soc else [])
        yield StaffContract(
            number=number,
            terms=one.terms,
            mode=one.mode,
            level=one.level,
            academic_function=one.function,
            paid=one.paid,
            starts_on=one.starts,
            ends_on=one.ends,
            leaving_reason=one.leaving_reason,
            fte=one.fte,
            activities=tuple(own),
        )


def _numbers(person: str, contracts: Sequence[Contract], names: Mapping[str, str]) -> Iterator[str]:
    """A number for each contract that stays the same when another ends: its own, else the person's with the day on which it began.

    Of several that began on one day, and of those whose day is not known, the later ones have their place among these behind.
    """
    used: Counter[str] = Counter()
    for one in contracts:
        if own := names.get(one.key):
            yield own
            continue
        # not a count of people: a number and a day
        began = f"{person}-{one.starts:%Y%m%d}" if one.starts else f"{person}-0"
        used[began] += 1
        yield began if used[began] == 1 else f"{began}-{used[began]}"


def _by_age(contract: Contract) -> tuple[date, str]:
    return contract.starts or date.min, contract.key
