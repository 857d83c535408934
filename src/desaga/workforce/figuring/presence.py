"""Who is there on the day of a snapshot, and by which contracts they are counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal

from ..population import Contract, Person, Population
from .model import sum_of

WHOLE, PLACES = Decimal(1), Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Present:
    """A person who has a contract on the day. `counted` are their contracts, of technical staff the technical ones; `main` is one of them.

    `parts` are the shares of the person that go with each of `counted`; they make 1 where no contract is of other staff.
    """

    person: Person
    technical: bool
    main: Contract
    counted: tuple[Contract, ...]
    parts: tuple[Decimal, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """A population as it stood on its day: who is there by key, and who is in it without a contract on that day."""

    population: Population
    present: dict[str, Present]
    ended: dict[str, Person]

    @property
    def on(self) -> date:
        return self.population.on

    @property
    def covers_all(self) -> bool:
        return self.population.covers == "all"

    def technical(self) -> list[Present]:
        return [one for one in self.present.values() if one.technical]

    def others(self) -> list[Present]:
        return [one for one in self.present.values() if not one.technical]


def day_of(population: Population) -> Day:
    """The population on its day. Contracts that ended before it or begin after it are not counted; the last day still is."""
    present: dict[str, Present] = {}
    ended: dict[str, Person] = {}
    for person in population.people:
        here = _present(person, population.on)
        if here is None:
            ended[person.key] = person
        else:
            present[person.key] = here
    return Day(population, present, ended)


def is_active(contract: Contract, on: date) -> bool:
    return (contract.starts is None or contract.starts <= on) and (contract.ends is None or contract.ends >= on)


def _present(person: Person, on: date) -> Present | None:
    active = tuple(contract for contract in person.contracts if is_active(contract, on))
    if not active:
        return None
    technical = _technical(person, active)
    counted = technical or active
    return Present(person, bool(technical), _main(counted), counted, _parts(counted, active))


def _technical(person: Person, active: tuple[Contract, ...]) -> tuple[Contract, ...]:
    """The contracts by which somebody is technical staff on the day. Of whom a person decided so, though no contract says it, all are."""
    if not person.technical:
        return ()
    if not any(contract.technical for contract in person.contracts):
        return active
    return tuple(contract for contract in active if contract.technical)


def _main(contracts: tuple[Contract, ...]) -> Contract:
    return contracts[0] if len(contracts) == 1 else max(contracts, key=weight)


def weight(contract: Contract) -> tuple[bool, Decimal, str, str]:
    """What makes a contract the one by which a person is counted once: that HR calls it the main one, then its size."""
    return contract.is_main, contract.fpe, contract.key, contract.number


def _parts(counted: tuple[Contract, ...], active: tuple[Contract, ...]) -> tuple[Decimal, ...]:
    """The share of the person in each contract: of contracts that ended, their share goes to those that go on.

    Shares have four places, and together they make 1 exactly, so that margins are sums.
    """
    if len(active) == 1:
        return (WHOLE,)
    whole = sum_of(contract.fpe for contract in active)
    shares = [
        # not a count of people: part of one person
        (contract.fpe / whole if whole else WHOLE / len(active)).quantize(PLACES, ROUND_DOWN)
        for contract in active
    ]
    largest = active.index(_main(active))
    shares[largest] += WHOLE - sum_of(shares)
    return tuple(share for contract, share in zip(active, shares, strict=True) if contract in counted)
