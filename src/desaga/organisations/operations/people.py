"""People, where they work, and what they are to the organisation."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.tenancy.context import within

from ..models import Employment, Organisation, Person, PersonalDetails, RoleAssignment, Unit
from ..ownership import current_on
from ..refusals import Refused
from ..states import HELD_FOR_A_UNIT, Role
from .rows import add_row, change_row, locked


class EndsBeforeStart(Refused):
    """The last day must not lie before the first."""


class AlreadyHoldsRole(Refused):
    """This person holds that role already."""


class RoleForTheWhole(Refused):
    """That role is held for the whole organisation. Leave the unit empty, or choose unit lead or champion."""


class LastLead(Refused):
    """This is the only lead. Give somebody else the role first, so that the organisation is never without one."""


class ManagesThemselves(Refused):
    """Nobody can be their own line manager."""


class NotThemselves(Refused):
    """Only the person themselves can change what is their own."""


@transaction.atomic
def add_person(
    *, actor: Any, organisation: Organisation, name: str, pronouns: str = "", employment: dict[str, Any] | None = None
) -> Person:
    """Write a person down, with their employment here if its fields are given."""
    person = add_row(Person, actor=actor, name=name, pronouns=pronouns, recorded_by=organisation)
    if employment is not None:
        add_employment(actor=actor, organisation=organisation, person=person, **employment)
    return person


@transaction.atomic
def add_oneself(*, actor: Any, name: str) -> Person:
    """Somebody writes themself down: no organisation knows them by it. The database lets whoever is the person add them, so their number comes first."""
    with connection.cursor() as cursor:
        cursor.execute("select nextval(pg_get_serial_sequence('organisations_person', 'id'))")
        person = Person(pk=cursor.fetchone()[0], name=name)
    with within(person=person, user=actor):
        person.save(force_insert=True)
        audit.record(actor=actor, verb="added", thing=person, person=person)
    return person


@transaction.atomic
def change_person(*, actor: Any, person: Person, **fields: Any) -> Person:
    """Change how a person is called."""
    return change_row(person, actor=actor, fields=fields)


@transaction.atomic
def add_employment(*, actor: Any, organisation: Organisation, person: Person, **fields: Any) -> Employment:
    """Record that a person works here."""
    refuse_impossible(person, **fields)
    return add_row(Employment, actor=actor, organisation=organisation, person=person, **fields)


@transaction.atomic
def change_employment(*, actor: Any, employment: Employment, **fields: Any) -> Employment:
    """Change an employment; giving `ends_on` ends it, and with it the employer's sight of what is the person's own."""
    held = locked(employment)
    refuse_impossible(held.person, **{"starts_on": held.starts_on, "ends_on": held.ends_on, **fields})
    return change_row(held, actor=actor, fields=fields)


def refuse_impossible(
    person: Person,
    *,
    starts_on: date,
    ends_on: date | None = None,
    line_manager: Person | None = None,
    **rest: Any,
) -> None:
    if ends_on and ends_on < starts_on:
        raise EndsBeforeStart
    if line_manager is not None and line_manager.pk == person.pk:
        raise ManagesThemselves


@transaction.atomic
def give_role(
    *,
    actor: Any,
    organisation: Organisation,
    person: Person,
    role: str,
    unit: Unit | None = None,
    starts_on: date | None = None,
    ends_on: date | None = None,
) -> RoleAssignment:
    """Give a person a role, for the whole organisation or for one unit. Refused while they hold the same."""
    if unit is not None and role not in HELD_FOR_A_UNIT:
        raise RoleForTheWhole
    locked(organisation)
    starts_on = starts_on or timezone.localdate()
    if ends_on and ends_on < starts_on:
        raise EndsBeforeStart
    still = Q(ends_on=None) | Q(ends_on__gte=starts_on)
    if RoleAssignment.objects.filter(still, person=person, role=role, unit=unit).exists():
        raise AlreadyHoldsRole
    return add_row(
        RoleAssignment,
        actor=actor,
        verb="gave",
        organisation=organisation,
        person=person,
        role=role,
        unit=unit,
        starts_on=starts_on,
        ends_on=ends_on,
        given_by=actor,
    )


@transaction.atomic
def end_role(*, actor: Any, assignment: RoleAssignment, on: date | None = None) -> RoleAssignment:
    """End a role; yesterday was its last day unless told, so that it is gone at once. Refused for the only lead."""
    locked(assignment.organisation)
    held = locked(assignment)
    day = on or max(held.starts_on, timezone.localdate() - timedelta(days=1))
    if day < held.starts_on:
        raise EndsBeforeStart
    leads = RoleAssignment.objects.filter(current_on(), role=Role.LEAD, unit=None, ends_on=None)
    if held.role == Role.LEAD and held.unit_id is None and not leads.exclude(pk=held.pk).exists():
        raise LastLead
    return change_row(held, actor=actor, verb="ended", fields={"ends_on": day})


@transaction.atomic
def take_role_back(*, actor: Any, assignment: RoleAssignment) -> None:
    """End a role so that it opens nothing from this moment on, be it of today: then it is as if it had not been given.

    Refused for the only lead.
    """
    ended = end_role(actor=actor, assignment=assignment)
    if ended.ends_on is not None and ended.ends_on >= timezone.localdate():
        RoleAssignment.objects.filter(pk=ended.pk).delete()


def change_personal_details(*, actor: Any, person: Person, personal_email: str) -> PersonalDetails:
    """Change what is the person's own; only they can, wherever they work."""
    if actor.person_id != person.pk:
        raise NotThemselves
    with within(person=person, user=actor):
        details, _ = PersonalDetails.objects.select_for_update(of=("self",)).get_or_create(person=person)
        before = audit.snapshot(details, "personal_email")
        details.personal_email = personal_email
        details.save(update_fields=["personal_email"])
        # That it changed is worth knowing; what it was is the person's own.
        if audit.differences(before, audit.snapshot(details, "personal_email")):
            audit.record(actor=actor, verb="changed", thing=details, person=person, note="personal e-mail")
    return details
