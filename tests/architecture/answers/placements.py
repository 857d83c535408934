"""Schemes: those who run them, sit on their panels, or keep their money."""

from __future__ import annotations

from desaga.organisations.states import Role

from .kinds import EVERYBODY, FOUND, MISSING, NOT_THIS_WAY, OK, AccountOnly, Letter, Open, Plain, Public

RUNS_SCHEMES = frozenset({Role.LEAD, Role.SCHEME_MANAGER})
SEES_SCHEMES = RUNS_SCHEMES | {Role.PANEL_CHAIR, Role.REVIEWER, Role.FINANCE}
A_SCHEME = {"scheme_slug": "scheme"}
AN_APPLICATION = {**A_SCHEME, "reference": "application"}
# What an applicant opens of their own. To everybody else, whatever they are to whoever runs the scheme, there is no such thing.
OWN = ("show_application", "check_answers", "show_sent", "take_back_application", "withdraw_application", "answer_equality")  # fmt: skip
A_PART = {**AN_APPLICATION, "part": "application_part"}

PLACEMENTS: dict[str, Open | Letter | Plain] = {
    "placements:list_schemes": Open(SEES_SCHEMES),
    "placements:show_scheme": Open(SEES_SCHEMES, A_SCHEME),
    "placements:list_own_applications": Plain(FOUND, OK),
    "placements:apply": Public(EVERYBODY, A_SCHEME),
    # Taken as a press only, of whoever has an account.
    "placements:begin_application": AccountOnly(EVERYBODY, A_SCHEME, answer=NOT_THIS_WAY),
    **{f"placements:{name}": Open(EVERYBODY, AN_APPLICATION, answer=MISSING) for name in OWN},
    "placements:copy_application": AccountOnly(EVERYBODY, AN_APPLICATION, answer=NOT_THIS_WAY),
    "placements:write_part": Open(EVERYBODY, A_PART, answer=MISSING),
    "placements:save_part": AccountOnly(EVERYBODY, A_PART, answer=NOT_THIS_WAY),
    "placements:fetch_own_file": Open(EVERYBODY, {**AN_APPLICATION, "pk": "application_file"}, answer=MISSING),
}
