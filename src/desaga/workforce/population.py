"""The workforce on one day, as plain values: what definitions, figures and releases are reckoned from. No Django.

Made of a snapshot by `queries.populations`; tests build it by hand. Texts of a contract are the organisation's own words or codes of a
code list. An empty text or None means that the extract did not have it, which is not the same as a code that says "not known".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Covers(StrEnum):
    """Whom a population holds. With technical staff only, who is gone may have left or may be technical staff no more."""

    ALL = "all"
    TECHNICAL = "technical"


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """One contract of a person. `key` is the same contract in every snapshot; `number` only where a person's own export needs it.

    `fte` is the share of a full-time week, None where it was not collected. The `fpe` of all contracts of a person make 1 together.
    `unit` is the unit's id, None where the extract's word for it (`unit_label`) was matched to none. `technical` is looked at only
    where the person is technical: whether the definition counts this contract as well. `marker` is HR's own mark of technical staff.
    """

    key: str = ""
    number: str = ""
    is_main: bool = True
    technical: bool = True
    unit: int | None = None
    unit_label: str = ""
    title: str = ""
    job_family: str = ""
    marker: str = ""
    grade: str = ""
    soc: str = ""
    terms: str = ""
    mode: str = ""
    level: str = ""
    paid: str = ""
    function: str = ""
    fte: Decimal | None = None
    fpe: Decimal = Decimal(1)
    starts: date | None = None
    ends: date | None = None
    grade_since: date | None = None
    leaving_reason: str = ""
    teaches: bool | None = None
    researches: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person in one population. `key` is opaque and the same in all snapshots of an organisation.

    `age` and everything else is as at the population's day. `technical` is what the definition of technical staff made of them.
    `equality` (field to codes) is empty unless the disclosure function asked for it.
    """

    key: str
    contracts: tuple[Contract, ...]
    technical: bool = True
    age: int | None = None
    joined: date | None = None
    equality: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def main(self) -> Contract:
        """The contract by which they are counted once: HR's main one, else the largest, among the technical ones of technical staff."""
        return max(self.counted, key=_weight)

    @property
    def counted(self) -> tuple[Contract, ...]:
        """The contracts that are counted: of technical staff the technical ones, of anybody else all."""
        if not self.technical:
            return self.contracts
        return tuple(contract for contract in self.contracts if contract.technical) or self.contracts


def _weight(contract: Contract) -> tuple[bool, Decimal, str, str]:
    return contract.is_main, contract.fpe, contract.key, contract.number


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """A technical post that was advertised in the population's collection year. No applicant is known, only how many there were."""

    unit: int | None = None
    unit_label: str = ""
    grade: str = ""
    applicants: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Population:
    """Everybody in a snapshot. `not_collected` names the fields (as here, or of `equality`) that the extract did not have.

    `posts` is None where nobody entered any, or took any in; empty where it was said that there were none.
    """

    on: date
    people: tuple[Person, ...]
    covers: Covers = Covers.ALL
    not_collected: frozenset[str] = frozenset()
    posts: tuple[Post, ...] | None = None

    def technical(self) -> Iterator[Person]:
        return (person for person in self.people if person.technical)

    def others(self) -> Iterator[Person]:
        """The rest of the institution; only of meaning where the extract covers all staff."""
        return (person for person in self.people if not person.technical)

    def missing(self, fields: Iterable[str]) -> tuple[str, ...]:
        """Those of the fields that the extract did not have."""
        return tuple(name for name in fields if name in self.not_collected or (name == "posts" and self.posts is None))

    def has(self, fields: Iterable[str]) -> bool:
        """Whether the extract had all these fields."""
        return not self.missing(fields)
