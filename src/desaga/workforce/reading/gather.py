"""Rows to people and their contracts. Both point into the columns that were read, so that nothing is kept twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from .faults import Found
from .table import Table
from .vacant import NO_NUMBER, NOBODY
from .values import folded, is_nothing

YOUNGEST, OLDEST = 15, 90
NOUGHT, FULL = Decimal(0), Decimal(1)
#: Rounding of shares in HR systems.
SLACK = Decimal("0.005")
FOUR_PLACES = Decimal("0.0001")
EVERY = 10_000
#: And these only of somebody who holds the post.
OF_WHOEVER_HOLDS_IT = ("sex", "ethnicity", "disability")
#: One of each together stands in somebody's row, be their number and name blank, as below a merged cell.
OF_A_HOLDER = (("fte", "hours"), ("starts_on", "terms"))
#: Where any of these is filled in, the row is somebody's.
OF_PEOPLE = ("surname", "forename", "name", "birth_date", "joined_on")
Activity = tuple[str | None, Decimal | None]
Tick = Callable[[str, int, int], None]


@dataclass(slots=True)
class Contract:
    """One contract. `at` is the index of its row; `name` tells it from the person's others: its number, else its place among them."""

    name: str
    at: int
    fte: Decimal | None
    ends_on: date | None
    is_current: bool
    fpe: Decimal = FULL
    is_marked: bool = False
    activities: list[Activity] | None = None


@dataclass(slots=True)
class Person:
    """One person. `at` is the index of their first row, whose values of a person count."""

    number: str
    at: int
    name: str
    birth_date: date | None
    age: int | None
    contracts: list[Contract] = field(default_factory=list)
    is_present: bool = False

    @property
    def main(self) -> Contract:
        """The contract that says what the person mainly is: of those that hold on the day the one marked so, or the largest; else the last to end."""
        if len(self.contracts) == 1:
            return self.contracts[0]
        return max(self.contracts, key=lambda one: (one.is_current, one.is_marked, one.fpe, one.ends_on or date.max))


