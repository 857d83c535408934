"""Who may invite, and as what; who may step into an organisation."""

from __future__ import annotations

from typing import Any

import rules

from desaga.organisations.membership import Membership
from desaga.organisations.rules import runs_the_programme
from desaga.organisations.states import Role

# Roles that open what is known of people, or hand out roles in turn: the lead's to give.
LEADS_TO_GIVE = (Role.LEAD, Role.PROJECT_OFFICER, Role.HR_DATA_STEWARD, Role.EQUALITY_DATA_STEWARD)


def roles_to_give(membership: Membership) -> list[Role]:
    """The roles that a member may put into an invitation."""
    if membership.has_role(Role.LEAD):
        return list(Role)
    if membership.has_role(Role.PROJECT_OFFICER):
        return [role for role in Role if role not in LEADS_TO_GIVE]
    return []


@rules.predicate
def runs_the_platform(user: Any, thing: Any = None) -> bool:
    """The user looks after the platform itself."""
    return bool(user.is_authenticated and user.is_platform_administrator)


rules.add_perm("accounts.invite_people", runs_the_programme)
rules.add_perm("accounts.step_into_organisations", runs_the_platform)
