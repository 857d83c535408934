"""Schemes: those who run them, sit on their panels, or keep their money."""

from __future__ import annotations

from desaga.organisations.states import Role

from .kinds import EVERYBODY, FOUND, MISSING, NOT_THIS_WAY, OK, AccountOnly, Letter, Open, Plain, Public

RUNS_SCHEMES = frozenset({Role.LEAD, Role.SCHEME_MANAGER})
SEES_SCHEMES = RUNS_SCHEMES | {Role.PANEL_CHAIR, Role.REVIEWER, Role.FINANCE}
SITS = frozenset({Role.PANEL_CHAIR, Role.REVIEWER})
RUNS_ALONE = frozenset({Role.SCHEME_MANAGER})
A_SCHEME = {"scheme_slug": "scheme"}
AN_ASKING = {**A_SCHEME, "reference": "waiting_application", "pk": "asking"}
AN_APPLICATION = A_SCHEME | {"reference": "application"}
A_ROUND = A_SCHEME | {"round_pk": "panel_round"}
JOINS = RUNS_SCHEMES | SITS
A_MEETING = A_SCHEME | {"round_pk": "meeting_round"}
AN_ITEM = A_MEETING | {"reference": "heard_application"}
KEEPS_MONEY = RUNS_SCHEMES | {Role.FINANCE}
AN_AWARD = {**A_SCHEME, "reference": "award"}
A_CLAIM = {**AN_AWARD, "number": "claim"}
A_CHANGE = {**AN_AWARD, "pk": "award_change"}
#: What whoever was awarded opens of their own, and presses there. To everybody else there is no such thing.
OWN_PAGES = (
    "accept_award", "turn_down_award", "ask_change", "take_own_agreement_out", "write_report", "give_to_employer", "offer_story",
    "record_session", "agree_told", "cannot_go", "take_report_out",
)  # fmt: skip
OWN_PRESSES = (
    "take_back_told",
    "send_mine_again",
    "begin_claim",
    "take_certificate_out",
    "log_development",
    "withdraw_story",
)
A_YEAR = A_SCHEME | {"year": "equality_year"}
A_PANEL, A_BUDGET = A_SCHEME | {"pk": "panel"}, A_SCHEME | {"pk": "scheme_budget"}
A_REPORT, AN_OFFER = A_SCHEME | {"pk": "fund_year"}, A_SCHEME | {"pk": "host_offer"}
A_THING = A_SCHEME | {"place": "scheme_place", "key": "scheme_thing"}
# What an applicant opens of their own. To everybody else, whatever they are to whoever runs the scheme, there is no such thing.
OWN = ("show_application", "check_answers", "show_sent", "take_back_application", "withdraw_application", "answer_equality")  # fmt: skip
A_PART = {**AN_APPLICATION, "part": "application_part"}

