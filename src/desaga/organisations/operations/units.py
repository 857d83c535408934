"""The parts of an organisation, and the groups that meet in it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from ..models import Group, GroupMembership, Organisation, Person, Unit
from ..queries import units_below
from ..refusals import Refused
from ..states import MembershipRole
from .rows import add_row, change_row, locked


class UnitPartOfItself(Refused):
    """A unit cannot be part of itself or of one of its own parts. Choose another unit above it."""


class UnitOfAnother(Refused):
    """That unit belongs to another organisation."""


class UnitStillHasParts(Refused):
    """Close or move the parts of this unit first."""


class AlreadyInGroup(Refused):
    """This person already has a seat in the group."""


class SeatEndsBeforeStart(Refused):
    """The last day must not lie before the first."""


@transaction.atomic
def add_unit(*, actor: Any, organisation: Organisation, parent: Unit | None = None, **fields: Any) -> Unit:
    """Add a unit, under another of the same organisation if one is given."""
    refuse_foreign(organisation, parent)
    return add_row(Unit, actor=actor, organisation=organisation, parent=parent, **fields)


@transaction.atomic
def change_unit(*, actor: Any, unit: Unit, **fields: Any) -> Unit:
    """Change a unit or move it elsewhere in the tree."""
    # Two moves at once could close a circle between them: the whole tree is held for the moment of a move.
    list(Unit._base_manager.select_for_update().filter(organisation=unit.organisation_id).values_list("pk"))
    parent = fields.get("parent")
    if parent is not None:
        refuse_foreign(unit.organisation, parent)
        if parent.pk in units_below([unit.pk]):
            raise UnitPartOfItself
    return change_row(unit, actor=actor, fields=fields)


@transaction.atomic
def close_unit(*, actor: Any, unit: Unit, on: date | None = None) -> Unit:
    """Say that a unit is no more; what was recorded of it stays. Refused while an open unit is part of it."""
    if Unit.objects.filter(parent=unit, closed_on=None).exists():
        raise UnitStillHasParts
    return change_row(unit, actor=actor, verb="closed", fields={"closed_on": on or timezone.localdate()})


def refuse_foreign(organisation: Organisation, parent: Unit | None) -> None:
    if parent is not None and parent.organisation_id != organisation.pk:
        raise UnitOfAnother


@transaction.atomic
def add_group(*, actor: Any, organisation: Organisation, **fields: Any) -> Group:
    """Add a group that meets or is answerable."""
    return add_row(Group, actor=actor, organisation=organisation, **fields)


@transaction.atomic
def change_group(*, actor: Any, group: Group, **fields: Any) -> Group:
    return change_row(group, actor=actor, fields=fields)


@transaction.atomic
def close_group(*, actor: Any, group: Group, on: date | None = None) -> Group:
    """Say that a group no longer meets; its seats end the same day."""
    day = on or timezone.localdate()
    for seat in GroupMembership.objects.filter(group=group, ends_on=None):
        end_seat(actor=actor, seat=seat, on=max(day, seat.starts_on))
    return change_row(group, actor=actor, verb="closed", fields={"closed_on": day})


@transaction.atomic
def give_seat(
    *,
    actor: Any,
    group: Group,
    person: Person,
    role: str = MembershipRole.MEMBER,
    starts_on: date | None = None,
    ends_on: date | None = None,
    is_technicians_seat: bool = False,
) -> GroupMembership:
    """Give a person a seat in a group. Refused while they have one, and where it would end before it begins."""
    locked(group)
    starts_on = starts_on or timezone.localdate()
    if ends_on and ends_on < starts_on:
        raise SeatEndsBeforeStart
    if GroupMembership.objects.filter(group=group, person=person, ends_on=None).exists():
        raise AlreadyInGroup
    return add_row(
        GroupMembership,
        actor=actor,
        verb="gave",
        organisation=group.organisation,
        group=group,
        person=person,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        is_technicians_seat=is_technicians_seat,
    )


@transaction.atomic
def change_seat(*, actor: Any, seat: GroupMembership, **fields: Any) -> GroupMembership:
    """Change as what somebody has their seat, from or until when. Refused where it would end before it begins, or while
    the person has another seat that goes on."""
    locked(seat.group)
    starts_on, ends_on = fields.get("starts_on") or seat.starts_on, fields.get("ends_on")
    if ends_on and ends_on < starts_on:
        raise SeatEndsBeforeStart
    others = GroupMembership.objects.filter(group=seat.group_id, person=seat.person_id, ends_on=None)
    if not ends_on and others.exclude(pk=seat.pk).exists():
        raise AlreadyInGroup
    return change_row(seat, actor=actor, fields={**fields, "starts_on": starts_on})


@transaction.atomic
def end_seat(*, actor: Any, seat: GroupMembership, on: date | None = None) -> GroupMembership:
    """End a person's seat; it holds to the end of that day."""
    day = on or timezone.localdate()
    if day < seat.starts_on:
        raise SeatEndsBeforeStart
    return change_row(seat, actor=actor, verb="ended", fields={"ends_on": day})
