"""Roles that rules give: they come with an attribute and go with it. Roles that were given by hand stay as they are."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.organisations.models import Organisation, Unit
from desaga.organisations.operations.people import AlreadyHoldsRole, LastLead, give_role, take_role_back
from desaga.organisations.ownership import current_on
from desaga.tenancy.context import within

from ..mapping import Place
from ..models import Identity, MappedRole, Provider


def follow_rules(*, identity: Identity, places: set[Place], now: datetime) -> None:
    """Make a person's mapped roles be these: give what is new, end what is gone, confirm the rest."""
    held = {mapped.place: mapped for mapped in mapped_roles(identity)}
    for place, mapped in held.items():
        if place in places:
            mapped.confirmed_at = now
            mapped.save(update_fields=["confirmed_at"])
        else:
            end_mapped(mapped)
    for role, unit_id in sorted(places - set(held), key=str):
        give_mapped(identity, role, unit_id, now)


def mapped_roles(identity: Identity) -> list[MappedRole]:
    """The roles that rules gave to a person and that hold today."""
    rows = MappedRole.objects.filter(current_on("assignment__"), identity=identity)
    return list(rows.select_related("assignment__person", "assignment__organisation"))


def give_mapped(identity: Identity, role: str, unit_id: int | None, now: datetime) -> None:
    """Whoever holds the role already, by hand, keeps it as it is. A unit that is closed gives nothing."""
    unit = Unit.objects.filter(pk=unit_id, closed_on=None).first() if unit_id else None
    if unit_id and unit is None:
        return
    person: Any = identity.user.person
    with suppress(AlreadyHoldsRole):
        assignment = give_role(actor=None, organisation=identity.organisation, person=person, role=role, unit=unit)
        MappedRole.objects.create(
            organisation=identity.organisation, identity=identity, assignment=assignment, confirmed_at=now
        )


def end_mapped(mapped: MappedRole) -> bool:
    """End a role that a rule gave, at once. The only lead stays: an organisation is never without one."""
    try:
        with transaction.atomic():
            take_role_back(actor=None, assignment=mapped.assignment)
    except LastLead:
        return False
    return True


def end_all_mapped(identity: Identity) -> None:
    """End every role that a person has by rules alone."""
    for mapped in mapped_roles(identity):
        end_mapped(mapped)


def lapse_unconfirmed(*, organisation: Organisation, now: datetime | None = None) -> list[MappedRole]:
    """End the mapped roles that no sign-in has confirmed for as many days as the provider says; answers those.

    The audit lists them, a line for each provider.
    """
    now = now or timezone.now()
    with transaction.atomic(), within(organisation):
        return [mapped for provider in Provider.objects.all() for mapped in lapse_of(provider, now)]


def lapse_of(provider: Provider, now: datetime) -> list[MappedRole]:
    since = now - timedelta(days=provider.confirm_within_days)
    rows = MappedRole.objects.filter(
        current_on("assignment__"), identity__provider=provider, confirmed_at__lt=since
    ).select_related("assignment__person", "assignment__organisation", "identity__user")
    lapsed = [mapped for mapped in rows.order_by("confirmed_at", "pk") if end_mapped(mapped)]
    if lapsed:
        who = "; ".join(str(mapped.assignment) for mapped in lapsed)
        audit.record(actor=None, verb="let roles lapse in", thing=provider, note=who, now=now)
    return lapsed
