"""Who supports members: a learning representative of a union, in the union's own workspace. Nobody else there does, its lead included; nor does an elevation open it."""

from __future__ import annotations

from typing import Any

import rules

from desaga.organisations.rules import has_role, membership_in
from desaga.organisations.states import OrganisationKind, Role


@rules.predicate
def is_in_a_union(user: Any, thing: Any = None) -> bool:
    membership = membership_in(user, thing)
    return membership is not None and membership.organisation.kind == OrganisationKind.UNION


supports_members = is_in_a_union & has_role(Role.UNION_LEARNING_REPRESENTATIVE)
rules.add_perm("union_learning.support_members", supports_members)
