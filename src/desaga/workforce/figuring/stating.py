"""What an organisation states itself, since no extract can know it: order of grades, bands of age, ages of retirement, comparators."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise

from ..readiness.fields import Codes
from .model import Label

#: The first age of each band but the youngest. HESA's bands as the Welsh Government prints them from the Staff record:
#: https://statswales.gov.wales/Catalogue/Education-and-Skills/Post-16-Education-and-Training/Higher-Education/Staff-and-Finance/hestaff-by-personalcharacteristics
#: (there the last reads "65+" below "56 to 65"; that it begins with 66 is from memory, unverified).
AGE_BANDS = (26, 36, 46, 56, 66)
#: 60 and 65 are usual ages of pension schemes, 67 that of the state pension; an organisation states its own.
RETIREMENT_AGES = (60, 65, 67)
#: How far ahead the horizon looks, in years.
HORIZONS = (5, 10)
#: The first whole year of each band of service but the shortest.
SERVICE_BANDS = (1, 5, 10, 20)


@dataclass(frozen=True, slots=True)
class Comparator:
    """A share of others, in per cent, to set beside ours: `characteristic` as sex, `group` as female, and whose it is."""

    characteristic: str
    group: str
    share: Decimal
    name: str
    source: str
    year: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stating:
    """Everything stated. `grades` from the lowest; `units` is the unit under which each is reported, by id.

    `codes` are the code lists of the collection year, by key: what makes a code valid.
    """

    grades: tuple[str, ...] = ()
    age_bands: tuple[int, ...] = AGE_BANDS
    retirement_ages: tuple[int, ...] = RETIREMENT_AGES
    horizons: tuple[int, ...] = HORIZONS
    service_bands: tuple[int, ...] = SERVICE_BANDS
    comparators: tuple[Comparator, ...] = ()
    units: Mapping[int, Label] = field(default_factory=dict)
    codes: Mapping[str, Codes] = field(default_factory=dict)
    ranks: Mapping[str, int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ranks", {folded(grade): place for place, grade in enumerate(self.grades)})

    def rank(self, grade: str) -> int | None:
        """The place of a grade in the order, None where it is not in it."""
        return self.ranks.get(folded(grade))


def folded(grade: str) -> str:
    """A grade without what typing adds: spaces and capitals."""
    return " ".join(grade.split()).casefold()


def bands(firsts: tuple[int, ...], over: str) -> tuple[Label, ...]:
    """The labels of bands of whole years: "25 and under", "26 to 35", "66 and over"."""
    if not firsts:
        return (Label("all", over),)
    youngest = Label(f"to-{firsts[0] - 1}", f"{firsts[0] - 1} and under" if firsts[0] > 1 else "Under 1")
    between = [
        Label(f"{first}-{after - 1}", f"{first} to {after - 1}" if after - 1 > first else str(first))
        for first, after in pairwise(firsts)
    ]
    return (youngest, *between, Label(f"{firsts[-1]}-up", f"{firsts[-1]} and over"))


def band(firsts: tuple[int, ...], years: int, labels: tuple[Label, ...]) -> Label:
    """The band that so many years fall into."""
    return labels[sum(1 for first in firsts if years >= first)]
