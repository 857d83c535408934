"""What a programme does around its plan: rounds, reviews, reports, evidence, what is counted, groups."""

from __future__ import annotations

from desaga.organisations.states import Role

from .kinds import EVERYBODY, FOUND, LEAD, MISSING, NOBODY, NOT_THIS_WAY, OK, PROGRAMME, Letter, Open, Plain

A_REVIEW = {"pk": "review"}

REVIEWS = {
    "reviews:list_reviews": Open(EVERYBODY, {"plan_pk": "plan"}),
    "reviews:plan_review": Open(PROGRAMME, {"plan_pk": "plan"}),
    "reviews:compare": Open(EVERYBODY, {"plan_pk": "plan"}),
    # Of one snapshot there is nothing to compare.
    "reviews:take_comparison_out": Open(EVERYBODY, {"plan_pk": "plan", "format": "paper"}, MISSING),
    "reviews:show_review": Open(EVERYBODY, A_REVIEW),
    "reviews:edit_review": Open(PROGRAMME, A_REVIEW),
    "reviews:freeze": Open(PROGRAMME, A_REVIEW),
    "reviews:call_off": Open(PROGRAMME, A_REVIEW),
    "reviews:restore_review": Open(PROGRAMME, A_REVIEW, NOT_THIS_WAY),
    "reviews:ask_for_comments": Open(PROGRAMME, A_REVIEW, NOT_THIS_WAY),
    "reviews:comment": Open(EVERYBODY, A_REVIEW),
    "reviews:withdraw_comment": Open(EVERYBODY, A_REVIEW | {"comment_pk": "comment"}, NOT_THIS_WAY),
    "reviews:take_pack_out": Open(EVERYBODY, A_REVIEW | {"format": "paper"}),
    "reviews:show_pack_file": Open(EVERYBODY, A_REVIEW),
    "reviews:meeting": Open(PROGRAMME, A_REVIEW),
    "reviews:strike_decision": Open(PROGRAMME, A_REVIEW | {"entry_pk": "decision"}, NOT_THIS_WAY),
    "reviews:strike_task": Open(PROGRAMME, A_REVIEW | {"entry_pk": "task"}, NOT_THIS_WAY),
    "reviews:hold": Open(PROGRAMME, A_REVIEW),
    "reviews:reopen_review": Open(PROGRAMME, A_REVIEW, NOT_THIS_WAY),
    "reviews:show_minutes": Open(EVERYBODY, A_REVIEW),
    "reviews:send_minutes": Open(PROGRAMME, A_REVIEW, NOT_THIS_WAY),
    "reviews:take_minutes_out": Open(EVERYBODY, A_REVIEW | {"format": "paper"}),
    "reviews:finish_task": Open(PROGRAMME, {"pk": "task"}),
}

A_PIECE = {"pk": "piece"}

EVIDENCE = {
    "evidence:list_evidence": Open(EVERYBODY),
    "evidence:take_evidence_out": Open(EVERYBODY, {"format": "format"}),
    "evidence:show_evidence": Open(EVERYBODY, A_PIECE),
    "evidence:fetch_file": Open(EVERYBODY, A_PIECE),
    "evidence:edit_evidence": Open(PROGRAMME, A_PIECE),
    "evidence:accept_evidence": Open(PROGRAMME, A_PIECE, NOT_THIS_WAY),
    "evidence:decline_evidence": Open(PROGRAMME, A_PIECE),
    "evidence:replace_evidence": Open(PROGRAMME, A_PIECE),
    "evidence:take_evidence_back": Open(PROGRAMME, A_PIECE),
}

A_SERIES = {"pk": "series"}

AN_INDICATOR = {"key": "indicator"}

