"""Who may do what in an organisation. Predicates take a user and a thing: the organisation itself or a row of it."""

from __future__ import annotations

from typing import Any

import rules

from desaga.tenancy.context import current_organisation

from .membership import Membership, membership_of
from .models import Organisation
from .states import Role


def membership_in(user: Any, thing: Any) -> Membership | None:
    """The user's standing in the organisation of a thing, or in the current one if there is no thing.

    Kept on the user, so that one request asks once for each organisation.
    """
    if not user.is_authenticated:
        return None
    organisation = thing if isinstance(thing, Organisation) else getattr(thing, "organisation", None)
    organisation = organisation or current_organisation()
    if not hasattr(user, "known_memberships"):
        user.known_memberships = {}
    known = user.known_memberships
    if organisation.pk not in known:
        known[organisation.pk] = membership_of(user, organisation)
    return known[organisation.pk]


def has_role(*roles: str) -> rules.Predicate:
    """A predicate: the user holds one of the roles, for the whole organisation or any unit of it."""

    @rules.predicate(name=f"has_role:{'|'.join(roles)}")
    def holds(user: Any, thing: Any = None) -> bool:
        membership = membership_in(user, thing)
        return membership is not None and membership.has_role(*roles)

    return holds


def has_role_for_unit(*roles: str) -> rules.Predicate:
    """A predicate: one of the roles is held for the thing's own unit or for the whole organisation."""

    @rules.predicate(name=f"has_role_for_unit:{'|'.join(roles)}")
    def holds(user: Any, thing: Any = None) -> bool:
        membership = membership_in(user, thing)
        return membership is not None and membership.has_role_in(getattr(thing, "unit_id", None), *roles)

    return holds


@rules.predicate
def is_member(user: Any, thing: Any = None) -> bool:
    """The user has a role, an employment or an elevation here."""
    return membership_in(user, thing) is not None


is_lead = has_role(Role.LEAD)
runs_the_programme = has_role(Role.LEAD, Role.PROJECT_OFFICER)
keeps_people = has_role(Role.LEAD, Role.PROJECT_OFFICER, Role.HR_DATA_STEWARD)
meets_people = keeps_people | has_role(Role.UNIT_LEAD, Role.CHAMPION, Role.LINE_MANAGER)

rules.add_perm("organisations.see_organisation", is_member)
rules.add_perm("organisations.see_people", meets_people)
rules.add_perm("organisations.keep_structure", runs_the_programme)
rules.add_perm("organisations.keep_parties", runs_the_programme)
rules.add_perm("organisations.keep_people", keeps_people)
rules.add_perm("organisations.see_roles", runs_the_programme)
rules.add_perm("organisations.give_roles", is_lead)
rules.add_perm("organisations.see_grants", runs_the_programme)
rules.add_perm("organisations.give_grants", is_lead)
rules.add_perm("organisations.change_settings", is_lead)
rules.add_perm("organisations.read_audit", keeps_people)
