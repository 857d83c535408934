"""The dry run's heart: a table and its mapping to people and contracts, and every fault on the way.

Works column by column: each different text of a column is read once, since most columns repeat themselves. That is what makes
a hundred thousand rows a matter of seconds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from .codes import code_list, code_reader
from .faults import KINDS, Found
from .fields import BY_KEY, SEVERAL, Field
from .table import Table
from .values import Bad, day, folded, is_nothing, share_reader, soc, staff_number, words

YOUNGEST, OLDEST = 15, 90
#: Rounding of shares in HR systems.
SLACK = Decimal("0.005")
FULL = Decimal(1)


@dataclass(frozen=True, slots=True)
class Settings:
    """What the check needs to know beside the table. `choices`: code list to folded words to code. `units`: folded name or code to id."""

    as_at: date
    year: int
    grain: str
    full_time_hours: Decimal
    choices: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    units: Mapping[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class Person:
    number: str
    name: str
    birth_date: date | None
    joined_on: date | None
    age: int | None
    equality: dict[str, Any] | None
    contracts: list[Contract] = field(default_factory=list)

    @property
    def is_present(self) -> bool:
        return any(contract.is_current for contract in self.contracts)

    @property
    def main(self) -> Contract:
        """The contract that says what the person mainly is: of those that hold on the day, the largest; else the last to end."""
        return max(self.contracts, key=lambda one: (one.is_current, one.fpe, one.ends_on or date.max))


@dataclass(slots=True)
class Contract:
    """One contract. `name` tells it from the person's others: its number, else its place among them."""

    name: str
    row: int
    values: dict[str, Any]
    starts_on: date | None
    ends_on: date | None
    fte: Decimal | None
    is_current: bool
    unit_id: int | None = None
    fpe: Decimal = FULL
    activities: list[tuple[str, Decimal | None]] = field(default_factory=list)


@dataclass(slots=True)
class Checked:
    """What a file holds. `faulty` counts the rows with a fault to be mended."""

    people: dict[str, Person]
    faults: list[Found]
    rows: int
    has_equality: bool
    lists: dict[str, str]

    @property
    def contracts(self) -> int:
        return sum(len(person.contracts) for person in self.people.values())

    @property
    def present(self) -> int:
        return sum(person.is_present for person in self.people.values())

    @property
    def faulty(self) -> int:
        return len({found.row for found in self.faults if KINDS[found.kind].weight == "fault"})


Tick = Callable[[str, int, int], None]


def check(table: Table, columns: Mapping[int, str], settings: Settings, tick: Tick = lambda *_: None) -> Checked:
    """People and contracts of a table, and all faults by row. Columns that are mapped to nothing are not looked at.

    A value that is wrong is left empty; a row without a number is left out. `tick(step, done, total)` is called on the way,
    and may raise to stop.
    """
    faults: list[Found] = []
    read: dict[str, list[Any]] = {}
    for done, (n, key) in enumerate(sorted(columns.items())):
        tick("Reading the columns", done, len(columns))
        read_column(table, n, BY_KEY[key], settings, read, faults)
    gather = Gathering(table, columns, read, settings, faults)
    gather.run(tick)
    faults += [Found(row, None, "", "totals_row", "") for row in table.left_out]
    faults.sort(key=lambda one: (one.row, one.column is None, one.column or 0))
    lists = {
        one.codes: code_list(one.codes, settings.year).version
        for one in map(BY_KEY.get, columns.values())
        if one and one.codes
    }
    has_equality = any(BY_KEY[key].is_equality for key in columns.values())
    return Checked(gather.people, faults, len(table.rows), has_equality, dict(sorted(lists.items())))


def read_column(
    table: Table, n: int, one: Field, settings: Settings, read: dict[str, list[Any]], faults: list[Found]
) -> None:
    """Read one column into `read`. Of a field that several columns may be, the values are gathered in lists."""
    texts = table.columns[n]
    known, wrong = read_different(set(texts), one, settings)
    if wrong:
        faults += [
            Found(table.rows[at], n, one.key, wrong[text], text) for at, text in enumerate(texts) if text in wrong
        ]
    values = list(map(known.__getitem__, texts))
    if one.key in SEVERAL and one.key in read:
        read[one.key] = [
            (before or []) + (more or []) or None for before, more in zip(read[one.key], values, strict=True)
        ]
    else:
        read[one.key] = values


def read_different(texts: set[str], one: Field, settings: Settings) -> tuple[dict[str, Any], dict[str, str]]:
    """Each different text's value, and the kind of fault of those that have none."""
    reader = reader_of(one, texts, settings)
    known: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    for text in texts:
        known[text] = None
        if is_nothing(text):
            continue
        try:
            known[text] = reader(text)
        except Bad as bad:
            wrong[text] = bad.kind
    return known, wrong


