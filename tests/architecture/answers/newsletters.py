"""Newsletters, the directory and posters: those who run the programme, and editors; everybody lists themselves; joining, writing and leaving are everybody's."""

from __future__ import annotations

from .kinds import EVERYBODY, LEAD, MISSING, NOT_THIS_WAY, Letter, Open, Plain
from .stories import A_STORY, EDITS

AN_ISSUE = {"pk": "newsletter_issue"}
A_PIECE = {**AN_ISSUE, "piece_pk": "newsletter_piece"}
#: Nothing is open at these addresses.
NOBODYS: dict[str, object] = {"owner": "nobody"}

NEWSLETTERS: dict[str, Open | Letter | Plain] = {
    "newsletters:list_issues": Open(EDITS),
    "newsletters:start_issue": Open(EDITS),
    "newsletters:end_for_them": Open(EDITS),
    "newsletters:show_issue": Open(EDITS, AN_ISSUE),
    "newsletters:edit_issue": Open(EDITS, AN_ISSUE),
    "newsletters:choose_pieces": Open(EDITS, AN_ISSUE),
    "newsletters:move_piece_up": Open(EDITS, A_PIECE, NOT_THIS_WAY),
    "newsletters:move_piece_down": Open(EDITS, A_PIECE, NOT_THIS_WAY),
    "newsletters:remove_piece": Open(EDITS, A_PIECE, NOT_THIS_WAY),
    "newsletters:preview_mail": Open(EDITS, AN_ISSUE),
    "newsletters:send_issue": Open(LEAD, AN_ISSUE),
    "newsletters:remove_issue": Open(EDITS, AN_ISSUE),
    "newsletters:join": Plain(MISSING, MISSING, NOBODYS),
    "newsletters:show_piece_picture": Plain(MISSING, MISSING, {**NOBODYS, "piece": 1}),
    "newsletters:confirm": Letter(MISSING),
    "newsletters:leave": Letter(MISSING),
}
DIRECTORY: dict[str, Open | Letter | Plain] = {
    "directory:list_listings": Open(EDITS),
    "directory:take_out": Open(EDITS, {"pk": "listing"}, NOT_THIS_WAY),
    "directory:show_own": Open(EVERYBODY),
    "directory:list_oneself": Open(EVERYBODY),
    "directory:take_oneself_out": Open(EVERYBODY, {}, NOT_THIS_WAY),
    "directory:write": Plain(MISSING, MISSING, {**NOBODYS, "pk": 1}),
}
POSTERS: dict[str, Open | Letter | Plain] = {"posters:make_poster": Open(EDITS, A_STORY)}
