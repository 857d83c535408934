"""Who is champion of which unit, and which units with technical workforce have none."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.shortcuts import get_object_or_404
from django.utils import timezone

from desaga.organisations.models import Employment, RoleAssignment
from desaga.organisations.ownership import current_on
from desaga.organisations.queries import Branch, unit_tree
from desaga.organisations.states import Role

from ..money import Bar

MOST_FORMER = 50


class Covered(StrEnum):
    """How a unit is covered. `ABOVE`: a unit that it is part of has a champion."""

    OWN = "own"
    ABOVE = "above"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ChampionHeld:
    """Who is champion of a unit, and where they can be reached."""

    pk: int
    name: str
    email: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class UnitCoverage:
    """A unit in its tree, `depth` levels down. `counts`: it has a technical workforce, so that it wants a champion."""

    pk: int
    name: str
    kind: str
    depth: int
    counts: bool
    champions: tuple[ChampionHeld, ...]
    covered: Covered
    above: str

    @property
    def is_gap(self) -> bool:
        return self.counts and self.covered is Covered.NONE


@dataclass(frozen=True, slots=True)
class Coverage:
    """The units that have a technical workforce or a champion, with those above them; and who is champion of the whole."""

    units: tuple[UnitCoverage, ...]
    of_the_whole: tuple[ChampionHeld, ...]

    def number(self, covered: Covered) -> int:
        """How many units with technical workforce are covered so."""
        return sum(unit.counts and unit.covered is covered for unit in self.units)

    @property
    def counted(self) -> int:
        return sum(unit.counts for unit in self.units)

    @property
    def own(self) -> int:
        return self.number(Covered.OWN)

    @property
    def by_above(self) -> int:
        return self.number(Covered.ABOVE)

    @property
    def bar(self) -> Bar:
        """Own champion, then covered from above, in hundredths of the units that count."""
        whole = self.counted or 1
        return Bar(round(self.own / whole * 100, 2), round(self.by_above / whole * 100, 2), 0)

    @property
    def gaps(self) -> tuple[UnitCoverage, ...]:
        return tuple(unit for unit in self.units if unit.is_gap)


def champion_coverage(organisation: Any, today: date | None = None) -> Coverage:
    """Which units of an organisation have a champion on a day; in two queries. Call within the organisation.

    Not paged: it is the organisation's tree of units.
    """
    held: dict[int | None, list[ChampionHeld]] = defaultdict(list)
    for role in champions(today or timezone.localdate()).filter(organisation=organisation):
        held[role.unit_id].append(champion_of(role))
    units = [unit for branch in unit_tree() for unit in covered(branch, held)]
    return Coverage(tuple(units), tuple(held[None]))


def covered(
    branch: Branch, held: dict[int | None, list[ChampionHeld]], depth: int = 0, above: str = ""
) -> list[UnitCoverage]:
    """A unit and its parts, the unit first; nothing of a branch in which no unit wants or has a champion."""
    unit, own = branch.unit, tuple(held.get(branch.unit.pk, ()))
    state = Covered.OWN if own else Covered.ABOVE if above else Covered.NONE
    parts = [one for part in branch.branches for one in covered(part, held, depth + 1, unit.name if own else above)]
    if not parts and not own and not unit.has_technical_workforce:
        return []
    kind = unit.get_kind_display()
    here = UnitCoverage(unit.pk, unit.name, kind, depth, unit.has_technical_workforce, own, state, above)
    return [here, *parts]


def champion_of(role: Any) -> ChampionHeld:
    return ChampionHeld(role.pk, role.person.name, role.work_email or "", role.starts_on, role.ends_on)


def champions(today: date) -> QuerySet[RoleAssignment]:
    """Those who hold the role on a day, with the work e-mail of their employment here."""
    work = Employment.objects.filter(current_on(day=today), person=OuterRef("person")).order_by("-starts_on")
    rows = RoleAssignment.objects.filter(current_on(day=today), role=Role.CHAMPION).select_related("person")
    return rows.annotate(work_email=Subquery(work.values("work_email")[:1])).order_by("person__name", "pk")


def champions_before(today: date | None = None) -> QuerySet[RoleAssignment]:
    """Those who were champion of a unit, the latest first; at most 50."""
    rows = RoleAssignment.objects.filter(role=Role.CHAMPION, ends_on__lt=today or timezone.localdate())
    return rows.exclude(unit=None).select_related("person", "unit").order_by("-ends_on", "pk")[:MOST_FORMER]


def champion_or_404(pk: int) -> RoleAssignment:
    """A champion of a unit who is so today."""
    return get_object_or_404(champions(timezone.localdate()).exclude(unit=None).select_related("unit"), pk=pk)
