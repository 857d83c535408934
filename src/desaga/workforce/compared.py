"""Two versions of the definition on one snapshot, in figures counted as a release counts them. Exact, for the steward alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from . import defined
from .defined_whom import classify_by
from .figuring import WHOLE, Figure, RawTable, Stating, compute
from .figuring.cuts import BY_UNIT
from .figuring.declared import FPE, FTE, HEADCOUNT
from .models import Classification
from .populating import population_of, reported_units
from .population import Population

COMPARED: tuple[Figure, ...] = tuple(replace(one, cuts=(WHOLE, BY_UNIT)) for one in (HEADCOUNT, FPE, FTE))
ALL_UNITS = "All units"
Tables = Mapping[tuple[str, str], RawTable]


@dataclass(frozen=True, slots=True)
class Change:
    """A figure by the one version and by the other; None where the extract does not have it."""

    before: Decimal | None
    after: Decimal | None

    @property
    def by(self) -> Decimal | None:
        return None if self.before is None or self.after is None else self.after - self.before


@dataclass(frozen=True, slots=True)
class UnitChange:
    """A unit as releases report it, or all of them: a change for each of `COMPARED`."""

    unit: str
    figures: tuple[Change, ...]


def changes(before: Classification, after: Classification) -> list[UnitChange]:
    """Technical staff by unit under both, decisions of people included; the last row is of all units. Both are of one snapshot."""
    # Whom neither counts is in none of these figures.
    either = population_of(before.snapshot, lambda person: person, only=defined.keys_counted(before, after))
    stating = Stating(units=reported_units())
    sides = [_counted(either, held, stating) for held in (before, after)]
    # A unit that only has a further contract of somebody has a row among equivalents, and none among people.
    by_unit = [side[figure.key, BY_UNIT.key] for side in sides for figure in COMPARED]
    labels = {row.key: row.words for table in by_unit if table.is_collected for row in table.rows}
    units = sorted(labels.items(), key=lambda one: one[1].casefold())
    return [
        *(UnitChange(words, _changed(sides, BY_UNIT.key, key)) for key, words in units),
        UnitChange(ALL_UNITS, _changed(sides, WHOLE.key)),
    ]


def _counted(everybody: Population, held: Classification, stating: Stating) -> Tables:
    classify = classify_by(held.snapshot, held.version)
    population = replace(everybody, people=tuple(map(classify, everybody.people)))
    return {(one.figure, one.cut): one for one in compute(population, figures=COMPARED, stating=stating)}


def _changed(sides: list[Tables], cut: str, row: str = "") -> tuple[Change, ...]:
    return tuple(Change(*(_value(side[one.key, cut], row) for side in sides)) for one in COMPARED)


def _value(table: RawTable, row: str) -> Decimal | None:
    """The exact number; nobody is 0 where the extract has the figure."""
    return table.cell(row).value or Decimal(0) if table.is_collected else None