class Gathering:
    """Goes through the rows once. `read` has the values of each field by row; what is wrong only between values goes to `faults`."""

    def __init__(
        self,
        table: Table,
        columns: Mapping[int, str],
        read: dict[str, list[Any]],
        faults: list[Found],
        as_at: date,
        grain: str,
        units: Mapping[str, int],
    ) -> None:
        self.table, self.read, self.faults, self.day, self.grain = table, read, faults, as_at, grain
        #: Every column that is mapped: two rows that say the same in all of them are one.
        self.said = [table.columns[n] for n in columns]
        self.column_of = {key: n for n, key in sorted(columns.items(), reverse=True)}
        self.people: dict[str, Person] = {}
        self.vacant: list[int] = []
        self.known: dict[tuple[str, str], Contract] = {}
        self.blank: list[Any] = [None] * len(table.rows)
        self._settle_columns(units)
        # Looked up once: the loop over the rows asks for them a hundred thousand times.
        self.contract_numbers, self.starts = self.column("contract_number"), self.column("starts_on")
        self.activity_socs, self.activity_shares = self._columns_of_activities()
        self.ends, self.ftes, self.marks = self.column("ends_on"), self.read["fte"], self.column("main")

    def column(self, key: str) -> list[Any]:
        return self.read.get(key, self.blank)

    def _columns_of_activities(self) -> tuple[list[Any], list[Any]]:
        """SOC and share of each row's activity. HESA heads an activity's SOC as a contract's: where it has none of its own, it is that."""
        own, shares = self.column("activity_soc"), self.column("activity_share")
        self.has_soc_of_activities = own is self.blank and (self.grain == "activity" or shares is not self.blank)
        return self.column("soc") if self.has_soc_of_activities else own, shares

    def _settle_columns(self, units: Mapping[str, int]) -> None:
        """What is worked out for whole columns: FTE from hours where there is none, units, whole names."""
        fte, hours = self.column("fte"), self.column("hours")
        if fte is self.blank:
            fte = hours
        elif hours is not self.blank:
            fte = [share if share is not None else other for share, other in zip(fte, hours, strict=True)]
        self.read["fte"] = fte
        self.read["unit_id"] = self._units(units)
        last, first = self.column("surname"), self.column("forename")
        if last is self.blank:
            self.names = [name or "" for name in self.column("name")]
        else:
            self.names = [f"{one or ''} {other or ''}".strip() for one, other in zip(first, last, strict=True)]

    def _units(self, units: Mapping[str, int]) -> list[int | None]:
        texts = self.column("unit")
        known = {text: units.get(folded(text)) if text else None for text in set(texts)}
        if units and None in known.values():
            for at, text in enumerate(texts):
                if text and known[text] is None:
                    self.say(at, "unknown_unit", "unit")
        return [known[text] for text in texts]

    def run(self, tick: Tick) -> None:
        numbers, births = self.column("staff_number"), self.column("birth_date")
        nobodys = {name for name in set(self.names) if name.casefold() in NOBODY}
        for at, number in enumerate(numbers):
            if at % EVERY == 0:
                tick("Looking at the rows", at, len(numbers))
            if number is None or number in NO_NUMBER or self.names[at] in nobodys:
                self._without_person(at, is_said=number is not None or self.names[at] in nobodys)
                continue
            person = self.people.get(number)
            if person is None:
                person = self.people[number] = Person(number, at, self.names[at], births[at], self._age(at, births[at]))
            else:
                self._compare(at, person, self.names[at], births[at])
            self._add_contract(at, person)
        tick("Adding up", 0, 0)
        for person in self.people.values():
            self._finish(person)

    def _without_person(self, at: int, *, is_said: bool) -> None:
        """A post that nobody holds, or else a row whose number is missing. Where nothing says so, only a file that names people can tell."""
        if not is_said and self._is_filled(at, "staff_number"):
            # What stands there is no number: that is said already.
            return
        if not self._is_vacant(at, is_said):
            self.say(at, "no_staff_number", "staff_number")
            return
        if not is_said and self._seems_held(at):
            self.say(at, "held_by_nobody", "staff_number")
            return
        self.say(at, "vacant_post", "job_title")
        if self.ends[at] is None or self.ends[at] >= self.day:
            self.vacant.append(at)

    def _is_vacant(self, at: int, is_said: bool) -> bool:
        if not (self.column("job_title")[at] and self.column("unit")[at]):
            return False
        of_people = [key for key in OF_PEOPLE if key in self.column_of]
        return is_said or (bool(of_people) and not any(self._is_filled(at, key) for key in of_people))

    def _seems_held(self, at: int) -> bool:
        """Whether the row says what only whoever holds the post has: the rows of a person below their first may leave number and name blank."""
        if any(self._is_filled(at, key) for key in OF_WHOEVER_HOLDS_IT):
            return True
        return all(any(self._is_filled(at, key) for key in keys) for keys in OF_A_HOLDER)

    def _is_filled(self, at: int, key: str) -> bool:
        n = self.column_of.get(key)
        return n is not None and not is_nothing(self.table.columns[n][at])

    def words_of(self) -> dict[str, str]:
        """Whole names, folded, their parts in order: "Dale, Cy" and "Cy Dale" are one. Each part is folded once."""
        parts: dict[str, str] = {}
        found: dict[str, str] = {}
        for name in {person.name for person in self.people.values()}:
            words = []
            for part in name.split():
                if part not in parts:
                    parts[part] = folded(part)
                words += parts[part].split()
            found[name] = " ".join(sorted(words))
        return found

    def say(self, at: int, kind: str, key: str = "") -> None:
        """Write a fault down, with the cell's own text."""
        n = self.column_of.get(key)
        text = "" if n is None else self.table.columns[n][at]
        self.faults.append(Found(self.table.rows[at], n, key, kind, text))

    def _age(self, at: int, born: date | None) -> int | None:
        age = age_on(born, self.day)
        if age is not None and not YOUNGEST <= age <= OLDEST:
            self.say(at, "odd_age", "birth_date")
            return None
        return age

    def _compare(self, at: int, person: Person, name: str, birth_date: date | None) -> None:
        """What a later row says otherwise of the same number."""
        other_name = bool(name) and bool(person.name) and folded(name) != folded(person.name)
        if birth_date and person.birth_date and birth_date != person.birth_date:
            self.say(at, "two_people" if other_name else "two_birth_dates", "birth_date")
        elif other_name:
            self.say(at, "two_names", "surname" if "surname" in self.column_of else "name")

    def _add_contract(self, at: int, person: Person) -> None:
        name = self.contract_numbers[at]
        activity = (self.activity_socs[at], self.activity_shares[at])
        earlier = self._earlier(person, name)
        if earlier and self.grain == "activity":
            earlier.activities = [*(earlier.activities or ()), activity]
        elif person.contracts and self.grain == "person":
            self.say(at, "person_twice", "staff_number")
        elif earlier and name is not None:
            self.say(at, "contract_twice", "contract_number")
        else:
            if earlier:
                self._tell_same_row(at, person)
            contract = self._made(at, name or str(len(person.contracts) + 1))
            person.is_present |= contract.is_current
            if activity != (None, None):
                contract.activities = [activity]
            self.known[person.number, contract.name] = contract
            person.contracts.append(contract)

    def _earlier(self, person: Person, name: str | None) -> Contract | None:
        if not person.contracts:
            return None
        return person.contracts[0] if name is None else self.known.get((person.number, name))

    def _tell_same_row(self, at: int, person: Person) -> None:
        """Where a row says the same in every column as that of a contract of theirs. Columns that are left out may tell the two apart."""
        others = (one.at for one in person.contracts)
        same = next((other for other in others if all(column[at] == column[other] for column in self.said)), None)
        if same is not None:
            self.faults.append(Found(self.table.rows[at], None, "", "row_twice", f"as row {self.table.rows[same]}"))

    def _made(self, at: int, name: str) -> Contract:
        starts_on, ends_on = self.starts[at], self.ends[at]
        if starts_on and ends_on and ends_on < starts_on:
            self.say(at, "end_before_start", "ends_on")
            self.ends[at] = ends_on = None
        begun = starts_on is None or starts_on <= self.day
        if not begun:
            self.say(at, "starts_later", "starts_on")
        is_current = begun and (ends_on is None or ends_on >= self.day)
        return Contract(name, at, self.ftes[at], ends_on, is_current, is_marked=bool(self.marks[at]))

    def _finish(self, person: Person) -> None:
        """What only all rows of a person, or of a contract, can say."""
        if len(person.contracts) > 1:
            share_out(person.contracts)
            marked = [one.at for one in person.contracts if one.is_marked and one.is_current]
            if len(marked) > 1:
                self.say(marked[-1], "two_mains", "main")
        self._look_at_time(person)
        for contract in person.contracts:
            if contract.activities:
                contract.activities = self._settled(contract.at, contract.activities)
                if self.has_soc_of_activities:
                    self.activity_socs[contract.at] = main_soc(contract.activities)

    def _look_at_time(self, person: Person) -> None:
        times = [one.fte for one in person.contracts if one.is_current and one.fte]
        if times and (sum(times) if len(times) > 1 else times[0]) > FULL + SLACK:
            at = next(one.at for one in reversed(person.contracts) if one.is_current and one.fte)
            self.say(at, "too_much_time", "fte" if "fte" in self.column_of else "hours")

    def _settled(self, at: int, activities: Sequence[Activity]) -> list[Activity]:
        """Activities whose shares make 1 together; where the file's do not, they count equally."""
        shares = [share for _, share in activities if share is not None]
        whole = sum(shares, NOUGHT)
        if len(shares) == len(activities) and abs(whole - FULL) <= 2 * SLACK:
            return [(soc, (share or NOUGHT) / whole) for soc, share in activities]
        if shares:
            self.say(at, "shares_differ", "activity_share")
        return [(soc, FULL / len(activities)) for soc, _ in activities]


def main_soc(activities: Iterable[Activity]) -> str | None:
    """The occupation that has most of a contract; the first of equals."""
    shares: dict[str | None, Decimal] = {}
    for soc, share in activities:
        shares[soc] = shares.get(soc, NOUGHT) + (share or NOUGHT)
    return max(shares, key=shares.__getitem__)


def share_out(contracts: Sequence[Contract]) -> None:
    """Parts of a full person: the contracts that hold share 1 by their FTE, equally where none is known.

    A contract that does not hold on the day has no part, unless none holds.
    """
    counted = [one for one in contracts if one.is_current] or contracts
    whole = sum((one.fte or NOUGHT for one in counted), NOUGHT)
    for one in contracts:
        one.fpe = NOUGHT
    for one in counted:
        # A share, not a count of people.
        one.fpe = ((one.fte or NOUGHT) / whole if whole else FULL / len(counted)).quantize(FOUR_PLACES)
    counted[0].fpe += FULL - sum((one.fpe for one in counted), NOUGHT)


def age_on(born: date | None, day: date) -> int | None:
    """Whole years on a day."""
    if born is None:
        return None
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))
