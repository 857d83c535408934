"""Schemes: those who run them, sit on their panels, or keep their money."""

from __future__ import annotations

from desaga.organisations.states import Role

from .kinds import FOUND, MISSING, Letter, Open, Plain

RUNS_SCHEMES = frozenset({Role.LEAD, Role.SCHEME_MANAGER})
SEES_SCHEMES = RUNS_SCHEMES | {Role.PANEL_CHAIR, Role.REVIEWER, Role.FINANCE}
A_SCHEME = {"scheme_slug": "scheme"}
AN_APPLICATION = {**A_SCHEME, "reference": "application"}

PLACEMENTS: dict[str, Open | Letter | Plain] = {
    "placements:list_schemes": Open(SEES_SCHEMES),
    "placements:show_scheme": Open(SEES_SCHEMES, A_SCHEME),
    # Of the applicant alone.
    "placements:show_application": Letter(MISSING, AN_APPLICATION, anonymous=FOUND),
    # Approval by link
    "placements:answer_asking": Letter(MISSING),
}
