"""Populations for tests: built by hand in a line, drawn by Hypothesis, or made by the thousand from a seed. Nobody in them exists."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from desaga.workforce.population import Contract, Covers, Person, Population

DAY, YEAR_BEFORE = date(2026, 7, 31), date(2025, 7, 31)
GRADES = ("Grade 3", "Grade 4", "Grade 5", "Grade 6")


def one(
    key: str, technical: bool = True, contracts: tuple[Contract, ...] = (), age: int | None = 40, **contract: Any
) -> Person:
    """A person; further words are of their one contract, `joined` and `equality` of themselves."""
    own = {name: contract.pop(name) for name in ("joined", "equality") if name in contract}
    return Person(key=key, technical=technical, contracts=contracts or (Contract(key=key, **contract),), age=age, **own)


def everybody(*people: Person, on: date = DAY, covers: Covers = Covers.ALL, **more: Any) -> Population:
    return Population(on=on, people=people, covers=covers, **more)


shares = st.sampled_from([Decimal("0.2"), Decimal("0.5"), Decimal("0.6"), Decimal("1")])
contracts = st.builds(
    Contract,
    key=st.uuids().map(str),
    is_main=st.booleans(),
    technical=st.booleans(),
    unit=st.sampled_from([None, 1, 2, 3]),
    unit_label=st.sampled_from(["", "Physics"]),
    grade=st.sampled_from(["", "grade 4", *GRADES]),
    terms=st.sampled_from(["", "1", "2", "3"]),
    mode=st.sampled_from(["", "1", "3", "4", "6"]),
    level=st.sampled_from(["", "J0", "K0"]),
    function=st.sampled_from(["", "1", "9"]),
    fte=st.one_of(st.none(), shares),
    fpe=shares,
    starts=st.sampled_from([None, date(2020, 1, 1), date(2026, 1, 1)]),
    ends=st.sampled_from([None, None, date(2026, 3, 1), date(2027, 1, 1)]),
    leaving_reason=st.sampled_from(["", "", "01", "03"]),
)
said = st.fixed_dictionaries(
    {
        "sex": st.sampled_from([(), ("10",), ("11",), ("96",)]),
        "ethnicity": st.sampled_from([(), ("160",), ("103",), ("163",), ("998",)]),
        "disability": st.sampled_from([(), ("95",), ("51", "55"), ("98",)]),
    }
)
people = st.builds(
    Person,
    key=st.integers(1, 25).map(str),
    technical=st.booleans(),
    contracts=st.lists(contracts, min_size=1, max_size=3).map(tuple),
    age=st.one_of(st.none(), st.integers(17, 75)),
    joined=st.sampled_from([None, date(2010, 5, 1), date(2026, 2, 1)]),
    equality=said,
)
crowds = st.lists(people, max_size=20, unique_by=lambda person: person.key).map(tuple)


def populations(on: date, covers: st.SearchStrategy[Covers]) -> st.SearchStrategy[Population]:
    return st.builds(Population, on=st.just(on), people=crowds, covers=covers)


def thousands(count: int, seed: int = 1) -> tuple[Population, Population]:
    """A year of so many people: some left, some came, some rose, some moved; every tenth has two contracts."""
    chance = random.Random(seed)
    then = tuple(_drawn(chance, str(number)) for number in range(count))
    stay = tuple(_a_year_on(chance, person) for person in then if chance.random() > 0.08)
    new = tuple(_drawn(chance, str(count + number)) for number in range(count - len(stay)))
    return Population(on=YEAR_BEFORE, people=then), Population(on=DAY, people=(*stay, *new))


def day_by_day(count: int, times: int, seed: int, *, days: int = 30, units: int = 5) -> Iterator[Population]:
    """A small institution's technical staff on so many days, so many days apart: one in ten leaves in a year, and somebody comes in their place."""
    chance, on = random.Random(seed), date(2025, 1, 31)
    who = [_new(chance, f"t{number}", on, units) for number in range(count)]
    unsaid = frozenset({"sex", "ethnicity", "disability"})
    for time in range(times):
        yield Population(on=on, people=tuple(who), covers=Covers.TECHNICAL, not_collected=unsaid)
        on += timedelta(days=days)
        left = [chance.random() < 0.1 * days / 365 for _ in who]
        who = [
            _new(chance, f"{time}-{n}", on, units) if gone else replace(one, age=(one.age or 0) + (chance.random() < days / 365))
            for n, (one, gone) in enumerate(zip(who, left, strict=True))
        ]  # fmt: skip


def _new(chance: random.Random, key: str, on: date, units: int) -> Person:
    contract = Contract(
        key=key, is_main=True, technical=True, unit=chance.choices(range(1, units + 1), range(2 * units, units, -1))[0], grade=chance.choices(GRADES, [2, 4, 4, 2])[0],
        terms=chance.choices("12", [85, 15])[0], mode=chance.choices("13", [80, 20])[0], level="K0", function="9", fte=Decimal(chance.choices(["1", "0.6"], [80, 20])[0]),
        fpe=Decimal(1), grade_since=on - timedelta(days=chance.randint(30, 3000)),
    )  # fmt: skip
    return Person(key=key, technical=True, contracts=(contract,), age=chance.randint(19, 66), joined=on - timedelta(days=chance.randint(1, 9000)))  # fmt: skip


def _drawn(chance: random.Random, key: str) -> Person:
    split = chance.random() < 0.1
    parts = (Decimal("0.6"), Decimal("0.4")) if split else (Decimal(1),)
    return Person(
        key=key,
        technical=chance.random() < 0.25,
        contracts=tuple(_contract(chance, f"{key}-{place}", part, not place) for place, part in enumerate(parts)),
        age=chance.randint(18, 68),
        joined=DAY - timedelta(days=chance.randint(30, 12000)),
        equality={
            "sex": (chance.choice(["10", "11", "11", "96"]),),
            "ethnicity": (chance.choice(["160", "160", "103", "120", "998"]),),
            "disability": chance.choice([("95",), ("95",), ("51", "55"), ("98",)]),
        },
    )


def _contract(chance: random.Random, key: str, part: Decimal, main: bool) -> Contract:
    return Contract(
        key=key, is_main=main, unit=chance.randint(1, 40), grade=chance.choice(GRADES), terms=chance.choice("112"), mode=chance.choice("1134"),
        level=chance.choice(["I0", "J0", "K0"]), function=chance.choice("199"), fte=part, fpe=part, grade_since=DAY - timedelta(days=chance.randint(1, 4000)),
    )  # fmt: skip


def _a_year_on(chance: random.Random, person: Person) -> Person:
    if chance.random() < 0.05:
        return replace(person, technical=not person.technical)
    risen = tuple(replace(contract, grade=chance.choice(GRADES)) for contract in person.contracts)
    return replace(person, contracts=risen) if chance.random() < 0.1 else person
