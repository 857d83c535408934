"""What the coded export is checked against: each rule with its field, its weight and where it was read.

Rules of HESA say so and give the address; rules of ours (`OURS`) are of plain sense. What no manual was read for is not checked, and says so: `not_checked`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from .fields import FIELDS, Asked, Codes, StaffField
from .record import RESCON_OF, StaffContract, StaffPerson, Year, ended, rows

OURS = "Desaga's own: plain sense, not a rule of HESA's"
YOUNGEST = 15
MOST_DISABILITIES = 9


class Weight(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong. `row` is the row in the .csv; `number` the staff number, by which it is found in the HR system."""

    row: int
    number: str
    field: str
    rule: str
    weight: Weight
    source: str


@dataclass(frozen=True, slots=True)
class NotChecked:
    """Something that was not looked at, and why."""

    field: str
    why: str


@dataclass(frozen=True, slots=True)
class Report:
    """All that was found in an export of so many people and contracts."""

    people: int
    contracts: int
    findings: tuple[Finding, ...]
    not_checked: tuple[NotChecked, ...]

    def of(self, weight: Weight) -> list[Finding]:
        return [one for one in self.findings if one.weight == weight]


Found = tuple[str, str, Weight, str]
BIRTH = next(one.source for one in FIELDS if one.name == "BIRTHDTE")
MANUAL_DISABLE = next(one.source for one in FIELDS if one.name == "DISABLE")
IDENTIFIERS = "https://www.hesa.ac.uk/collection/c12025/filestructure"
PERIOD = "https://www.hesa.ac.uk/support/definitions/staff"
RESCON = next(one.source for one in FIELDS if one.name == "RESCON")


def checked(
    people: Sequence[StaffPerson], year: Year, lists: Mapping[str, Codes], left_out: Iterable[str] = ()
) -> Report:
    """Checks an export. `lists` are the year's code lists by key, `left_out` the paths of fields that the extract did not have."""
    absent = frozenset(left_out)
    findings = sorted(_all(people, year, lists, absent), key=lambda one: (one.row, one.field, one.rule))
    contracts = sum(len(person.contracts) for person in people)
    return Report(len(people), contracts, tuple(findings), tuple(not_checked(lists, absent)))


def _all(
    people: Sequence[StaffPerson], year: Year, lists: Mapping[str, Codes], absent: frozenset[str]
) -> Iterator[Finding]:
    first_row: dict[int, int] = {}
    seen: set[int] = set()
    for row in rows(people):
        number = row.person.number
        if id(row.person) not in first_row:
            first_row[id(row.person)] = row.at
            yield from _findings(row.at, number, _person(row.person, year, lists), absent)
        if id(row.contract) not in seen:
            seen.add(id(row.contract))
            yield from _findings(row.at, number, _contract(row.contract, year, lists), absent)
        yield from _findings(row.at, number, _activity(row.activity.soc), absent)
    yield from _twice(people, first_row)


def _findings(at: int, number: str, found: Iterable[Found], absent: frozenset[str]) -> Iterator[Finding]:
    """Of fields that the extract did not have nothing is said row by row: the report says it once."""
    for path, rule, weight, source in found:
        if path not in absent:
            yield Finding(at, number, path, rule, weight, source)


def _person(person: StaffPerson, year: Year, lists: Mapping[str, Codes]) -> Iterator[Found]:
    yield from _own_number(person.number)
    yield from _birth(person, year)
    yield from _coded("Person.SEXID", "SEXID", person.sex, lists)
    yield from _coded("Person.ETHNIC", "ETHNIC", person.ethnicity, lists)
    for code in person.disabilities:
        yield from _coded("Person.DISABLE", "DISABLE", code, lists)
    if len(person.disabilities) > MOST_DISABILITIES:
        yield "Person.DISABLE", "At most nine disabilities are returned.", Weight.ERROR, MANUAL_DISABLE
    if "95" in person.disabilities and len(person.disabilities) > 1:
        yield "Person.DISABLE", "“No known disability” stands beside a disability.", Weight.WARNING, OURS
    share = sum((one.fte or Decimal(0) for one in person.contracts if not ended(one, year)), Decimal(0))
    if share > Decimal("1.2"):
        yield (
            "Contract.CONFTE",
            "The contracts that go on make more than 1.2 full-time equivalents.",
            Weight.WARNING,
            OURS,
        )


def _own_number(number: str) -> Iterator[Found]:
    longest = next(one for one in FIELDS if one.name == "OWNSTAFFID")
    if not number:
        yield longest.path, "The staff number is missing.", Weight.ERROR, longest.source
    elif len(number) > longest.longest:
        yield (
            longest.path,
            f"The staff number is longer than {longest.longest} characters.",
            Weight.ERROR,
            longest.source,
        )


def _birth(person: StaffPerson, year: Year) -> Iterator[Found]:
    path, born = "Person.BIRTHDTE", person.birth_date
    if born is None:
        if any(contract.terms in ("1", "2") for contract in person.contracts):
            yield path, "Must exist where any contract is permanent or fixed-term.", Weight.ERROR, BIRTH
    elif born >= date(year.begins - YOUNGEST, 8, 1):
        yield path, f"Must lie before 1 August {year.begins - YOUNGEST}.", Weight.ERROR, BIRTH


