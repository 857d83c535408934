"""Who may write a report, send it, say something of it, and sign it off."""

from __future__ import annotations

from typing import Any

import rules

from desaga.organisations.rules import has_role, is_lead, is_member, runs_the_programme
from desaga.organisations.states import Role


@rules.predicate
def is_asked_to_sign(user: Any, report: Any = None) -> bool:
    """The report was sent to this very person."""
    return report is not None and report.signatory_id is not None and report.signatory_id == user.person_id


#: Whoever may be asked to sign off here; a head of organisation without an account signs by a link.
may_sign_at_all = has_role(Role.LEAD, Role.STEERING_MEMBER)

rules.add_perm("reports.write_report", runs_the_programme)
rules.add_perm("reports.send_report", is_lead)
rules.add_perm("reports.edit_kinds", is_lead)
rules.add_perm("reports.state_head", is_lead)
rules.add_perm("reports.comment", is_member)
rules.add_perm("reports.sign_off", is_asked_to_sign & may_sign_at_all)