INDICATORS = {
    "indicators:list_indicators": Open(EVERYBODY),
    "indicators:show_indicator": Open(EVERYBODY, AN_INDICATOR),
    "indicators:take_indicator_out": Open(EVERYBODY, AN_INDICATOR | {"format": "format"}),
    "indicators:add_series": Open(PROGRAMME),
    "indicators:show_series": Open(EVERYBODY, A_SERIES),
    "indicators:take_series_out": Open(EVERYBODY, A_SERIES | {"format": "format"}),
    "indicators:edit_series": Open(PROGRAMME, A_SERIES),
    "indicators:read_series": Open(PROGRAMME, A_SERIES),
    "indicators:end_series": Open(PROGRAMME, A_SERIES),
}

# What is one's own is nobody else's to know of, not even in the same organisation: 0 is nobody's number.
ACTIVITIES = {
    "activities:list_own": Plain(FOUND, OK, but={NOBODY: MISSING}),
    "activities:record_activity": Plain(FOUND, OK, but={NOBODY: MISSING}),
    "activities:take_own_out": Plain(FOUND, OK, {"format": "csv"}, but={NOBODY: MISSING}),
    "activities:correct_activity": Plain(FOUND, MISSING, {"pk": 0}),
    "activities:remove_activity": Plain(FOUND, MISSING, {"pk": 0}),
    "activities:list_activities": Open(PROGRAMME),
}

A_REPORT = {"pk": "report"}

A_REPORT_SECTION = {"pk": "report", "section_pk": "report_section"}

A_KIND = {"key": "report_kind"}

A_KIND_SECTION = {"key": "report_kind", "section": "kind_section"}

A_FORM = {"pk": "report", "form_pk": "official_form"}

REPORTS = {
    "reports:list_reports": Open(EVERYBODY, {"plan_pk": "plan"}),
    "reports:start_report": Open(PROGRAMME, {"plan_pk": "plan", "kind": "report_kind"}),
    "reports:show_report": Open(EVERYBODY, A_REPORT),
    "reports:edit_report": Open(PROGRAMME, A_REPORT),
    "reports:redraft": Open(PROGRAMME, A_REPORT, NOT_THIS_WAY),
    "reports:take_report_out": Open(EVERYBODY, A_REPORT | {"format": "paper"}),
    "reports:show_section": Open(EVERYBODY, A_REPORT_SECTION),
    "reports:write_section": Open(PROGRAMME, A_REPORT_SECTION),
    "reports:add_draft": Open(PROGRAMME, A_REPORT_SECTION, NOT_THIS_WAY),
    "reports:comment": Open(EVERYBODY, A_REPORT_SECTION),
    "reports:resolve": Open(PROGRAMME, A_REPORT | {"comment_pk": "section_comment"}, NOT_THIS_WAY),
    "reports:send_report": Open(LEAD, A_REPORT),
    "reports:take_back": Open(LEAD, A_REPORT, NOT_THIS_WAY),
    # Only for whoever was asked to sign: nobody of the walk was.
    "reports:sign_off": Open(frozenset(), A_REPORT),
    "reports:sign_by_link": Letter(MISSING),
    "reports:state_head": Open(LEAD),
    "reports:list_kinds": Open(EVERYBODY),
    "reports:show_kind": Open(EVERYBODY, A_KIND),
    "reports:add_kind_section": Open(LEAD, A_KIND),
    "reports:edit_kind": Open(LEAD, A_KIND),
    "reports:edit_due": Open(LEAD, A_KIND),
    # What Desaga ships is not removed: it has no such page.
    "reports:remove_kind": Open(LEAD, A_KIND | {"key": "added_kind"}),
    "reports:add_kind": Open(LEAD),
    "reports:go_back_to_shipped": Open(LEAD, A_KIND),
    "reports:edit_kind_section": Open(LEAD, A_KIND_SECTION),
    "reports:remove_kind_section": Open(LEAD, A_KIND_SECTION),
    "reports:list_forms": Open(PROGRAMME, A_REPORT),
    "reports:match_form": Open(PROGRAMME, A_FORM),
    # Nothing was said of its fields yet: the page sends back there.
    "reports:fill_form": Open(PROGRAMME, A_FORM, FOUND),
}

A_ROUND = {"pk": "round"}

A_REQUEST = {"pk": "round", "request_pk": "request"}

