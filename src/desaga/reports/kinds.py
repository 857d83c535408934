"""Kinds of report: their sections, and when they are due. Pure Python.

The data of a kind are `{name, words, source, as_of, sections[{key, title, asks, limit, drafts}], stages[{key, name, first, last, is_published,
source}], cohorts[{signed, stage, due}]}`; months are "2017-05". What Desaga ships is in `shipped/`; an organisation may have its own copy.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class KindSection:
    """What a section is called, what it asks for, the most words, and what its draft is made of."""

    key: str
    title: str
    asks: str
    limit: int | None
    drafts: Sequence[str]


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of a charter's cycle: due between so many months after signing. Not published: worked out from the lengths of plans."""

    key: str
    name: str
    first: int
    last: int
    is_published: bool
    source: str

    @property
    def line(self) -> str:
        """As it is typed, on one line."""
        published = "published" if self.is_published else "not published"
        return f"{self.key}, {self.name}, {self.first}, {self.last}, {published}, {self.source}"


@dataclass(frozen=True, slots=True)
class Cohort:
    """Those who signed in one month, and by the end of which month a stage is due from them."""

    signed: str
    stage: str
    due: str

    @property
    def signed_words(self) -> str:
        return f"{last_of(self.signed):%B %Y}"

    @property
    def due_words(self) -> str:
        return f"{last_of(self.due):%B %Y}"


@dataclass(frozen=True, slots=True)
class Due:
    """A due date and how it came about, for whoever doubts it."""

    on: date
    words: str


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of report. `source` and `as_of` say where its due dates come from and when they were looked up.

    `is_own`: the organisation's wording; `is_added`: there is nothing shipped behind it.
    """

    key: str
    name: str
    words: str
    source: str
    as_of: str
    sections: Sequence[KindSection]
    stages: Sequence[Stage]
    cohorts: Sequence[Cohort]
    is_own: bool = False
    is_added: bool = False

    @property
    def looked_up(self) -> str:
        """The day on which the due dates were looked up, in words."""
        day = date.fromisoformat(self.as_of)
        return f"{day.day} {day:%B %Y}"

    def due(self, stage: str, signed_on: date | None) -> Due | None:
        """When a stage is due from whoever signed on a day; None where the data do not say."""
        found = next((one for one in self.stages if one.key == stage), None)
        if found is None or signed_on is None:
            return None
        month = f"{signed_on:%Y-%m}"
        cohort = next((one for one in self.cohorts if one.stage == stage and one.signed == month), None)
        if cohort:
            words = f"Published for those who signed in {signed_on:%B %Y} (looked up {self.looked_up})."
            return Due(last_of(cohort.due), words)
        basis = "published" if found.is_published else "not published"
        words = (
            f"{found.first} to {found.last} months after signing; {basis}: {found.source} (looked up {self.looked_up})."
        )
        return Due(months_after(signed_on, found.last), words)


def kind_from(key: str, told: Mapping[str, Any], *, is_own: bool = False, is_added: bool = False) -> Kind:
    """A kind from its data."""
    sections = [
        KindSection(one["key"], one["title"], one.get("asks", ""), one.get("limit"), tuple(one.get("drafts", ())))
        for one in told["sections"]
    ]
    stages = [Stage(**one) for one in told.get("stages", ())]
    cohorts = [Cohort(**one) for one in told.get("cohorts", ())]
    return Kind(
        key, told["name"], told.get("words", ""), told.get("source", ""), told.get("as_of", ""), sections, stages, cohorts, is_own, is_added
    )  # fmt: skip


def last_of(month: str) -> date:
    """The last day of a month like "2024-01". `ValueError` for anything else."""
    found = MONTH.fullmatch(month)
    if not found:
        raise ValueError(month)
    year, number = int(found[1]), int(found[2])
    return date(year, number, monthrange(year, number)[1])


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of that month."""
    months += day.month - 1
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))