PLACEMENTS: dict[str, Open | Letter | Plain] = {
    "placements:list_schemes": Open(SEES_SCHEMES),
    "placements:show_scheme": Open(SEES_SCHEMES, A_SCHEME),
    # Approval by link
    "placements:answer_asking": Letter(MISSING),
    "placements:note_opened": Letter(MISSING),
    "placements:end_deputy": Letter(MISSING),
    "placements:remind_asked": Letter(NOT_THIS_WAY, AN_ASKING, anonymous=FOUND),
    "placements:replace_asked": Letter(MISSING, AN_ASKING, anonymous=FOUND),
    "placements:accept_condition": Letter(NOT_THIS_WAY, AN_ASKING, anonymous=FOUND),
    "placements:fetch_own_letter": Letter(MISSING, AN_ASKING, anonymous=FOUND),
    "placements:list_approvals": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:enter_answer": Open(RUNS_SCHEMES, {**A_SCHEME, "pk": "asking"}),
    "placements:fetch_letter": Open(RUNS_SCHEMES, {**A_SCHEME, "pk": "letter"}),
    "placements:preview_form": Open(SEES_SCHEMES, A_SCHEME),
    "placements:upload_definition": Open(RUNS_SCHEMES, A_SCHEME),
    # The walk's scheme has one version alone.
    "placements:compare_versions": Open(SEES_SCHEMES, A_SCHEME, answer=MISSING),
    "placements:show_version": Open(SEES_SCHEMES, A_SCHEME | {"number": "version"}),
    "placements:take_version_out": Open(SEES_SCHEMES, A_SCHEME | {"number": "version"}),
    "placements:ask_for_changes": Open(RUNS_SCHEMES, AN_APPLICATION),
    # What came in, and the panel.
    "placements:list_applications": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:take_applications_out": Open(RUNS_SCHEMES, A_SCHEME | {"format": "format"}),
    "placements:look_at_application": Open(RUNS_SCHEMES, AN_APPLICATION),
    # The file of the walk is of a draft, which nobody here reads.
    "placements:fetch_application_file": Open(RUNS_SCHEMES, AN_APPLICATION | {"pk": "application_file"}, MISSING),
    "placements:find_eligible": Open(RUNS_SCHEMES, AN_APPLICATION, answer=NOT_THIS_WAY),
    "placements:find_ineligible": Open(RUNS_SCHEMES, AN_APPLICATION),
    "placements:look_again": Open(RUNS_SCHEMES, AN_APPLICATION, answer=NOT_THIS_WAY),
    "placements:note_conflict": Open(RUNS_SCHEMES, AN_APPLICATION),
    "placements:declare_as_staff": Open(RUNS_SCHEMES, AN_APPLICATION),
    "placements:waive_conflict": Open(RUNS_SCHEMES, AN_APPLICATION | {"pk": "interest"}),
    "placements:blacken_words": Open(RUNS_SCHEMES, AN_APPLICATION),
    "placements:show_words_again": Open(RUNS_SCHEMES, AN_APPLICATION | {"pk": "blackened"}, answer=NOT_THIS_WAY),
    "placements:add_reader": Open(RUNS_SCHEMES, AN_APPLICATION),
    "placements:redact_files": Open(RUNS_SCHEMES, AN_APPLICATION),
    "placements:fetch_redacted": Open(RUNS_SCHEMES, AN_APPLICATION | {"pk": "application_file"}, MISSING),
    "placements:remove_redacted": Open(RUNS_SCHEMES, AN_APPLICATION | {"pk": "application_file"}, answer=NOT_THIS_WAY),
    "placements:take_reading_away": Open(RUNS_SCHEMES, AN_APPLICATION | {"pk": "reading"}, answer=NOT_THIS_WAY),
    "placements:list_members": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:add_member": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:edit_member": Open(RUNS_SCHEMES, A_SCHEME | {"pk": "panel_member"}),
    "placements:begin_term": Open(RUNS_SCHEMES, A_SCHEME | {"pk": "panel_member"}),
    "placements:name_leaders": Open(RUNS_SCHEMES, A_ROUND),
    "placements:show_panel": Open(RUNS_SCHEMES, A_ROUND),
    "placements:show_readers": Open(RUNS_SCHEMES, A_ROUND),
    "placements:set_score_by": Open(RUNS_SCHEMES, A_ROUND),
    "placements:write_to_reader": Open(RUNS_SCHEMES, A_ROUND | {"pk": "panel_member"}, answer=NOT_THIS_WAY),
    "placements:share_out": Open(RUNS_SCHEMES, A_ROUND),
    "placements:accept_share_out": Open(RUNS_SCHEMES, A_ROUND, answer=NOT_THIS_WAY),
    "placements:show_names": Open(RUNS_SCHEMES, A_ROUND, answer=NOT_THIS_WAY),
    "placements:declare_many": Open(SITS, A_SCHEME),
    "placements:show_packs": Open(SITS, A_SCHEME),
    "placements:take_pack_with_files": Open(SITS, A_SCHEME),
    "placements:list_declarations": Open(SITS, A_SCHEME),
    "placements:take_declaration_back": Open(SITS, A_SCHEME | {"pk": "panel_member"}, answer=NOT_THIS_WAY),
    # Nobody of the walk has anything to read.
    "placements:take_reading_pack": Open(SITS, A_SCHEME | {"format": "paper"}),
    "placements:take_one_reading": Open(SITS, AN_APPLICATION | {"format": "paper"}),
    "placements:read_file": Open(SITS, AN_APPLICATION | {"pk": "application_file"}),
    "placements:read_letter": Open(SITS, AN_APPLICATION | {"pk": "asking"}),
    "placements:list_reading": Open(SITS, A_SCHEME),
    "placements:read_application": Open(SITS, AN_APPLICATION),
    "placements:declare": Open(SITS, AN_APPLICATION),
    "placements:abstain": Open(SITS, AN_APPLICATION),
    "placements:recuse": Open(SITS, AN_APPLICATION),
    # The meeting: nobody of the walk but those who run the scheme has a seat there.
    **{
        f"placements:{name}": Open(JOINS, told)
        for name, told in {
            "show_meeting": A_MEETING,
            "begin_meeting": A_MEETING,
            "take_agenda_out": A_MEETING | {"format": "paper"},
            "take_minutes_out": A_MEETING | {"format": "paper"},
            "show_item": AN_ITEM,
        }.items()
    },
    "placements:order_by_mean": Open(JOINS, A_MEETING, answer=NOT_THIS_WAY),
    **{
        f"placements:{name}": Open(JOINS, AN_ITEM, answer=NOT_THIS_WAY)
        for name in ("move_item", "open_item", "close_item", "keep_notes", "take_outcome_back")
    },
    "placements:release_outcomes": Open(RUNS_SCHEMES, A_MEETING),
    # Awards, for those who run the scheme.
    "placements:list_awards": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:take_awards_out": Open(RUNS_SCHEMES, A_SCHEME | {"format": "format"}),
    "placements:offer_next": Open(RUNS_SCHEMES, {**A_SCHEME, "pk": "reserve_round"}),
    "placements:list_stories": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:list_outcomes": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:take_outcomes_out": Open(RUNS_SCHEMES, A_SCHEME | {"format": "format"}),
    **{
        f"placements:{name}": Open(RUNS_SCHEMES, AN_AWARD)
        for name in (
            "show_award",
            "take_agreement",
            "change_award",
            "return_report",
            "take_repayment",
            "call_off_award",
            "extend_offer",
            "enter_days",
            "move_report_due",
            "finish",
        )
    },
    **{
        f"placements:{name}": Open(RUNS_SCHEMES, AN_AWARD, answer=NOT_THIS_WAY)
        for name in ("drop_change", "ask_days", "accept_report")
    },
    # It is not sent yet, so there is no paper of it.
    "placements:take_report": Open(RUNS_SCHEMES, AN_AWARD, answer=MISSING),
    "placements:mend_letter": Open(RUNS_SCHEMES, {**AN_AWARD, "pk": "award_letter"}),
    "placements:ask_again": Open(RUNS_SCHEMES, {**AN_AWARD, "pk": "signature"}),
    "placements:approve_change": Open(RUNS_SCHEMES, A_CHANGE, answer=NOT_THIS_WAY),
    "placements:decline_change": Open(RUNS_SCHEMES, A_CHANGE),
    # Claims, for whoever keeps the money.
    "placements:list_claims": Open(KEEPS_MONEY, A_SCHEME),
    "placements:take_claims_out": Open(KEEPS_MONEY, A_SCHEME),
    "placements:take_movements_out": Open(KEEPS_MONEY, A_SCHEME),
    "placements:take_payment_back": Open(KEEPS_MONEY, A_CLAIM),
    "placements:look_at_claim": Open(KEEPS_MONEY, A_CLAIM),
    "placements:approve_claim": Open(RUNS_SCHEMES, A_CLAIM),
    "placements:return_claim": Open(RUNS_SCHEMES, A_CLAIM),
    "placements:pay_claim": Open(KEEPS_MONEY, A_CLAIM),
    "placements:fetch_claim_receipt": Open(KEEPS_MONEY, {**A_CLAIM, "pk": "receipt"}),
    # Whose time is over. Equality figures are nobody's who leads or sits on a panel; the year of the walk is not over.
    "placements:show_keeping": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:start_stripping": Open(RUNS_SCHEMES, A_SCHEME, answer=NOT_THIS_WAY),
    "placements:stop_stripping": Open(RUNS_SCHEMES, A_SCHEME, answer=NOT_THIS_WAY),
    "placements:place_hold": Open(RUNS_SCHEMES, AN_APPLICATION),
    "placements:lift_hold": Open(RUNS_SCHEMES, AN_APPLICATION, answer=NOT_THIS_WAY),
    "placements:show_equality_figures": Open(RUNS_ALONE, A_SCHEME),
    "placements:make_equality_figures": Open(RUNS_ALONE, A_YEAR, answer=NOT_THIS_WAY),
    "placements:take_equality_figures_out": Open(RUNS_ALONE, A_YEAR, answer=MISSING),
    # By the link of a letter, and by the code of a certificate.
    **{
        f"placements:{name}": Letter(MISSING)
        for name in ("sign_agreement", "take_agreement_out", "confirm_days", "answer_outcome")
    },
    "placements:check_certificate": Letter(MISSING, {"code": "certificate_code"}),
    # Of whoever was awarded alone.
    **{f"placements:{name}": Letter(MISSING, AN_AWARD, anonymous=FOUND) for name in OWN_PAGES},
    **{f"placements:{name}": Letter(NOT_THIS_WAY, AN_AWARD, anonymous=FOUND) for name in OWN_PRESSES},
    "placements:show_claim": Letter(MISSING, A_CLAIM, anonymous=FOUND),
    "placements:send_claim": Letter(NOT_THIS_WAY, A_CLAIM, anonymous=FOUND),
    "placements:drop_claim": Letter(NOT_THIS_WAY, A_CLAIM, anonymous=FOUND),
    "placements:send_outcome_again": Letter(NOT_THIS_WAY, {**AN_AWARD, "key": "outcome_key"}, anonymous=FOUND),
    "placements:remove_claim_line": Letter(NOT_THIS_WAY, {**A_CLAIM, "pk": "claim_line"}, anonymous=FOUND),
    "placements:fetch_own_outcome_file": Letter(MISSING, {**AN_AWARD, "pk": "outcome_file"}, anonymous=FOUND),
    "placements:fetch_outcome_file": Open(RUNS_SCHEMES, {**AN_AWARD, "pk": "outcome_file"}),
    "placements:fetch_receipt": Letter(MISSING, {**A_CLAIM, "pk": "receipt"}, anonymous=FOUND),
    "placements:start_scheme": Open(RUNS_SCHEMES),
    "placements:edit_scheme": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:open_scheme": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:plan_rounds": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:wind_down": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:close_scheme": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:plan_round": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:edit_round": Open(RUNS_SCHEMES, A_PANEL),
    "placements:call_off_round": Open(RUNS_SCHEMES, A_PANEL),
    "placements:add_budget": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:edit_budget": Open(RUNS_SCHEMES, A_BUDGET),
    "placements:show_definition": Open(SEES_SCHEMES, A_SCHEME),
    "placements:edit_facts": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:edit_report": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:put_in_force": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:throw_away": Open(RUNS_SCHEMES, A_SCHEME),
    "placements:add_thing": Open(RUNS_SCHEMES, A_SCHEME | {"place": "scheme_place"}),
    "placements:edit_thing": Open(RUNS_SCHEMES, A_THING),
    "placements:move_thing": Open(RUNS_SCHEMES, A_THING, NOT_THIS_WAY),
    "placements:remove_thing": Open(RUNS_SCHEMES, A_THING),
    "placements:list_open_schemes": Plain(MISSING, MISSING, {"owner": "nobody"}),
    "placements:show_open_scheme": Plain(MISSING, MISSING, {"owner": "nobody", "scheme_slug": "nothing"}),
    **{
        f"placements:{name}": Plain(MISSING, MISSING, {"owner": "nobody", "scheme_slug": "nothing"} | more)
        for name, more in {
            "take_scheme_figures": {},
            "list_past_awards": {},
            "list_host_offers": {},
            "take_published_report": {"pk": 1, "format": "pdf"},
        }.items()
    },
    # For the public, by those who run the scheme.
    **{
        f"placements:{name}": Open(RUNS_SCHEMES, A_SCHEME)
        for name in ("list_fund_reports", "list_offers", "record_offer", "list_told")
    },
    **{f"placements:{name}": Open(RUNS_SCHEMES, A_REPORT) for name in ("show_fund_report", "write_fund_report")},
    "placements:take_fund_report_out": Open(RUNS_SCHEMES, A_REPORT | {"format": "word"}),
    **{
        f"placements:{name}": Open(RUNS_SCHEMES, A_REPORT, answer=NOT_THIS_WAY)
        for name in (
            "begin_fund_report",
            "make_fund_draft",
            "publish_fund_report",
            "make_fund_report_again",
            "take_fund_report_down",
        )
    },
    **{f"placements:{name}": Open(RUNS_SCHEMES, AN_OFFER) for name in ("edit_offer", "decline_offer")},
    **{
        f"placements:{name}": Open(RUNS_SCHEMES, AN_OFFER, answer=NOT_THIS_WAY)
        for name in ("show_offer", "withdraw_offer")
    },
    **{
        f"placements:{name}": Open(RUNS_SCHEMES, A_SCHEME | {"pk": "past_award"}, answer=NOT_THIS_WAY)
        for name in ("put_on_page", "take_off_page")
    },
    "placements:say_offer": Public(EVERYBODY, A_SCHEME),
    "placements:change_own_offer": Letter(MISSING),
    "placements:list_own_applications": Plain(FOUND, OK),
    "placements:apply": Public(EVERYBODY, A_SCHEME),
    # Taken as a press only, of whoever has an account.
    "placements:begin_application": AccountOnly(EVERYBODY, A_SCHEME, answer=NOT_THIS_WAY),
    **{f"placements:{name}": Open(EVERYBODY, AN_APPLICATION, answer=MISSING) for name in OWN},
    "placements:copy_application": AccountOnly(EVERYBODY, AN_APPLICATION, answer=NOT_THIS_WAY),
    "placements:write_part": Open(EVERYBODY, A_PART, answer=MISSING),
    "placements:find_hosts": Open(EVERYBODY, A_PART | {"key": "host_question"}, answer=MISSING),
    "placements:list_host_places": Open(RUNS_SCHEMES),
    "placements:add_host_place": Open(RUNS_SCHEMES),
    "placements:load_host_places": Open(RUNS_SCHEMES),
    "placements:confirm_host_places": Open(RUNS_SCHEMES, answer=NOT_THIS_WAY),
    "placements:edit_host_place": Open(RUNS_SCHEMES, {"pk": "host_place"}),
    "placements:merge_host_place": Open(RUNS_SCHEMES, {"pk": "host_place"}),
    "placements:take_merge_back": Open(RUNS_SCHEMES, {"pk": "host_place"}, answer=NOT_THIS_WAY),
    "placements:save_part": AccountOnly(EVERYBODY, A_PART, answer=NOT_THIS_WAY),
    "placements:fetch_own_file": Open(EVERYBODY, {**AN_APPLICATION, "pk": "application_file"}, answer=MISSING),
}

# A member reads what is theirs to read, and is told of nothing else that it is there.
MISSING_ON_PANELS = {
    f"placements:{name}": SITS
    for name in (
        "take_reading_pack", "take_pack_with_files", "take_one_reading", "read_application", "read_file", "read_letter", "declare", "abstain", "recuse", "show_meeting", "begin_meeting",
        "order_by_mean", "take_agenda_out", "take_minutes_out", "show_item", "move_item", "open_item", "close_item", "keep_notes", "take_outcome_back",
    )
}  # fmt: skip
