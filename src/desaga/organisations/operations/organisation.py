"""Organisations themselves: making one, and how it presents itself."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from desaga.audit import operations as audit
from desaga.tenancy.context import within, within_platform
from desaga.ui.colour import accent_refusal

from ..models import ConsortiumMembership, Organisation, Person
from ..refusals import Refused
from ..states import OrganisationKind, Role
from .people import give_role
from .rows import add_row, change_row


class AccentTooPale(Refused):
    """The accent colour cannot be seen on white."""


class NotAConsortium(Refused):
    """Only a consortium has members."""


@transaction.atomic
def make_organisation(*, actor: Any, name: str, slug: str, kind: str, **fields: Any) -> Organisation:
    """Add an organisation to the directory; with `has_workspace=True` it becomes a tenant. For the platform only."""
    fields.setdefault("short_name", name[:40])
    with within_platform(user=actor):
        organisation = Organisation.objects.create(name=name, slug=slug, kind=kind, **fields)
    with within(organisation, user=actor):
        audit.record(actor=actor, verb="added", thing=organisation)
    return organisation


@transaction.atomic
def make_first_lead(*, actor: Any, organisation: Organisation, name: str) -> Person:
    """Write down the person who leads an organisation, and give them the role."""
    with within(organisation, user=actor):
        person = add_row(Person, actor=actor, name=name, recorded_by=organisation)
        give_role(actor=actor, organisation=organisation, person=person, role=Role.LEAD)
    return person


@transaction.atomic
def change_settings(*, actor: Any, organisation: Organisation, **fields: Any) -> Organisation:
    """Change how the organisation presents itself. Refuses an accent that cannot be seen on white, with the figure."""
    if fields.get("accent") and (refusal := accent_refusal(fields["accent"])):
        raise AccentTooPale(refusal)
    return change_row(organisation, actor=actor, verb="changed the settings of", fields=fields)


@transaction.atomic
def join_consortium(
    *, actor: Any, consortium: Organisation, member: Organisation, starts_on: date | None = None
) -> ConsortiumMembership:
    """Record that an organisation belongs to a consortium. The consortium does so, in its own name."""
    if consortium.kind != OrganisationKind.CONSORTIUM:
        raise NotAConsortium
    return add_row(
        ConsortiumMembership,
        actor=actor,
        consortium=consortium,
        member=member,
        starts_on=starts_on or timezone.localdate(),
    )