ROUNDS = {
    "rounds:list_rounds": Open(PROGRAMME, {"plan_pk": "plan"}),
    "rounds:start_round": Open(PROGRAMME, {"plan_pk": "plan"}),
    "rounds:show_round": Open(PROGRAMME, A_ROUND),
    "rounds:edit_round": Open(PROGRAMME, A_ROUND),
    "rounds:send_round": Open(PROGRAMME, A_ROUND, NOT_THIS_WAY),
    "rounds:remind_all": Open(PROGRAMME, A_ROUND, NOT_THIS_WAY),
    "rounds:close_round": Open(PROGRAMME, A_ROUND),
    "rounds:reopen_round": Open(PROGRAMME, A_ROUND, NOT_THIS_WAY),
    "rounds:take_log_out": Open(PROGRAMME, A_ROUND | {"format": "format"}),
    "rounds:show_request": Open(PROGRAMME, A_REQUEST),
    "rounds:remind": Open(PROGRAMME, A_REQUEST, NOT_THIS_WAY),
    "rounds:revoke_request": Open(PROGRAMME, A_REQUEST),
    "rounds:ask_instead": Open(PROGRAMME, A_REQUEST | {"line_pk": "line"}),
    # Whoever is not asked is told that there is no such page: nobody of the walk is.
    "rounds:answer_own": Open(EVERYBODY, {"pk": "request"}),
    "rounds:answer_request": Letter(MISSING),
    "rounds:show_calendar": Plain(FOUND, OK, but={NOBODY: MISSING}),
    "rounds:fetch_calendar": Plain(MISSING, MISSING),
}

A_GROUP, A_YEAR = {"pk": "group"}, {"year": "year"}

A_SEAT, A_LINE = {**A_GROUP, "seat": "seat"}, {**A_YEAR, "pk": "budget_line"}

AN_ENTRY = {**A_LINE, "entry": "budget_entry"}

SEES_BUDGET = PROGRAMME | {Role.FINANCE, Role.STEERING_MEMBER}

GOVERNANCE = {
    "governance:list_groups": Open(EVERYBODY),
    "governance:add_group": Open(PROGRAMME),
    "governance:show_group": Open(EVERYBODY, A_GROUP),
    "governance:edit_group": Open(PROGRAMME, A_GROUP),
    "governance:close_group": Open(PROGRAMME, A_GROUP),
    "governance:give_seat": Open(PROGRAMME, A_GROUP),
    "governance:edit_seat": Open(PROGRAMME, A_SEAT),
    "governance:end_seat": Open(PROGRAMME, A_SEAT),
    "governance:agree_terms": Open(PROGRAMME, A_GROUP),
    "governance:show_terms": Open(EVERYBODY, {**A_GROUP, "number": "terms"}),
    "governance:list_champions": Open(EVERYBODY),
    "governance:name_champion": Open(PROGRAMME),
    "governance:end_champion": Open(PROGRAMME, {"pk": "champion"}),
    "governance:take_champions_out": Open(EVERYBODY, {"format": "format"}),
    # On to the year that today is in.
    "governance:show_current_budget": Open(SEES_BUDGET, answer=FOUND),
    "governance:show_budget": Open(SEES_BUDGET, A_YEAR),
    "governance:compare_years": Open(SEES_BUDGET, A_YEAR),
    "governance:take_budget_out": Open(SEES_BUDGET, {**A_YEAR, "format": "format"}),
    "governance:copy_lines": Open(PROGRAMME, A_YEAR),
    "governance:add_line": Open(PROGRAMME, A_YEAR),
    "governance:show_line": Open(SEES_BUDGET, A_LINE),
    "governance:edit_line": Open(PROGRAMME, A_LINE),
    "governance:remove_line": Open(PROGRAMME, A_LINE),
    "governance:add_entry": Open(PROGRAMME, A_LINE),
    "governance:edit_entry": Open(PROGRAMME, AN_ENTRY),
    "governance:remove_entry": Open(PROGRAMME, AN_ENTRY),
}
