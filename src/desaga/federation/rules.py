"""Who looks after an organisation's sign-in, and who confirms domains."""

from __future__ import annotations

from typing import Any

import rules

from desaga.accounts.rules import runs_the_platform
from desaga.organisations.membership import membership_of
from desaga.organisations.rules import is_lead
from desaga.organisations.states import Role
from desaga.tenancy.context import within

rules.add_perm("federation.keep_sign_in", is_lead)
rules.add_perm("federation.confirm_domains", runs_the_platform)


def may_keep_password(user: Any, provider: Any) -> bool:
    """Leads come in with their password when the institution's sign-in fails; and who runs the platform, always."""
    if user.is_platform_administrator:
        return True
    # Nobody is signed in yet: what they are there is read in their own name.
    with within(provider.organisation, user=user):
        membership = membership_of(user, provider.organisation)
    return membership is None or membership.has_role(Role.LEAD)
