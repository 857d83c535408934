"""Who is Technician Commitment champion of which unit: the role of that name, held for a unit."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from desaga.organisations.models import Person, RoleAssignment, Unit
from desaga.organisations.operations.people import end_role, give_role
from desaga.organisations.operations.rows import locked
from desaga.organisations.refusals import Refused
from desaga.organisations.states import Role


class UnitIsClosed(Refused):
    """This unit is closed. Choose one that is open."""


class NotAChampion(Refused):
    """That is another role than a champion's of a unit."""


@transaction.atomic
def name_champion(
    *, actor: Any, unit: Unit, person: Person, starts_on: date | None = None, ends_on: date | None = None
) -> RoleAssignment:
    """Say that a person is a unit's champion, which gives them the role. Raises `UnitIsClosed`, `AlreadyHoldsRole`."""
    if locked(unit).closed_on:
        raise UnitIsClosed
    return give_role(
        actor=actor,
        organisation=unit.organisation,
        person=person,
        role=Role.CHAMPION,
        unit=unit,
        starts_on=starts_on,
        ends_on=ends_on,
    )


@transaction.atomic
def stand_down(*, actor: Any, champion: RoleAssignment) -> RoleAssignment:
    """Say that somebody is a unit's champion no more; the past keeps it. Raises `NotAChampion`."""
    if champion.role != Role.CHAMPION or champion.unit_id is None:
        raise NotAChampion
    return end_role(actor=actor, assignment=champion)
