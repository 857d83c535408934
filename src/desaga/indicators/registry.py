"""Which computed series there are. Slices above declare them here; this slice knows nothing of what they count.

A *source* computes all its indicators at once, in few queries, for the organisation in scope:

    register(Source(
        indicators=(Indicator(key="plans.overdue", name="Actions overdue", definition="…", unit=Unit.PER_CENT, …),),
        compute=lambda today: [Computed("plans.overdue", Decimal(12), of=50), Computed("plans.overdue", …, cut="plan", part="7", label="…")],
    ))
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from desaga.disclosure import Kind

from .lines import Line
from .states import Better, Disclosure, Unit
from .trends import Point


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """A series that Desaga computes by itself.

    `key` is "slice.name" and stays for good: readings are kept under it. `definition` says in whole sentences what is counted out
    of what. `cuts` are the ways in which it is also given, each with a word for its parts ("plan": "Plan"); `has_whole` is False
    where only the parts mean something. `phrases` are the words of a success text for which it is offered. `defined_at` names the address,
    made of the organisation's slug, where an organisation says who is counted; by which wording, the note of each reading says.
    """

    key: str
    name: str
    definition: str
    unit: Unit
    better: Better
    disclosure: Disclosure = Disclosure.OPEN
    cuts: Mapping[str, str] = field(default_factory=dict)
    has_whole: bool = True
    phrases: tuple[str, ...] = ()
    defined_at: str = ""


@dataclass(frozen=True, slots=True)
class Computed:
    """Where an indicator stands: the whole, or a part of a cut.

    `of` is how many a share is of. `people` is how many people stand behind the value; where small numbers are hidden it must be given, or the `kind`.
    `kind` says what a protected cell is, where that is known: what is hidden is hidden whoever is behind it, also to protect others.
    `note` says who is counted, where that is not so for good.
    """

    key: str
    value: Decimal
    of: int | None = None
    cut: str = ""
    part: str = ""
    label: str = ""
    people: int | None = None
    kind: Kind | None = None
    note: str = ""


#: The parts of a cut that a user may read in the organisation in scope; None for all.
PartsRead = Callable[[Any], frozenset[str] | None]


#: Where lines stand as the public reads them.
PublicOf = Callable[[Collection[Line]], Mapping[Line, Point]]


@dataclass(frozen=True, slots=True)
class Source:
    """Indicators that are computed together, for the organisation in scope. What there is nothing to count for is left out.

    `parts_read` names the cuts whose parts not everybody of the organisation may read, each with whose parts somebody may. `public`: what
    anybody outside may read of some lines, where that is not what is read inside; a line that it does not answer is not shown outside.
    """

    indicators: tuple[Indicator, ...]
    compute: Callable[[date], Iterable[Computed]]
    parts_read: Mapping[str, PartsRead] = field(default_factory=dict)
    public: PublicOf | None = None


class NotDeclared(Exception):
    """A source computed what it did not declare, or left out what its disclosure class needs."""


_sources: list[Source] = []


def register(source: Source) -> None:
    """For slices above, in `AppConfig.ready`. One that declares the same keys takes its place."""
    keys = {one.key for one in source.indicators}
    _sources[:] = [one for one in _sources if not keys & {indicator.key for indicator in one.indicators}]
    _sources.append(source)


def indicators() -> dict[str, Indicator]:
    """All that are declared, by key, those of one source together."""
    return {indicator.key: indicator for source in _sources for indicator in source.indicators}


def sources() -> list[Source]:
    return list(_sources)


def public_of(lines: Collection[Line]) -> dict[Line, Point | None]:
    """Of lines that the public does not read as they are read inside: where they stand for the public; None where it reads nothing."""
    found: dict[Line, Point | None] = {}
    for source in _sources:
        keys = {one.key for one in source.indicators}
        own = [line for line in lines if line.key in keys]
        if source.public and own:
            told = source.public(own)
            found |= {line: told.get(line) for line in own}
    return found


def computed(today: date) -> list[Computed]:
    """Where all of them stand in the organisation in scope. Raises `NotDeclared`."""
    return [_checked(one, source) for source in _sources for one in source.compute(today)]


def _checked(one: Computed, source: Source) -> Computed:
    indicator = next((known for known in source.indicators if known.key == one.key), None)
    if indicator is None or (one.cut not in indicator.cuts if one.cut else not indicator.has_whole):
        raise NotDeclared(f"{one.key}, cut “{one.cut}”, is not declared.")
    if indicator.disclosure == Disclosure.SMALL_HIDDEN and one.people is None and one.kind is None:
        raise NotDeclared(f"{one.key} must say how many people stand behind its value, or what kind of cell it is.")
    return one
