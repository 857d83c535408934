"""Careers: editors and those who run the programme answer; who runs the programme opens doors; the reference data are the national site's keeper's."""

from __future__ import annotations

from .kinds import MISSING, NOT_THIS_WAY, PROGRAMME, Letter, Open, Plain
from .stories import EDITS

A_QUESTION = {"pk": "question"}
A_SCHOOL = {"pk": "school_interest"}
A_KIND = {"kind": "entry_kind"}
AN_ENTRY = {**A_KIND, "key": "entry_key"}
#: In the walk no organisation runs the national site, so the reference data are nobody's to write: `careers.tests.test_pages` walks them as the keeper.
NOBODY_KEEPS: frozenset[str] = frozenset()
#: No door stands open at this address: `careers.tests.test_pages` opens some.
NOWHERE: dict[str, object] = {"owner": "nobody"}

CAREERS: dict[str, Open | Letter | Plain] = {
    "careers:list_questions": Open(EDITS),
    "careers:show_question": Open(EDITS, A_QUESTION),
    "careers:word_question": Open(EDITS, A_QUESTION),
    "careers:send_question": Open(EDITS, A_QUESTION),
    "careers:ask_again": Open(EDITS, A_QUESTION),
    "careers:publish_answer": Open(EDITS, A_QUESTION, NOT_THIS_WAY),
    "careers:decline_question": Open(EDITS, A_QUESTION, NOT_THIS_WAY),
    "careers:take_down_answer": Open(EDITS, A_QUESTION),
    "careers:list_interests": Open(EDITS),
    "careers:show_interest": Open(EDITS, A_SCHOOL),
    "careers:take_interest": Open(EDITS, A_SCHOOL, NOT_THIS_WAY),
    "careers:close_interest": Open(EDITS, A_SCHOOL, NOT_THIS_WAY),
    "careers:decline_interest": Open(EDITS, A_SCHOOL, NOT_THIS_WAY),
    "careers:set_doors": Open(PROGRAMME),
    "careers:list_entries": Open(NOBODY_KEEPS),
    "careers:add_entry": Open(NOBODY_KEEPS, A_KIND),
    "careers:show_entry": Open(NOBODY_KEEPS, AN_ENTRY),
    "careers:edit_entry": Open(NOBODY_KEEPS, AN_ENTRY),
    "careers:withdraw_entry": Open(NOBODY_KEEPS, AN_ENTRY),
    "careers:publish_entry": Open(NOBODY_KEEPS, AN_ENTRY),
    "careers:ask_question": Plain(MISSING, MISSING, NOWHERE),
    "careers:begin_interest": Plain(MISSING, MISSING, NOWHERE),
    "careers:answer_question": Letter(MISSING),
    "careers:confirm_interest": Letter(MISSING),
}
