"""Schemes: those who run them, sit on their panels, or keep their money."""

from __future__ import annotations

from desaga.organisations.states import Role

from .kinds import Letter, Open, Plain

RUNS_SCHEMES = frozenset({Role.LEAD, Role.SCHEME_MANAGER})
SEES_SCHEMES = RUNS_SCHEMES | {Role.PANEL_CHAIR, Role.REVIEWER, Role.FINANCE}
A_SCHEME = {"scheme_slug": "scheme"}

PLACEMENTS: dict[str, Open | Letter | Plain] = {
    "placements:list_schemes": Open(SEES_SCHEMES),
    "placements:show_scheme": Open(SEES_SCHEMES, A_SCHEME),
}
