"""What a user is to an organisation at this moment: roles, employment, elevation. Worked out once a request."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from .models import Elevation, Employment, Organisation, RoleAssignment
from .ownership import current_on
from .states import Role


@dataclass(frozen=True)
class Membership:
    """A user's standing in one organisation.

    `roles` holds pairs of a role and the id of the unit it is for, None for the whole organisation. Under an elevation
    a platform administrator acts as the lead would.
    """

    organisation: Organisation
    user: Any
    roles: frozenset[tuple[str, int | None]] = field(default_factory=frozenset)
    is_employed: bool = False
    elevation: Elevation | None = None

    def has_role(self, *roles: str) -> bool:
        """Whether one of the roles is held, for the whole organisation or for any unit of it."""
        return any(role in roles for role, _ in self.roles) or (self.elevation is not None and Role.LEAD in roles)

    def has_role_in(self, unit_id: int | None, *roles: str) -> bool:
        """Whether one of the roles is held for this very unit or for the whole organisation."""
        held = any(role in roles and unit in (None, unit_id) for role, unit in self.roles)
        return held or (self.elevation is not None and Role.LEAD in roles)

    def note_elevated_use(self, method: str, path: str) -> None:
        """Each use of an elevation is audited, looking included."""
        if self.elevation:
            from .operations.elevations import note_use

            note_use(elevation=self.elevation, method=method, path=path)


def membership_of(user: Any, organisation: Organisation) -> Membership | None:
    """The user's standing in an organisation, or None if they are nothing to it.

    Reads what the person may read of themselves, so it works before any organisation is entered.
    """
    roles, employed = frozenset[tuple[str, int | None]](), False
    if user.person_id:
        held = RoleAssignment._base_manager.filter(current_on(), person=user.person_id, organisation=organisation)
        roles = frozenset(held.order_by().values_list("role", "unit_id"))
        employments = Employment._base_manager.filter(current_on(), person=user.person_id, organisation=organisation)
        employed = employments.exists()
    elevation = elevation_of(user, organisation)
    if not (roles or employed or elevation):
        return None
    return Membership(organisation, user, roles, employed, elevation)


def elevation_of(user: Any, organisation: Organisation) -> Elevation | None:
    if not user.is_platform_administrator:
        return None
    return Elevation.objects.filter(Elevation.in_force(), Q(organisation=organisation), user=user).first()


def organisations_of(user: Any) -> list[Organisation]:
    """The workspaces that are open to a user, by name."""
    if not user.is_authenticated:
        return []
    roles = RoleAssignment._base_manager.filter(current_on(), person=user.person_id).values("organisation_id")
    employments = Employment._base_manager.filter(current_on(), person=user.person_id).values("organisation_id")
    elevations = Elevation.objects.filter(Elevation.in_force(), user=user).values("organisation_id")
    here = Q(pk__in=roles) | Q(pk__in=employments)
    if user.is_platform_administrator:
        here |= Q(pk__in=elevations)
    return list(Organisation.objects.with_workspace().filter(here))