def reader_of(one: Field, texts: set[str], settings: Settings) -> Callable[[str], Any]:
    """How a field's cells are read."""
    if one.kind in ("code", "codes"):
        reader = code_reader(code_list(one.codes, settings.year), settings.choices.get(one.codes, {}))
        return _several(reader) if one.kind == "codes" else reader  # type: ignore[return-value,arg-type]
    if one.kind in ("fte", "share", "hours"):
        filled = {text for text in texts if not is_nothing(text)}
        whole = settings.full_time_hours if one.kind == "hours" else None
        return share_reader(filled, whole=whole)  # type: ignore[return-value]
    plain: dict[str, Callable[[str], Any]] = {"number": staff_number, "words": words, "date": day, "soc": soc}
    return plain[one.kind]


def _several(reader: Callable[[str], str]) -> Callable[[str], list[str]]:
    """Several codes in one cell, between semicolons, bars or commas."""

    def codes(text: str) -> list[str]:
        try:
            return [reader(text)]
        except Bad:
            parts = [part for part in text.replace("|", ";").replace(",", ";").split(";") if part.strip()]
            if len(parts) < 2:
                raise
            return [reader(part) for part in parts]

    return codes


CONTRACT_VALUES = (
    "job_title", "job_family", "grade", "unit", "cost_centre", "marker", "soc", "terms", "mode", "level", "academic_function", "paid",
    "leaving_reason", "teaching", "research", "grade_since",
)  # fmt: skip
EQUALITY = ("sex", "ethnicity", "disability")
EVERY = 10_000


