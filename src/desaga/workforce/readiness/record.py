"""The technical population as the Staff record writes it: people, their contracts, the activities in these."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from html import escape

from .fields import FIELDS, Entity, year_words

#: Our reasons for leaving as RESCON: https://www.hesa.ac.uk/collection/c23025/a/rescon. 1 (a new contract record), 2 (atypical contract issued) and 10 (out of
#: coverage) an extract does not say. That 6 is resignation and 8 death is inferred: the labels were not read, but fields about leavers leave 8 out.
RESCON_OF = {
    "01": "6",
    "02": "3",
    "03": "7",
    "04": "4",
    "05": "5",
    "06": "9",
    "07": "9",
    "08": "8",
    "09": "9",
    "98": "9",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffActivity:
    soc: str
    share: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffContract:
    """A contract. `number` tells it from the person's others; codes are of the year's lists, empty where the extract had none."""

    number: str
    terms: str = ""
    mode: str = ""
    level: str = ""
    academic_function: str = ""
    paid: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    leaving_reason: str = ""
    fte: Decimal | None = None
    activities: tuple[StaffActivity, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPerson:
    """A person. What they said of themselves is empty where it was not asked for or is not to be seen by whoever exports."""

    number: str
    birth_date: date | None = None
    sex: str = ""
    ethnicity: str = ""
    disabilities: tuple[str, ...] = ()
    contracts: tuple[StaffContract, ...] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Year:
    """A collection year: from 1 August to 31 July (https://www.hesa.ac.uk/support/definitions/staff)."""

    begins: int

    @property
    def first(self) -> date:
        return date(self.begins, 8, 1)

    @property
    def last(self) -> date:
        return date(self.begins + 1, 8, 1) - timedelta(days=1)

    @property
    def record(self) -> str:
        """The record's type as HESA numbers it: 25025 for 2025/26."""
        return f"{self.begins % 100:02}025"

    def __str__(self) -> str:
        return year_words(self.begins)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file: a contract's activity with its contract and person. `at` is its row in the .csv, headings being row 1."""

    at: int
    person: StaffPerson
    contract: StaffContract
    activity: StaffActivity

    def values(self, year: Year) -> dict[str, str]:
        """Its values by the path of their field; what there is none of is empty."""
        return {
            **person_values(self.person, year),
            **contract_values(self.contract, year),
            **activity_values(self.activity),
        }


def rows(people: Iterable[StaffPerson]) -> Iterator[Row]:
    """A row for each activity; a contract without any has one row all the same."""
    at = 1
    for person in people:
        for contract in person.contracts:
            for activity in contract.activities or (StaffActivity(soc=""),):
                at += 1
                yield Row(at, person, contract, activity)


def person_values(person: StaffPerson, year: Year) -> dict[str, str]:
    return {
        "Person.OWNSTAFFID": person.number,
        "Person.BIRTHDTE": _day(person.birth_date),
        "Person.SEXID": person.sex,
        "Person.ETHNIC": person.ethnicity,
        "Person.DISABLE": ";".join(person.disabilities),
        "Person.DATELEFT": _day(left_on(person, year)),
    }


def left_on(person: StaffPerson, year: Year) -> date | None:
    """The last day of somebody all of whose contracts have ended by the end of the year."""
    ends = [contract.ends_on for contract in person.contracts]
    known = [end for end in ends if end is not None]
    return max(known) if known and len(known) == len(ends) and max(known) <= year.last else None


def ended(contract: StaffContract, year: Year) -> bool:
    return contract.ends_on is not None and contract.ends_on <= year.last


def contract_values(contract: StaffContract, year: Year) -> dict[str, str]:
    over = ended(contract, year)
    return {
        "Contract.CONTRACTID": contract.number,
        "Contract.TERMS": contract.terms,
        "Contract.MOEMP": contract.mode,
        "Contract.LEVELS": contract.level,
        "Contract.ACEMPFUN": contract.academic_function,
        "Contract.HOURLYPAID": contract.paid,
        "Contract.STARTCON": _day(contract.starts_on),
        "Contract.ENDCON": _day(contract.ends_on) if over else "",
        "Contract.RESCON": RESCON_OF.get(contract.leaving_reason, "") if over else "",
        # not a count of people: how much of a full-time post a contract is
        "Contract.CONFTE": "" if contract.fte is None else f"{contract.fte * 100:.1f}",
    }


def activity_values(activity: StaffActivity) -> dict[str, str]:
    return {"Activity.ACTSOC2020": activity.soc}


def _day(day: date | None) -> str:
    """Dates are written as ISO 8601 has them: https://www.hesa.ac.uk/collection/c12025/n/STARTCON."""
    return day.isoformat() if day else ""


HEADS = tuple(one.path for one in FIELDS)


def as_csv(people: Iterable[StaffPerson], year: Year) -> Iterator[str]:
    """Lines of a .csv, one for each activity, headed by the names of the fields."""
    yield _line(HEADS)
    for row in rows(people):
        values = row.values(year)
        yield _line([_plain(values.get(head, "")) for head in HEADS])


def _plain(value: str) -> str:
    """A value that no spreadsheet takes for a formula."""
    return f"'{value}" if value[:1] in ("=", "+", "-", "@", "\t", "\r") else value


def _line(cells: Sequence[str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerow(cells)
    return out.getvalue()


def as_xml(people: Iterable[StaffPerson], year: Year, ukprn: str = "") -> Iterator[str]:
    """Lines of an XML file in UTF-8, nested as the record is: institution, person, contract, activity.

    The nesting is that of https://www.hesa.ac.uk/collection/c12025/filestructure. The order of elements is set by a schema that was not read, and
    fields that no extract has are not there: it is a start for the return, not the return.
    """
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<StaffRecord>\n <Institution>\n'
    yield f"  <RECID>{year.record}</RECID>\n"
    if ukprn:
        yield f"  <UKPRN>{escape(ukprn)}</UKPRN>\n"
    for person in people:
        yield from _person(person, year)
    yield " </Institution>\n</StaffRecord>\n"


def _person(person: StaffPerson, year: Year) -> Iterator[str]:
    values = person_values(person, year)
    values.pop("Person.DISABLE")
    yield "  <Person>\n"
    yield from _elements(values, 3)
    for code in person.disabilities:
        yield f"   <DISABLE>{escape(code)}</DISABLE>\n"
    for contract in person.contracts:
        yield f"   <{Entity.CONTRACT}>\n"
        yield from _elements(contract_values(contract, year), 4)
        for activity in contract.activities:
            yield f"    <{Entity.ACTIVITY}>\n"
            yield from _elements(activity_values(activity), 5)
            yield f"    </{Entity.ACTIVITY}>\n"
        yield f"   </{Entity.CONTRACT}>\n"
    yield "  </Person>\n"


def _elements(values: dict[str, str], deep: int) -> Iterator[str]:
    for path, value in values.items():
        if value:
            name = path.partition(".")[2]
            yield f"{' ' * deep}<{name}>{escape(value)}</{name}>\n"
