"""Plans, the frameworks they answer, and what the public reads of them."""

from __future__ import annotations

from desaga.organisations.states import Role

from .kinds import EVERYBODY, FOUND, LEAD, MISSING, NOT_THIS_WAY, PROGRAMME, Open, Plain

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

# The organisation of the walk is an institution, which has no such pages: `public.tests.test_holding` walks a body's.
OF_BODIES = ("show_held_plan", "hold_plan", "release_plan", "offer_plan", "take_offer_back")

# Only a body that holds plans of others has these pages.
MISSING_INSIDE = {f"public:{name}": EVERYBODY for name in (*OF_BODIES, "list_held_plans")}
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

WEBSITE = {
    "website:show_site": Open(PROGRAMME | {Role.EDITOR}),
    "website:list_downloads": Open(PROGRAMME | {Role.EDITOR}),
    "website:list_links": Open(PROGRAMME | {Role.EDITOR}),
    "website:check_links": Open(PROGRAMME | {Role.EDITOR}, {}, NOT_THIS_WAY),
    "website:found_site": Open(LEAD),
    "website:show_site_look": Plain(MISSING, MISSING, {"owner": "nobody"}),
    "website:show_site_logo": Plain(MISSING, MISSING, {"owner": "nobody"}),
    "website:show_robots": Plain(200, 200),
    "website:show_sitemap": Plain(200, 200, {"section": "pages"}),
    "website:show_picture": Plain(MISSING, MISSING, {"name": "images/none.jpg"}),
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
    "plans:take_up_again": Open(PROGRAMME, AN_ACTION, answer=NOT_THIS_WAY),
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
