"""Schemes: those who run them, sit on their panels, or keep their money."""

from __future__ import annotations

from desaga.organisations.states import Role

from .kinds import NOT_THIS_WAY, Letter, Open, Plain

RUNS_SCHEMES = frozenset({Role.LEAD, Role.SCHEME_MANAGER})
SEES_SCHEMES = RUNS_SCHEMES | {Role.PANEL_CHAIR, Role.REVIEWER, Role.FINANCE}
SITS = frozenset({Role.PANEL_CHAIR, Role.REVIEWER})
A_SCHEME = {"scheme_slug": "scheme"}
AN_APPLICATION = A_SCHEME | {"reference": "application"}
A_ROUND = A_SCHEME | {"round_pk": "panel_round"}

PLACEMENTS: dict[str, Open | Letter | Plain] = {
    "placements:list_schemes": Open(SEES_SCHEMES),
    "placements:show_scheme": Open(SEES_SCHEMES, A_SCHEME),
    # What came in, and the panel.
    "placements:list_applications": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:take_applications_out": Open(RUNS_SCHEMES, A_SCHEME | {"format": "format"}),
    "placements:look_at_application": Open(RUNS_SCHEMES, AN_APPLICATION),
    "placements:find_eligible": Open(RUNS_SCHEMES, AN_APPLICATION, answer=NOT_THIS_WAY),
    "placements:find_ineligible": Open(RUNS_SCHEMES, AN_APPLICATION),
    "placements:look_again": Open(RUNS_SCHEMES, AN_APPLICATION, answer=NOT_THIS_WAY),
    "placements:note_conflict": Open(RUNS_SCHEMES, AN_APPLICATION),
    "placements:declare_as_staff": Open(RUNS_SCHEMES, AN_APPLICATION),
    "placements:waive_conflict": Open(RUNS_SCHEMES, AN_APPLICATION | {"pk": "interest"}),
    "placements:blacken_words": Open(RUNS_SCHEMES, AN_APPLICATION),
    "placements:show_words_again": Open(RUNS_SCHEMES, AN_APPLICATION | {"pk": "blackened"}, answer=NOT_THIS_WAY),
    "placements:add_reader": Open(RUNS_SCHEMES, AN_APPLICATION),
    "placements:take_reading_away": Open(RUNS_SCHEMES, AN_APPLICATION | {"pk": "reading"}, answer=NOT_THIS_WAY),
    "placements:list_members": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:add_member": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:edit_member": Open(RUNS_SCHEMES, A_SCHEME | {"pk": "panel_member"}),
    "placements:name_leaders": Open(RUNS_SCHEMES, A_ROUND),
    "placements:show_panel": Open(RUNS_SCHEMES, A_ROUND),
    "placements:share_out": Open(RUNS_SCHEMES, A_ROUND),
    "placements:accept_share_out": Open(RUNS_SCHEMES, A_ROUND, answer=NOT_THIS_WAY),
    "placements:show_names": Open(RUNS_SCHEMES, A_ROUND, answer=NOT_THIS_WAY),
    "placements:declare_many": Open(SITS, A_SCHEME),
    # Nobody of the walk has anything to read.
    "placements:take_reading_pack": Open(SITS, A_SCHEME | {"format": "paper"}),
    "placements:take_one_reading": Open(SITS, AN_APPLICATION | {"format": "paper"}),
    "placements:list_reading": Open(SITS, A_SCHEME),
    "placements:read_application": Open(SITS, AN_APPLICATION),
    "placements:declare": Open(SITS, AN_APPLICATION),
    "placements:abstain": Open(SITS, AN_APPLICATION),
    "placements:recuse": Open(SITS, AN_APPLICATION),
}

# A member reads what is theirs to read, and is told of nothing else that it is there.
MISSING_ON_PANELS = {
    f"placements:{name}": SITS
    for name in ("take_reading_pack", "take_one_reading", "read_application", "declare", "abstain", "recuse")
}
