"""Who may do what with evidence."""

from __future__ import annotations

from typing import Any

import rules

from desaga.organisations.rules import is_member, membership_in, runs_the_programme


@rules.predicate
def gave_it(user: Any, evidence: Any = None) -> bool:
    """The user wrote it down, or it is theirs by name; and they still belong to its organisation."""
    if evidence is None or membership_in(user, evidence) is None:
        return False
    return evidence.entered_by_id == user.pk or user.person_id is not None and evidence.person_id == user.person_id


rules.add_perm("evidence.see_evidence", is_member)
rules.add_perm("evidence.review_evidence", runs_the_programme)
# What it says, how long it holds, what comes after it, taking it back.
rules.add_perm("evidence.change_evidence", runs_the_programme | gave_it)