@dataclass(slots=True)
class Gathering:
    """Rows to people and their contracts."""

    table: Table
    columns: Mapping[int, str]
    read: dict[str, list[Any]]
    settings: Settings
    faults: list[Found]
    people: dict[str, Person] = field(default_factory=dict)
    column_of: dict[str, int] = field(default_factory=dict)
    known: dict[tuple[str, str], Contract] = field(default_factory=dict)

    def run(self, tick: Tick) -> None:
        self.column_of = {key: n for n, key in sorted(self.columns.items(), reverse=True)}
        blank: list[Any] = [None] * len(self.table.rows)
        column = {key: self.read.get(key, blank) for key in BY_KEY}
        if column["fte"] is blank:
            column["fte"] = column["hours"]
        elif column["hours"] is not blank:
            column["fte"] = [a if a is not None else b for a, b in zip(column["fte"], column["hours"], strict=True)]
        names = self._names(column, blank)
        held = [(key, column[key]) for key in CONTRACT_VALUES if column[key] is not blank]
        equality = [(key, column[key]) for key in EQUALITY if column[key] is not blank]
        for at, number in enumerate(column["staff_number"]):
            if at % EVERY == 0:
                tick("Looking at the rows", at, len(blank))
            if number is None:
                self.say(at, "no_staff_number", "staff_number")
                continue
            person = self.person(at, number, names[at], column, equality)
            self.contract(at, person, column, held)
        self.finish()

    def _names(self, column: Mapping[str, list[Any]], blank: list[Any]) -> list[str]:
        if column["surname"] is blank:
            return [name or "" for name in column["name"]]
        return [
            f"{first or ''} {last or ''}".strip()
            for first, last in zip(column["forename"], column["surname"], strict=True)
        ]

    def say(self, at: int, kind: str, key: str = "", text: str | None = None) -> None:
        """Write a fault down, with the cell's own text."""
        n = self.column_of.get(key)
        if text is None:
            text = "" if n is None else self.table.columns[n][at]
        self.faults.append(Found(self.table.rows[at], n, key, kind, text))

    def person(
        self,
        at: int,
        number: str,
        name: str,
        column: Mapping[str, list[Any]],
        equality: Sequence[tuple[str, list[Any]]],
    ) -> Person:
        birth_date = column["birth_date"][at]
        person = self.people.get(number)
        if person is None:
            said = {key: values[at] for key, values in equality if values[at] is not None} or None
            age = age_on(birth_date, self.settings.as_at)
            if age is not None and not YOUNGEST <= age <= OLDEST:
                self.say(at, "odd_age", "birth_date")
                age = None
            person = Person(number, name, birth_date, column["joined_on"][at], age, said)
            self.people[number] = person
        else:
            self._compare(at, person, name, birth_date)
        return person

    def _compare(self, at: int, person: Person, name: str, birth_date: date | None) -> None:
        other_name = bool(name) and bool(person.name) and folded(name) != folded(person.name)
        if birth_date and person.birth_date and birth_date != person.birth_date:
            self.say(at, "two_people" if other_name else "two_birth_dates", "birth_date")
        elif other_name:
            self.say(at, "two_names", "surname" if "surname" in self.column_of else "name")

    def contract(
        self, at: int, person: Person, column: Mapping[str, list[Any]], held: Sequence[tuple[str, list[Any]]]
    ) -> None:
        name = column["contract_number"][at]
        activity = (column["activity_soc"][at], column["activity_share"][at])
        if self.settings.grain == "activity" and (earlier := self._earlier(person, name)):
            earlier.activities.append(activity)
            return
        if person.contracts and self.settings.grain == "person":
            self.say(at, "person_twice", "staff_number")
            return
        if name is not None and (person.number, name) in self.known:
            self.say(at, "contract_twice", "contract_number")
            return
        contract = self._made(at, name or str(len(person.contracts) + 1), column, held)
        self.known[person.number, contract.name] = contract
        if activity[0] or activity[1] is not None:
            contract.activities.append(activity)
        person.contracts.append(contract)

    def _earlier(self, person: Person, name: str | None) -> Contract | None:
        if name is None:
            return person.contracts[0] if person.contracts else None
        return self.known.get((person.number, name))

    def _made(
        self, at: int, name: str, column: Mapping[str, list[Any]], held: Sequence[tuple[str, list[Any]]]
    ) -> Contract:
        starts_on, ends_on = column["starts_on"][at], column["ends_on"][at]
        if starts_on and ends_on and ends_on < starts_on:
            self.say(at, "end_before_start", "ends_on")
            ends_on = None
        day = self.settings.as_at
        if starts_on and starts_on > day:
            self.say(at, "starts_later", "starts_on")
        is_current = (starts_on is None or starts_on <= day) and (ends_on is None or ends_on >= day)
        values = {key: values[at] for key, values in held if values[at] is not None}
        contract = Contract(name, self.table.rows[at], values, starts_on, ends_on, column["fte"][at], is_current)
        if unit := values.get("unit"):
            contract.unit_id = self.settings.units.get(folded(unit))
            if contract.unit_id is None and self.settings.units:
                self.say(at, "unknown_unit", "unit")
        return contract

    def finish(self) -> None:
        """What only all rows of a person, or of a contract, can say."""
        row_at = {row: at for at, row in enumerate(self.table.rows)}
        for person in self.people.values():
            share_people(person)
            if len(person.contracts) > 1 or (person.contracts and person.contracts[0].fte):
                current = [one for one in person.contracts if one.is_current and one.fte]
                if sum((one.fte for one in current if one.fte), Decimal(0)) > FULL + SLACK:
                    at = row_at[current[-1].row]
                    self.say(at, "too_much_time", "fte" if "fte" in self.column_of else "hours")
            for contract in person.contracts:
                if contract.activities:
                    self._settle_activities(contract, row_at)

    def _settle_activities(self, contract: Contract, row_at: Mapping[int, int]) -> None:
        shares = [share for _, share in contract.activities if share is not None]
        whole = sum(shares, Decimal(0))
        if len(shares) == len(contract.activities) and abs(whole - FULL) <= 2 * SLACK:
            contract.activities = [(name, (share or FULL) / whole) for name, share in contract.activities]
            return
        if shares:
            self.say(row_at[contract.row], "shares_differ", "activity_share")
        contract.activities = [(name, FULL / len(contract.activities)) for name, _ in contract.activities]


def share_people(person: Person) -> None:
    """The parts of a full person: the contracts that hold share 1 among them by their FTE, equally where it is not known.

    A contract that does not hold on the day has none, unless none holds.
    """
    counted = [one for one in person.contracts if one.is_current] or person.contracts
    whole = sum((one.fte or Decimal(0) for one in counted), Decimal(0))
    for one in person.contracts:
        one.fpe = Decimal(0)
    for one in counted:
        one.fpe = (one.fte or Decimal(0)) / whole if whole else FULL / len(counted)
    if len(counted) > 1:
        for one in counted:
            one.fpe = one.fpe.quantize(Decimal("0.0001"))
        counted[0].fpe += FULL - sum((one.fpe for one in counted), Decimal(0))


def age_on(born: date | None, day: date) -> int | None:
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def missing_fields(columns: Mapping[int, str]) -> list[Field]:
    """The fields that must be mapped and are not."""
    mapped = set(columns.values())
    return [one for one in BY_KEY.values() if one.is_required and one.key not in mapped]
