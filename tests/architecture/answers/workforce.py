"""Workforce."""

from __future__ import annotations

from desaga.organisations.states import Role

from .kinds import EVERYBODY, FOUND, LEAD, LEAD_AND_STEWARD, MEETS_PEOPLE, NOT_THIS_WAY, STEWARD, Open

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
    "workforce:list_moved": Open(STEWARD, AN_EXTRACT),
    "workforce:list_matches": Open(STEWARD, {"pk": "snapshot"}),
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
    "workforce:take_posts_in": Open(LEAD_AND_STEWARD),
    "workforce:take_vacant_posts": Open(LEAD_AND_STEWARD, {"pk": "snapshot"}, NOT_THIS_WAY),
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
    "workforce:take_up_again": Open(STEWARD, A_RELEASE, NOT_THIS_WAY),
    "workforce:drop_release": Open(STEWARD, A_RELEASE),
    "workforce:take_release_out": Open(READS_FIGURES, A_RELEASE | {"audience": "audience", "format": "format"}),
    "workforce:show_figures": Open(READS_FIGURES),
    "workforce:show_figure": Open(READS_FIGURES, {"figure": "figure"}),
    "workforce:show_public_choice": Open(LEAD),
    "workforce:show_to_public": Open(LEAD, answer=NOT_THIS_WAY),
    "workforce:hide_from_public": Open(LEAD, answer=NOT_THIS_WAY),
}