def _contract(contract: StaffContract, year: Year, lists: Mapping[str, Codes]) -> Iterator[Found]:
    for path, key, code in _codes_of(contract):
        yield from _coded(path, key, code, lists)
    yield from _demanded(contract)
    yield from _dates(contract, year)


def _codes_of(contract: StaffContract) -> tuple[tuple[str, str, str], ...]:
    return (
        ("Contract.TERMS", "TERMS", contract.terms),
        ("Contract.MOEMP", "MOEMP", contract.mode),
        ("Contract.LEVELS", "LEVELS", contract.level),
        ("Contract.ACEMPFUN", "ACEMPFUN", contract.academic_function),
        ("Contract.HOURLYPAID", "HOURPAY", contract.paid),
    )


def _demanded(contract: StaffContract) -> Iterator[Found]:
    """Fields that are asked of every contract, or of those that are not atypical, and are empty."""
    has = {"terms": contract.terms, "mode": contract.mode, "paid": contract.paid, "starts_on": contract.starts_on}
    for one in FIELDS:
        if one.column not in has or has[one.column]:
            continue
        if one.asked is Asked.ALL:
            yield one.path, "Must have a value.", Weight.ERROR, one.source
        elif one.asked is Asked.NOT_ATYPICAL and contract.terms in ("1", "2"):
            # HESA takes an empty STARTCON with a reason, so that it is a warning there.
            weight = Weight.WARNING if one.name == "STARTCON" else Weight.ERROR
            yield one.path, "Must have a value where the contract is permanent or fixed-term.", weight, one.source


def _dates(contract: StaffContract, year: Year) -> Iterator[Found]:
    starts, ends = contract.starts_on, contract.ends_on
    if starts and ends and ends < starts:
        yield "Contract.ENDCON", "The contract ends before it starts.", Weight.ERROR, OURS
    if starts and starts > year.last:
        yield "Contract.STARTCON", f"The contract starts after the collection year {year}.", Weight.ERROR, PERIOD
    if ends and ends < year.first:
        yield (
            "Contract.ENDCON",
            f"The contract ended before the collection year {year}, and does not belong into the return.",
            Weight.ERROR,
            PERIOD,
        )
    if ended(contract, year) and contract.leaving_reason not in RESCON_OF:
        yield "Contract.RESCON", "Must have a value where the contract ended.", Weight.ERROR, RESCON


SOC = re.compile(r"[1-9]\d{3}")


def _activity(soc: str) -> Iterator[Found]:
    field = next(one for one in FIELDS if one.name == "ACTSOC2020")
    if not soc:
        yield field.path, "The activity has no SOC2020 code.", Weight.ERROR, field.source
    elif not SOC.fullmatch(soc):
        yield field.path, "A SOC2020 unit group has four figures.", Weight.WARNING, OURS


def _coded(path: str, key: str, code: str, lists: Mapping[str, Codes]) -> Iterator[Found]:
    """A code that is not in the year's list. Lists that are not certain are not checked."""
    codes = lists.get(key)
    if code and codes is not None and codes.is_certain and code not in codes.values:
        yield path, f"Not a code of the list {codes.version or key}.", Weight.ERROR, codes.source


def _twice(people: Sequence[StaffPerson], first_row: Mapping[int, int]) -> Iterator[Finding]:
    times = Counter(person.number for person in people)
    for person in people:
        if person.number and times[person.number] > 1 and id(person) in first_row:
            yield Finding(
                first_row[id(person)],
                person.number,
                "Person.OWNSTAFFID",
                "Two people have this staff number.",
                Weight.ERROR,
                IDENTIFIERS,
            )
        numbers = Counter(contract.number for contract in person.contracts)
        if any(number and count > 1 for number, count in numbers.items()):
            yield Finding(
                first_row[id(person)],
                person.number,
                "Contract.CONTRACTID",
                "Two contracts of the person have one number.",
                Weight.ERROR,
                IDENTIFIERS,
            )


def not_checked(lists: Mapping[str, Codes], absent: frozenset[str]) -> Iterator[NotChecked]:
    """Fields of which something was not looked at, with the reason."""
    for one in FIELDS:
        for why in reasons(one, lists, absent):
            yield NotChecked(one.path, why)


def reasons(field: StaffField, lists: Mapping[str, Codes], absent: frozenset[str]) -> Iterator[str]:
    if field.path in absent:
        yield "Not in the extract."
        return
    codes = lists.get(field.codes) if field.codes else None
    if field.codes and (codes is None or not codes.is_certain):
        yield "Its code list was not read in a manual of HESA's."
    if not field.is_certain:
        yield f"Its name or form is not certain. {field.note}".strip()
    elif field.asked is Asked.UNKNOWN:
        yield "Of whom it is asked was not read; only its codes are checked."
