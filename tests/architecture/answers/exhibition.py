"""The touring exhibition: its lead and editors; asking for it is for everybody while it is open, what is behind a link nobody's without it."""

from __future__ import annotations

from desaga.organisations.states import Role

from .kinds import LEAD, MISSING, NOT_THIS_WAY, PROGRAMME, Letter, Open, Plain

LENDS = LEAD | {Role.EDITOR}
EDITS = PROGRAMME | {Role.EDITOR}
A_REQUEST = {"pk": "tour_request"}

EXHIBITION: dict[str, Open | Letter | Plain] = {
    "exhibition:list_requests": Open(LENDS),
    "exhibition:show_calendar": Open(LENDS),
    "exhibition:describe_tour": Open(LENDS),
    "exhibition:open_tour": Open(LENDS, {}, NOT_THIS_WAY),
    "exhibition:close_tour": Open(LENDS, {}, NOT_THIS_WAY),
    "exhibition:show_request": Open(LENDS, A_REQUEST),
    "exhibition:talk_over": Open(LENDS, A_REQUEST),
    "exhibition:agree": Open(LENDS, A_REQUEST),
    "exhibition:refuse": Open(LENDS, A_REQUEST),
    "exhibition:call_off": Open(LENDS, A_REQUEST),
    "exhibition:change_days": Open(LENDS, A_REQUEST),
    "exhibition:send_out": Open(LENDS, A_REQUEST, NOT_THIS_WAY),
    "exhibition:bring_back": Open(LENDS, A_REQUEST, NOT_THIS_WAY),
    "exhibition:ask_for_tour": Plain(MISSING, MISSING, {"owner": "nobody"}),
    "exhibition:show_own_request": Letter(MISSING),
    "website:show_exhibition": Open(EDITS),
    "website:make_pack": Open(EDITS, {}, NOT_THIS_WAY),
    "website:show_film": Plain(MISSING, MISSING, {"pk": 1, "name": "nothing.webm"}),
}
