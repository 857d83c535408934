"""What of released tables somebody sees: the whole, or the rows of their own units beside the whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from desaga.organisations.rules import membership_in
from desaga.organisations.states import Role

from ..figuring import Label
from ..populating import reported_units
from .tables import Shown

#: Who answers for the whole sees every unit's row.
FOR_THE_WHOLE = (Role.LEAD, Role.PROJECT_OFFICER, Role.HR_DATA_STEWARD, Role.STEERING_MEMBER)
FOR_A_UNIT = (Role.UNIT_LEAD, Role.CHAMPION)
UNIT_ROWS = ("unit",)


@dataclass(frozen=True, slots=True)
class Sight:
    """`units` are the keys of the rows that are seen, None for all; `names` say how the reader's units are reported."""

    units: frozenset[str] | None = None
    names: tuple[str, ...] = ()

    def of(self, table: Shown) -> Shown:
        """The table as this reader sees it."""
        if self.units is None or not is_by_unit(table):
            return table
        return table.only(self.units)


EVERYTHING, NO_UNIT = Sight(), Sight(frozenset())


def is_by_unit(table: Shown) -> bool:
    return table.cut.split("_")[0] in UNIT_ROWS


def sight_of_a_unit(key: str, tables: Mapping[Any, Shown]) -> Sight | None:
    """What whoever answers for the unit of a row sees, for a preview; None where no table has the row."""
    words = next((row.words for row in units_in(tables) if row.key == key), None)
    return None if words is None else Sight(frozenset({key}), (words,))


def units_in(tables: Mapping[Any, Shown]) -> list[Label]:
    """The units that have rows in tables, by name; nobody answers for those who are in none."""
    found = {row.key: row for table in tables.values() if is_by_unit(table) for row in table.rows if row.key.isdigit()}
    return sorted(found.values(), key=lambda row: row.words.casefold())


def sight_of(user: Any, organisation: Any) -> Sight:
    """What a reader sees here: with a role for the whole, or for a unit without saying which, everything; without any of these, no unit."""
    membership = membership_in(user, organisation)
    if membership is None:
        return NO_UNIT
    if membership.has_role(*FOR_THE_WHOLE):
        return EVERYTHING
    units = {unit for role, unit in membership.roles if role in FOR_A_UNIT}
    if None in units:
        return EVERYTHING
    return _of_units(units) if units else NO_UNIT


def units_read(user: Any) -> frozenset[str] | None:
    """The keys of the units whose rows somebody reads in the organisation in scope; None for all: also where figures are indicators."""
    return sight_of(user, None).units


def _of_units(units: Iterable[int | None]) -> Sight:
    labels = reported_units()
    found = {labels[unit].key: labels[unit].words for unit in units if unit in labels}
    return Sight(frozenset(found), tuple(sorted(found.values())))
