"""The one table of who is answered what at every address. An address that is missing here fails the walk.

In a workspace the anonymous are asked to sign in (302), whoever is nothing there is told that there is no such place
(404), whoever is something but not enough is refused (403). `Open(to)` names the roles that are answered 200; `things`
fills the address from `things.py`. Outside the workspaces, `Plain` says it for the anonymous and for the signed in.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from desaga.organisations.states import Role

ANONYMOUS, STRANGER, NOBODY = "anonymous", "stranger", "nobody"
OK, FOUND, LOST, UNKNOWN, REFUSED, MISSING, NOT_THIS_WAY = 200, 302, 400, 401, 403, 404, 405

EVERYBODY = frozenset(Role)
LEAD = frozenset({Role.LEAD})
PROGRAMME = frozenset({Role.LEAD, Role.PROJECT_OFFICER})
KEEPERS = PROGRAMME | {Role.HR_DATA_STEWARD}
MEETS_PEOPLE = KEEPERS | {Role.UNIT_LEAD, Role.CHAMPION, Role.LINE_MANAGER}


@dataclass(frozen=True)
class Open:
    """A page of a workspace. `answer` is what those it is open to get."""

    to: frozenset[str]
    things: dict[str, str] = field(default_factory=dict)
    answer: int = OK

    def expected(self, visitor: str) -> int:
        if visitor == ANONYMOUS:
            return FOUND
        if visitor in (STRANGER, NOBODY):
            return MISSING
        return self.answer if visitor in self.to else REFUSED


@dataclass(frozen=True)
class Letter:
    """A page that names an organisation but is opened by a signed link: without the link, everybody is told the same."""

    answer: int

    def expected(self, visitor: str) -> int:
        return self.answer


@dataclass(frozen=True)
class Plain:
    """A page outside the workspaces."""

    anonymous: int
    signed_in: int
    things: dict[str, object] = field(default_factory=dict)
    but: dict[str, int] = field(default_factory=dict)

    def expected(self, visitor: str) -> int:
        return self.but.get(visitor, self.anonymous if visitor == ANONYMOUS else self.signed_in)


ORGANISATIONS = {
    "organisations:list_units": Open(EVERYBODY),
    "organisations:add_unit": Open(PROGRAMME),
    "organisations:edit_unit": Open(PROGRAMME, {"pk": "unit"}),
    "organisations:close_unit": Open(PROGRAMME, {"pk": "unit"}),
    "organisations:list_parties": Open(EVERYBODY),
    "organisations:add_party": Open(PROGRAMME),
    "organisations:load_parties": Open(PROGRAMME),
    "organisations:confirm_parties": Open(PROGRAMME, answer=NOT_THIS_WAY),
    "organisations:edit_party": Open(PROGRAMME, {"pk": "party"}),
    "organisations:retire_party": Open(PROGRAMME, {"pk": "party"}),
    "organisations:list_terms": Open(EVERYBODY),
    "organisations:add_term": Open(PROGRAMME),
    "organisations:load_terms": Open(PROGRAMME),
    "organisations:confirm_terms": Open(PROGRAMME, answer=NOT_THIS_WAY),
    "organisations:edit_term": Open(PROGRAMME, {"pk": "term"}),
    "organisations:remove_term": Open(PROGRAMME, {"pk": "term"}),
    "organisations:list_people": Open(MEETS_PEOPLE),
    "organisations:add_person": Open(KEEPERS),
    # Whoever may not look a person up is told that there is none, as for a stranger: see `MISSING_INSIDE`.
    "organisations:show_person": Open(EVERYBODY, {"pk": "person"}),
    "organisations:edit_person": Open(KEEPERS, {"pk": "person"}),
    "organisations:add_employment": Open(KEEPERS, {"pk": "person"}),
    "organisations:edit_employment": Open(KEEPERS, {"pk": "person", "employment": "employment"}),
    "organisations:list_roles": Open(PROGRAMME),
    "organisations:give_role": Open(LEAD),
    "organisations:end_role": Open(LEAD, {"pk": "role"}),
    "organisations:list_grants": Open(PROGRAMME),
    "organisations:give_grant": Open(LEAD),
    "organisations:revoke_grant": Open(LEAD, {"pk": "grant"}),
    "organisations:list_entries": Open(KEEPERS),
    "organisations:show_settings": Open(EVERYBODY),
    "organisations:edit_settings": Open(LEAD),
    # The world's organisations have no logo.
    "organisations:show_logo": Open(EVERYBODY, answer=MISSING),
    "organisations:show_look": Open(EVERYBODY),
}

# Pages that answer 404 to some who belong to the organisation: the thing is not theirs to know of.
MISSING_INSIDE = {
    # Unit leads and champions of the whole organisation see everybody; line managers only those whom they manage.
    "rounds:answer_own": EVERYBODY,
    "organisations:show_person": EVERYBODY - KEEPERS - {Role.UNIT_LEAD, Role.CHAMPION},
}

STEWARD = frozenset({Role.HR_DATA_STEWARD})
LEAD_AND_STEWARD = LEAD | STEWARD
PRIVACY = {
    "privacy:show_own_data": Plain(FOUND, OK, but={NOBODY: MISSING}),
    "privacy:object": Plain(FOUND, OK, but={NOBODY: MISSING}),
    "privacy:take_own_data": Plain(FOUND, MISSING, {"pk": 1, "format": "json"}),
    "privacy:show_record": Open(KEEPERS),
    "privacy:show_data_map": Open(KEEPERS),
    "privacy:take_paper_out": Open(KEEPERS, {"paper": "privacy_paper", "format": "format"}),
    "privacy:describe_processing": Open(LEAD_AND_STEWARD, {"key": "processing"}),
    "privacy:name_contact": Open(LEAD_AND_STEWARD),
    "privacy:show_retention": Open(KEEPERS),
    "privacy:keep_retention": Open(LEAD_AND_STEWARD, {"key": "retained"}),
    "privacy:list_accesses": Open(LEAD_AND_STEWARD | {Role.EQUALITY_DATA_STEWARD}),
    "privacy:list_objections": Open(STEWARD),
    "privacy:enter_objection": Open(STEWARD),
    "privacy:show_objection": Open(STEWARD, {"pk": "objection"}),
}

AN_EXTRACT = {"pk": "extract"}
A_RELEASE = {"pk": "release"}
PREVIEWS = STEWARD | LEAD
READS_FIGURES = MEETS_PEOPLE - {Role.LINE_MANAGER} | {Role.STEERING_MEMBER}

WORKFORCE = {
    "workforce:show_workforce": Open(STEWARD),
    "workforce:edit_limits": Open(STEWARD),
    "workforce:list_code_lists": Open(STEWARD),
    "workforce:show_snapshot": Open(STEWARD, {"pk": "snapshot"}),
    "workforce:hand_in_extract": Open(STEWARD),
    # A checked extract goes on to what is to be done next.
    "workforce:show_extract": Open(STEWARD, AN_EXTRACT, FOUND),
    "workforce:map_columns": Open(STEWARD, AN_EXTRACT),
    "workforce:read_other_sheet": Open(STEWARD, AN_EXTRACT, NOT_THIS_WAY),
    "workforce:choose_codes": Open(STEWARD, AN_EXTRACT),
    "workforce:ask_check": Open(STEWARD, AN_EXTRACT, NOT_THIS_WAY),
    "workforce:check_extract": Open(STEWARD, AN_EXTRACT),
    "workforce:take_faults_out": Open(STEWARD, AN_EXTRACT | {"format": "format"}),
    "workforce:settle_match": Open(STEWARD, AN_EXTRACT | {"match_pk": "match"}, NOT_THIS_WAY),
    "workforce:settle_rest": Open(STEWARD, AN_EXTRACT, NOT_THIS_WAY),
    "workforce:agree_change": Open(STEWARD, AN_EXTRACT, NOT_THIS_WAY),
    "workforce:load_extract": Open(STEWARD, AN_EXTRACT, NOT_THIS_WAY),
    "workforce:halt": Open(STEWARD, AN_EXTRACT, NOT_THIS_WAY),
    "workforce:resume": Open(STEWARD, AN_EXTRACT, NOT_THIS_WAY),
    "workforce:throw_away": Open(STEWARD, AN_EXTRACT),
    "workforce:show_definition": Open(EVERYBODY),
    "workforce:start_draft": Open(STEWARD, answer=NOT_THIS_WAY),
    "workforce:take_definition_in": Open(STEWARD),
    "workforce:show_version": Open(EVERYBODY, {"pk": "definition_version"}),
    "workforce:take_definition_out": Open(EVERYBODY, {"pk": "definition_version"}),
    "workforce:list_decisions": Open(STEWARD),
    "workforce:take_back": Open(STEWARD, answer=NOT_THIS_WAY),
    "workforce:edit_draft": Open(STEWARD),
    "workforce:edit_draft_settings": Open(STEWARD),
    "workforce:adopt_draft": Open(STEWARD),
    "workforce:throw_draft_away": Open(STEWARD),
    "workforce:add_rule": Open(STEWARD),
    "workforce:edit_rule": Open(STEWARD, {"number": "rule"}),
    "workforce:move_rule": Open(STEWARD, {"number": "rule"}, NOT_THIS_WAY),
    "workforce:remove_rule": Open(STEWARD, {"number": "rule"}, NOT_THIS_WAY),
    "workforce:show_classification": Open(STEWARD, {"pk": "snapshot"}),
    "workforce:ask_classify": Open(STEWARD, {"pk": "snapshot"}, NOT_THIS_WAY),
    "workforce:compare_versions": Open(STEWARD, {"pk": "snapshot"}),
    "workforce:list_borderline": Open(STEWARD, {"pk": "snapshot"}),
    "workforce:show_borderline": Open(STEWARD, {"pk": "snapshot"}),
    "workforce:answer_borderline": Open(STEWARD, {"pk": "snapshot"}, NOT_THIS_WAY),
    "workforce:find_person": Open(STEWARD, {"pk": "snapshot"}),
    "workforce:show_classified": Open(STEWARD, {"pk": "snapshot", "key": "classified_person"}),
    "workforce:show_statement": Open(LEAD_AND_STEWARD),
    "workforce:edit_statement": Open(LEAD_AND_STEWARD),
    "workforce:add_comparator": Open(LEAD_AND_STEWARD),
    "workforce:edit_comparator": Open(LEAD_AND_STEWARD, {"pk": "comparator"}),
    "workforce:remove_comparator": Open(LEAD_AND_STEWARD, {"pk": "comparator"}),
    "workforce:enter_posts": Open(LEAD_AND_STEWARD),
    "workforce:correct_posts": Open(LEAD_AND_STEWARD, {"pk": "advertised_posts"}),
    "workforce:remove_posts": Open(LEAD_AND_STEWARD, {"pk": "advertised_posts"}),
    "workforce:show_readiness": Open(LEAD_AND_STEWARD),
    "workforce:measure_readiness": Open(STEWARD, answer=NOT_THIS_WAY),
    "workforce:take_readiness_out": Open(LEAD_AND_STEWARD, {"format": "format"}),
    "workforce:show_staff_record": Open(STEWARD, {"pk": "snapshot"}),
    "workforce:check_staff_record": Open(STEWARD, {"pk": "snapshot"}, NOT_THIS_WAY),
    "workforce:take_staff_record_out": Open(STEWARD, {"pk": "snapshot", "kind": "format"}, NOT_THIS_WAY),
    "workforce:list_releases": Open(READS_FIGURES),
    "workforce:prepare_release": Open(STEWARD),
    "workforce:show_release": Open(PREVIEWS, A_RELEASE),
    "workforce:show_exact": Open(STEWARD, A_RELEASE, NOT_THIS_WAY),
    "workforce:release": Open(STEWARD, A_RELEASE),
    "workforce:restate_release": Open(STEWARD, A_RELEASE),
    "workforce:withdraw_release": Open(STEWARD, A_RELEASE),
    "workforce:count_again": Open(STEWARD, A_RELEASE, NOT_THIS_WAY),
    "workforce:drop_release": Open(STEWARD, A_RELEASE),
    "workforce:take_release_out": Open(READS_FIGURES, A_RELEASE | {"audience": "audience", "format": "format"}),
    "workforce:show_figures": Open(READS_FIGURES),
    "workforce:show_figure": Open(READS_FIGURES, {"figure": "figure"}),
    "workforce:show_public_choice": Open(LEAD),
    "workforce:show_to_public": Open(LEAD, answer=NOT_THIS_WAY),
    "workforce:hide_from_public": Open(LEAD, answer=NOT_THIS_WAY),
}

HOME = {
    "home:show_landing": Plain(OK, FOUND),
    "home:list_waiting": Plain(FOUND, OK),
    "home:show_organisation": Open(EVERYBODY),
    "home:search_organisation": Open(EVERYBODY),
    "home:show_accessibility": Plain(OK, OK),
    "home:show_privacy": Plain(OK, OK),
    "home:show_cookies": Plain(OK, OK),
}

FRAMEWORKS = {
    "frameworks:list_frameworks": Open(EVERYBODY),
    "frameworks:add_framework": Open(PROGRAMME),
    "frameworks:show_framework": Open(EVERYBODY, {"key": "framework"}),
    "frameworks:edit_framework": Open(PROGRAMME, {"key": "framework"}),
    "frameworks:edit_principles": Open(PROGRAMME, {"key": "framework"}),
    "frameworks:start_edition": Open(PROGRAMME, {"key": "framework"}),
    "frameworks:map_edition": Open(PROGRAMME, {"key": "draft_framework"}),
    "frameworks:put_in_use": Open(PROGRAMME, {"key": "draft_framework"}),
    "frameworks:take_out_of_use": Open(PROGRAMME, {"key": "framework"}),
    "frameworks:discard_draft": Open(PROGRAMME, {"key": "draft_framework"}),
}

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

# The organisation of the walk is an institution, which has no such pages: `public.tests.test_holding` walks a body's.
OF_BODIES = ("show_held_plan", "hold_plan", "release_plan", "offer_plan", "take_offer_back")
MISSING_INSIDE |= {f"public:{name}": EVERYBODY for name in (*OF_BODIES, "list_held_plans")}
NOTHING_THERE = {"owner": "nobody", "slug": "nothing"}
A_PLAN = {"plan_pk": "plan"}

PUBLIC = {
    # What is published is everybody's: `public.tests.test_pages`. Where nothing is, nobody learns of anything.
    "public:list_public_plans": Plain(MISSING, MISSING, {"owner": "nobody"}),
    "public:show_public_plan": Plain(MISSING, MISSING, NOTHING_THERE),
    "public:take_public_plan": Plain(MISSING, MISSING, {**NOTHING_THERE, "format": "json"}),
    "public:show_public_figures": Plain(MISSING, MISSING, {"owner": "nobody"}),
    "public:take_public_figures": Plain(MISSING, MISSING, {"owner": "nobody"}),
    "public:feed_changes": Plain(MISSING, MISSING, NOTHING_THERE),
    "public:show_publication": Open(PROGRAMME, A_PLAN),
    "public:edit_publication": Open(PROGRAMME, A_PLAN),
    "public:preview_publication": Open(PROGRAMME, A_PLAN),
    "public:publish": Open(LEAD, A_PLAN),
    "public:take_down": Open(LEAD, A_PLAN),
    "public:renew": Open(PROGRAMME, A_PLAN, answer=NOT_THIS_WAY),
    **{f"public:{name}": Open(EVERYBODY, A_PLAN) for name in OF_BODIES},
    "public:list_held_plans": Open(EVERYBODY),
    "public:accept_offer": Open(LEAD, {"pk": "offer"}),
}

AN_ACTION = {"plan_pk": "plan", "pk": "action"}
A_MEASURE = {**AN_ACTION, "measure_pk": "measure"}
A_VERSION = {"plan_pk": "plan", "number": "version"}
A_VIEW = {"plan_pk": "plan", "pk": "saved_view"}
A_ROW = {"document_pk": "document", "pk": "row"}

PLANS = {
    "plans:list_plans": Open(EVERYBODY),
    "plans:list_actions": Open(EVERYBODY),
    "plans:take_out_actions": Open(EVERYBODY, {"format": "format"}),
    "plans:edit_reporting_rule": Open(PROGRAMME),
    "plans:list_usual_due": Open(EVERYBODY),
    "plans:edit_trajectory_rule": Open(PROGRAMME),
    "plans:start_plan": Open(PROGRAMME),
    "plans:show_plan": Open(EVERYBODY, A_PLAN),
    "plans:show_plan_overview": Open(EVERYBODY, A_PLAN),
    "plans:show_plan_timeline": Open(EVERYBODY, A_PLAN),
    "plans:show_plan_checks": Open(EVERYBODY, A_PLAN),
    "plans:show_plan_closing": Open(EVERYBODY, A_PLAN),
    "plans:say_outcomes": Open(PROGRAMME, A_PLAN, answer=NOT_THIS_WAY),
    "plans:draft_next_plan": Open(PROGRAMME, A_PLAN),
    "plans:show_plan_trajectories": Open(EVERYBODY, A_PLAN),
    "plans:review_predecessors": Open(PROGRAMME, A_PLAN),
    "plans:answer_predecessors": Open(PROGRAMME, A_PLAN, answer=NOT_THIS_WAY),
    "plans:add_feedback": Open(PROGRAMME, A_PLAN),
    "plans:show_plan_coverage": Open(EVERYBODY, A_PLAN),
    "plans:compare_editions": Open(EVERYBODY, A_PLAN),
    "plans:review_suggestions": Open(PROGRAMME, A_PLAN),
    "plans:list_answers": Open(PROGRAMME, A_PLAN),
    "plans:answer_suggestions": Open(PROGRAMME, A_PLAN, answer=NOT_THIS_WAY),
    "plans:take_answers_back": Open(PROGRAMME, A_PLAN, answer=NOT_THIS_WAY),
    "plans:review_proposals": Open(PROGRAMME, A_PLAN),
    "plans:answer_proposals": Open(PROGRAMME, A_PLAN, answer=NOT_THIS_WAY),
    "plans:take_proposal_answers_back": Open(PROGRAMME, A_PLAN, answer=NOT_THIS_WAY),
    "plans:show_action_proposals": Open(PROGRAMME, AN_ACTION),
    "plans:show_elsewhere": Open(EVERYBODY, AN_ACTION),
    "plans:follow_edition": Open(PROGRAMME, A_PLAN, answer=NOT_THIS_WAY),
    "plans:unfollow_edition": Open(PROGRAMME, {**A_PLAN, "pk": "following"}, answer=NOT_THIS_WAY),
    "plans:follow_editions": Open(PROGRAMME),
    "plans:show_plan_parties": Open(EVERYBODY, A_PLAN),
    "plans:show_plan_party": Open(EVERYBODY, {**A_PLAN, "pk": "carrier"}),
    # Whom these words mean was said already: the page sends on.
    "plans:resolve_words": Open(PROGRAMME, {**A_PLAN, "pk": "owner"}, answer=FOUND),
    "plans:unresolve_words": Open(PROGRAMME, {**A_PLAN, "pk": "owner"}, answer=NOT_THIS_WAY),
    "plans:show_plan_usual": Open(EVERYBODY, A_PLAN),
    "plans:show_plan_units": Open(EVERYBODY, A_PLAN),
    "plans:start_unit_plan": Open(PROGRAMME, A_PLAN),
    "plans:place_plan": Open(PROGRAMME, A_PLAN),
    "plans:show_plan_glossary": Open(EVERYBODY, A_PLAN),
    "plans:keep_framework": Open(PROGRAMME, A_PLAN, answer=NOT_THIS_WAY),
    "plans:show_plan_history": Open(EVERYBODY, A_PLAN),
    "plans:take_out": Open(EVERYBODY, {**A_PLAN, "view": "view", "format": "format"}),
    "plans:edit_plan": Open(PROGRAMME, A_PLAN),
    "plans:change_plan_state": Open(PROGRAMME, {**A_PLAN, "transition": "transition"}, answer=NOT_THIS_WAY),
    "plans:list_versions": Open(EVERYBODY, A_PLAN),
    "plans:keep_version": Open(PROGRAMME, A_PLAN),
    "plans:show_version": Open(EVERYBODY, A_VERSION),
    "plans:download_version": Open(EVERYBODY, A_VERSION),
    "plans:go_back_to_version": Open(PROGRAMME, A_VERSION),
    # This document is no newer state of a plan: the page sends on.
    "plans:review_changes": Open(PROGRAMME, {"pk": "document"}, answer=FOUND),
    # Nothing is ticked: the page sends back to the table.
    "plans:change_actions": Open(PROGRAMME, A_PLAN, answer=FOUND),
    "plans:list_bulk_changes": Open(EVERYBODY, A_PLAN),
    "plans:show_bulk_change": Open(EVERYBODY, {**A_PLAN, "pk": "bulk_change"}),
    "plans:undo_bulk_change": Open(PROGRAMME, {**A_PLAN, "pk": "bulk_change"}, answer=NOT_THIS_WAY),
    "plans:list_views": Open(EVERYBODY, A_PLAN),
    "plans:save_view": Open(EVERYBODY, A_PLAN),
    # The view is shared: everybody opens it, those who may change the plan may change it.
    "plans:open_view": Open(EVERYBODY, A_VIEW, answer=FOUND),
    "plans:edit_view": Open(PROGRAMME, A_VIEW),
    "plans:replace_view": Open(PROGRAMME, A_VIEW, answer=NOT_THIS_WAY),
    "plans:remove_view": Open(PROGRAMME, A_VIEW),
    "plans:choose_default_view": Open(EVERYBODY, A_VIEW, answer=NOT_THIS_WAY),
    "plans:add_action": Open(PROGRAMME, A_PLAN),
    "plans:show_action": Open(EVERYBODY, AN_ACTION),
    # Those who carry the action may, too: `plans.tests.test_updates`.
    "plans:give_evidence": Open(PROGRAMME, AN_ACTION),
    "plans:use_evidence": Open(PROGRAMME, AN_ACTION),
    "plans:stop_using_evidence": Open(PROGRAMME, {**AN_ACTION, "evidence_pk": "piece"}, NOT_THIS_WAY),
    "plans:add_measure": Open(PROGRAMME, AN_ACTION),
    "plans:accept_measure": Open(PROGRAMME, AN_ACTION, NOT_THIS_WAY),
    "plans:edit_measure": Open(PROGRAMME, A_MEASURE),
    "plans:read_measure": Open(PROGRAMME, A_MEASURE),
    "plans:bind_measure": Open(PROGRAMME, A_MEASURE),
    "plans:end_measure": Open(PROGRAMME, A_MEASURE),
    "plans:give_update": Open(PROGRAMME, AN_ACTION),
    "plans:edit_action": Open(PROGRAMME, AN_ACTION),
    "plans:move_to_usual": Open(PROGRAMME, AN_ACTION),
    "plans:move_from_usual": Open(PROGRAMME, AN_ACTION),
    "plans:confirm_usual": Open(PROGRAMME, AN_ACTION),
    "plans:add_successor": Open(PROGRAMME, AN_ACTION),
    "plans:take_successor_back": Open(PROGRAMME, {**AN_ACTION, "link_pk": "link"}, answer=NOT_THIS_WAY),
    "plans:add_wait": Open(PROGRAMME, AN_ACTION),
    "plans:take_wait_back": Open(PROGRAMME, {**AN_ACTION, "dependency_pk": "wait"}, answer=NOT_THIS_WAY),
    "plans:add_answer": Open(PROGRAMME, AN_ACTION),
    "plans:take_answer_back": Open(PROGRAMME, {**AN_ACTION, "answer_pk": "answer"}, answer=NOT_THIS_WAY),
    "plans:settle_doubt": Open(PROGRAMME, {**AN_ACTION, "doubt_pk": "doubt"}, answer=NOT_THIS_WAY),
    "plans:list_imports": Open(PROGRAMME),
    "plans:hand_in_document": Open(PROGRAMME),
    # Shows what comes next: here, the review.
    "plans:show_import": Open(PROGRAMME, {"pk": "document"}, answer=FOUND),
    "plans:download_document": Open(PROGRAMME, {"pk": "document"}),
    "plans:review_import": Open(PROGRAMME, {"pk": "document"}),
    **{
        f"plans:{name}": Open(PROGRAMME, {"pk": "document"}, answer=NOT_THIS_WAY)
        for name in (
            "discard_import",
            "restore_import",
            "read_again",
            "hand_in_again",
            "change_rows",
            "set_plan_to_update",
        )
    },
    "plans:commit_import": Open(PROGRAMME, {"pk": "document"}),
    "plans:list_remembered": Open(PROGRAMME),
    "plans:forget_choice": Open(PROGRAMME, {"pk": "choice"}, answer=NOT_THIS_WAY),
    "plans:name_columns": Open(PROGRAMME, {"pk": "document"}),
    "plans:settle_words": Open(PROGRAMME, {"pk": "document"}),
    "plans:settle_names": Open(PROGRAMME, {"pk": "document"}),
    "plans:add_name": Open(PROGRAMME, {"pk": "document"}, answer=FOUND),
    "plans:add_units_explained": Open(PROGRAMME, {"pk": "document"}, answer=NOT_THIS_WAY),
    "plans:give_addresses": Open(PROGRAMME, {"pk": "document"}),
    "plans:list_steps": Open(PROGRAMME, {"pk": "document"}),
    "plans:undo_step": Open(PROGRAMME, {"pk": "document", "step_pk": "step"}, answer=NOT_THIS_WAY),
    "plans:edit_row": Open(PROGRAMME, A_ROW),
    "plans:split_row": Open(PROGRAMME, A_ROW),
    **{
        f"plans:{name}": Open(PROGRAMME, A_ROW, answer=NOT_THIS_WAY)
        for name in ("keep_row", "drop_row", "restore_row", "retheme_row", "join_row", "mark_row")
    },
}

ACCOUNTS = {
    "accounts:show_account": Plain(FOUND, OK),
    # Their details are of the person that an account is of; this account is of none.
    "accounts:edit_details": Plain(FOUND, OK, but={NOBODY: MISSING}),
    # For those who run the platform; nobody else learns of it.
    "accounts:show_elevation": Plain(FOUND, MISSING),
    "accounts:end_elevation": Plain(FOUND, MISSING, {"pk": 1}),
    "accounts:list_invitations": Open(PROGRAMME),
    "accounts:invite_person": Open(PROGRAMME),
    "accounts:resend_invitation": Open(PROGRAMME, {"pk": "invitation"}),
    "accounts:revoke_invitation": Open(PROGRAMME, {"pk": "invitation"}),
    # Opened by the key in the link alone; without one there is nothing, for anybody.
    "accounts:accept_invitation": Letter(MISSING),
    "account_login": Plain(OK, FOUND),
    "account_logout": Plain(FOUND, OK),
    "account_inactive": Plain(OK, OK),
    "account_signup": Plain(OK, FOUND),
    "account_reauthenticate": Plain(FOUND, OK),
    "account_email": Plain(FOUND, OK),
    "account_email_verification_sent": Plain(OK, OK),
    "account_change_password": Plain(FOUND, OK),
    "account_set_password": Plain(FOUND, FOUND),
    "account_reset_password": Plain(OK, OK),
    "account_confirm_login_code": Plain(FOUND, FOUND),
    "account_confirm_email": Plain(OK, OK, {"key": "wrong"}),
    "account_reset_password_from_key_done": Plain(OK, OK),
    "account_reset_password_from_key": Plain(OK, OK, {"uidb36": "1", "key": "wrong"}),
    "account_reset_password_done": Plain(OK, OK),
    # What touches the second step asks for the password again first.
    "mfa_index": Plain(FOUND, OK),
    "mfa_authenticate": Plain(FOUND, FOUND),
    "mfa_reauthenticate": Plain(FOUND, FOUND),
    "mfa_activate_totp": Plain(FOUND, FOUND),
    "mfa_deactivate_totp": Plain(FOUND, MISSING),
    "mfa_view_recovery_codes": Plain(FOUND, MISSING),
    "mfa_generate_recovery_codes": Plain(FOUND, FOUND),
    "mfa_download_recovery_codes": Plain(FOUND, MISSING),
    "mfa_list_webauthn": Plain(FOUND, OK),
    "mfa_add_webauthn": Plain(FOUND, FOUND),
    # Those who have no passkey are sent to their password.
    "mfa_reauthenticate_webauthn": Plain(FOUND, FOUND),
    "mfa_remove_webauthn": Plain(FOUND, FOUND, {"pk": 1}),
    "mfa_edit_webauthn": Plain(FOUND, FOUND, {"pk": 1}),
    # Only the script of the sign-in page asks here.
    "mfa_login_webauthn": Plain(FOUND, FOUND),
    "usersessions_list": Plain(FOUND, OK),
}

A_SIGN_IN = {"pk": "provider"}

FEDERATION = {
    "federation:find_institution": Plain(OK, OK),
    # Whoever has no institution is asked for their password; those of two others cannot be reached, which a page says.
    "federation:prove_identity": Plain(FOUND, FOUND, but={Role.LEAD: REFUSED, STRANGER: REFUSED}),
    # There is no such sign-in: 0 is nobody's number.
    "federation:start_sign_in": Plain(MISSING, MISSING, {"pk": 0}),
    # First one shows again that it is oneself.
    "federation:connect_identity": Plain(FOUND, FOUND, {"pk": 0}),
    # Without what the browser remembers of having gone there, nobody has come back.
    "federation:finish_sign_in": Plain(LOST, LOST, {"pk": 0}),
    "federation:show_our_metadata": Plain(OK, OK),
    "federation:receive_answer": Plain(NOT_THIS_WAY, NOT_THIS_WAY),
    "federation:find_institution_to_add": Open(LEAD),
    "federation:add_from_metadata": Open(LEAD),
    "federation:add_from_federation": Open(LEAD, {"pk": "federated_institution"}),
    "federation:end_sessions": Plain(NOT_THIS_WAY, NOT_THIS_WAY, {"pk": 0}),
    # For those who run the platform; nobody else learns of it.
    "federation:list_domains": Plain(FOUND, MISSING),
    "federation:confirm_domain": Plain(FOUND, MISSING, {"pk": 1}),
    "federation:list_providers": Open(LEAD),
    "federation:add_domain": Open(LEAD),
    "federation:remove_domain": Open(LEAD, {"pk": "domain"}),
    "federation:add_provider": Open(LEAD),
    **{
        f"federation:{name}": Open(LEAD, A_SIGN_IN)
        for name in (
            "show_provider",
            "edit_provider",
            "switch_on",
            "switch_off",
            "demand_provider",
            "release_provider",
            "remove_provider",
            "add_rule",
            "try_provider",
            "list_identities",
        )
    },
    # Its server answers nobody; that is said on a page.
    "federation:begin_trial": Open(LEAD, A_SIGN_IN, answer=REFUSED),
    "federation:remove_rule": Open(LEAD, {**A_SIGN_IN, "rule": "role_rule"}),
    "federation:end_identity": Open(LEAD, {**A_SIGN_IN, "identity": "identity"}),
    "federation:allow_identity": Open(LEAD, {**A_SIGN_IN, "identity": "identity"}),
}

KEYS = {
    "keys:show_guide": Plain(OK, OK),
    "keys:list_keys": Open(LEAD),
    "keys:make_key": Open(LEAD),
    "keys:revoke_key": Open(LEAD, {"pk": "key"}),
}

# The API is one address to Django; `test_api_walk.py` walks what is behind it. A session opens nothing there.
API = {
    "answer_program": Plain(UNKNOWN, UNKNOWN, {"rest": "plans"}),
    # Opened by a key alone: `workforce/tests/test_feed.py`.
    "workforce_feed:answer_feed": Plain(UNKNOWN, UNKNOWN, {"rest": "Cells"}),
}

NOTIFICATIONS = {
    # In the demo only.
    "notifications:list_mail": Plain(MISSING, MISSING),
    "notifications:show_mail": Plain(MISSING, MISSING, {"pk": 1}),
    "notifications:list_doubtful_mail": Open(PROGRAMME),
    "notifications:confirm_arrival": Open(PROGRAMME, {"pk": "doubtful_mail"}),
    "notifications:send_again": Open(PROGRAMME, {"pk": "doubtful_mail"}),
}

UI = {
    "ui:show_style_guide": Plain(MISSING, OK),
    "ui:show_style_guide_look": Plain(OK, OK),
}

ANSWERS: dict[str, Open | Letter | Plain] = {
    **API, **KEYS, **FEDERATION, **HOME, **FRAMEWORKS, **PLANS, **REVIEWS, **ROUNDS, **NOTIFICATIONS, **ACCOUNTS,
    **ORGANISATIONS, **UI, **GOVERNANCE, **EVIDENCE, **PUBLIC, **INDICATORS, **ACTIVITIES, **REPORTS,
    **WORKFORCE,
    **PRIVACY,
}  # fmt: skip
