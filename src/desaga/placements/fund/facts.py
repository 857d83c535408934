"""What is known of one year of a scheme before anything of it is protected. Never shown as it stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..defining import PLACEMENTS, Nouns
from ..figures import Told


@dataclass(frozen=True, slots=True)
class Given:
    """One award of the year's panels: what became of the offer, and its money. `person` tells people apart and is shown nowhere."""

    person: int
    became: str
    is_abroad: bool
    host: str
    committed: Decimal
    paid: Decimal
    session_promised: bool


@dataclass(frozen=True, slots=True)
class Days:
    """On so many days of the year somebody was at their host, as that confirmed."""

    person: int
    number: int


@dataclass(frozen=True, slots=True)
class Session:
    """One that was held in the year, and how many came."""

    person: int
    came: int


@dataclass(frozen=True, slots=True)
class Spent:
    """A cost in a claim that was approved."""

    kind: str
    pounds: Decimal
    person: int


@dataclass(frozen=True, slots=True)
class Answered:
    """How one person answered a question with fixed answers, some months later."""

    follow: str
    question: str
    choice: str


@dataclass(frozen=True, slots=True)
class Award:
    """An award that may be told of, as whoever went wants it told. `consent` is what the award's own words hang on."""

    consent: int
    title: str
    name: str
    home: str
    host: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Program:
    """What the scheme says of itself."""

    purpose: str
    who: str
    funds: str
    nouns: Nouns = PLACEMENTS


@dataclass(frozen=True, slots=True)
class Year:
    """All of it: of applications whose panel met between two days and whose outcomes are told, and of their awards; and, of all awards of the scheme,
    the days, the reports that were due, the sessions and the questions that were asked between these days. So each belongs to one year.
    """

    name: str
    starts_on: date
    ends_on: date
    program: Program
    budget: Decimal
    told: Sequence[Told] = ()
    given: Sequence[Given] = ()
    spent: Sequence[Spent] = ()
    days: Sequence[Days] = ()
    reports: Sequence[str] = ()
    sessions: Sequence[Session] = ()
    answered: Sequence[Answered] = ()
    awards: Sequence[Award] = ()
