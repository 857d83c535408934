from collections.abc import Callable
from typing import Any

from django.urls import path

from desaga.organisations.middleware import opens_without_standing

from .views import (
    applying,
    approvals,
    asked,
    asking,
    awards,
    claims,
    declarations,
    definition,
    directory,
    eligibility,
    following,
    fund,
    hosting,
    items,
    keeping,
    meeting,
    money,
    packs,
    panel,
    public,
    redacting,
    releasing,
    reports,
    reviewing,
    rounds,
    schemes,
    sharing_out,
    signing,
    staff,
    standing,
    telling_of,
    versions,
    writing,
)

app_name = "placements"

#: For those who run schemes. What the public and applicants open stands under `placements/<owner>/`.
HERE = "o/<slug:organisation_slug>/schemes/"
SCHEME = f"{HERE}<slug:scheme_slug>/"
ONE = f"{SCHEME}applications/<slug:reference>/"
ROUND = f"{SCHEME}panel/rounds/<int:round_pk>/"
MEETING = f"{ROUND}meeting/"
ITEM = f"{MEETING}items/<slug:reference>/"
READING = f"{SCHEME}reading/<slug:reference>/"
AWARD = f"{SCHEME}awards/<str:reference>/"
CLAIM = f"{SCHEME}claims/<str:reference>/<int:number>/"
DEFINITION = f"{SCHEME}definition/"
THING = f"{DEFINITION}<str:place>/<slug:key>/"
OPEN = "placements/<slug:owner>/"
OPEN_SCHEME = f"{OPEN}<slug:scheme_slug>/"
#: The report of a year, by the row of its budget; a host's offer.
REPORT, HOST = f"{SCHEME}reports/<int:pk>/", f"{SCHEME}hosts/<int:pk>/"

# What the public and applicants open.
PUBLIC = "placements/<slug:organisation_slug>/<slug:scheme_slug>/"
OWN = f"{PUBLIC}applications/<slug:reference>/"
ASKED = f"{OWN}asked/<int:pk>/"
OWN_CLAIM = f"{OWN}claims/<int:number>/"
# What links of mails open: two parts, as no scheme's page has.
OWNER = "placements/<slug:organisation_slug>/"
BY_LINK = f"{OWNER}by-link/"


def open_page(view: type[Any], **words: Any) -> Callable[..., Any]:
    """A page that one opens without belonging to whoever runs the scheme; the view checks whose it is, and enters."""
    return opens_without_standing(view.as_view(**words))


urlpatterns = [
    # ---- Applicants
    path("placements/mine/", applying.ListOwnApplicationsView.as_view(), name="list_own_applications"),
    path(f"{PUBLIC}apply/", open_page(applying.ShowApplyView), name="apply"),
    path(f"{PUBLIC}apply/begin/", open_page(applying.BeginApplicationView), name="begin_application"),
    path(OWN, open_page(applying.ShowApplicationView), name="show_application"),
    path(f"{OWN}check/", open_page(applying.CheckAnswersView), name="check_answers"),
    path(f"{OWN}sent/", open_page(applying.ShowSentView), name="show_sent"),
    path(f"{OWN}take-back/", open_page(applying.TakeBackApplicationView), name="take_back_application"),
    path(f"{OWN}withdraw/", open_page(applying.WithdrawApplicationView), name="withdraw_application"),
    path(f"{OWN}copy/", open_page(applying.CopyApplicationView), name="copy_application"),
    path(f"{OWN}equality/", open_page(writing.EqualityView), name="answer_equality"),
    path(f"{OWN}files/<int:pk>/", open_page(writing.FetchFileView), name="fetch_own_file"),
    path(f"{OWN}parts/<slug:part>/", open_page(writing.WritePartView), name="write_part"),
    path(f"{OWN}parts/<slug:part>/save/", open_page(writing.SavePartView), name="save_part"),
    path(f"{OWN}parts/<slug:part>/hosts/<slug:key>/", open_page(writing.FindHostsView), name="find_hosts"),
    # Schemes, their panels and their money
    path(HERE, schemes.ListSchemesView.as_view(), name="list_schemes"),
    path(f"{HERE}start/", schemes.StartSchemeView.as_view(), name="start_scheme"),
    # The directory of hosts; before what may be a scheme's address.
    path(f"{HERE}directory/", directory.ListHostPlacesView.as_view(), name="list_host_places"),
    path(f"{HERE}directory/add/", directory.AddHostPlaceView.as_view(), name="add_host_place"),
    path(f"{HERE}directory/load/", directory.LoadHostPlacesView.as_view(), name="load_host_places"),
    path(f"{HERE}directory/load/confirm/", directory.ConfirmHostPlacesView.as_view(), name="confirm_host_places"),
    path(f"{HERE}directory/<int:pk>/", directory.EditHostPlaceView.as_view(), name="edit_host_place"),
    path(f"{HERE}directory/<int:pk>/merge/", directory.MergeHostPlaceView.as_view(), name="merge_host_place"),
    path(f"{HERE}directory/<int:pk>/take-back/", directory.TakeMergeBackView.as_view(), name="take_merge_back"),
    path(SCHEME, schemes.ShowSchemeView.as_view(), name="show_scheme"),
    # ---- Links of mails
    path(f"{BY_LINK}answer/", open_page(asking.AnswerAskingView), name="answer_asking"),
    path(f"{BY_LINK}answer/opened/", open_page(asking.NoteOpenedView), name="note_opened"),
    path(f"{BY_LINK}deputy/", open_page(standing.EndDeputyView), name="end_deputy"),
    path(f"{ASKED}remind/", open_page(asked.RemindAskedView), name="remind_asked"),
    path(f"{ASKED}replace/", open_page(asked.ReplaceAskedView), name="replace_asked"),
    path(f"{ASKED}accept/", open_page(asked.AcceptConditionView), name="accept_condition"),
    path(f"{ASKED}letter/", open_page(asked.FetchOwnLetterView), name="fetch_own_letter"),
    # Approval, for those who run a scheme
    path(f"{SCHEME}approvals/", approvals.ListApprovalsView.as_view(), name="list_approvals"),
    path(f"{SCHEME}approvals/<int:pk>/", approvals.EnterAnswerView.as_view(), name="enter_answer"),
    path(f"{SCHEME}approvals/<int:pk>/letter/", approvals.FetchLetterView.as_view(), name="fetch_letter"),
    path(f"{ONE}changes/", approvals.AskForChangesView.as_view(), name="ask_for_changes"),
    path(f"{SCHEME}edit/", schemes.EditSchemeView.as_view(), name="edit_scheme"),
    path(f"{SCHEME}open/", schemes.OpenSchemeView.as_view(), name="open_scheme"),
    path(f"{SCHEME}wind-down/", schemes.WindDownView.as_view(), name="wind_down"),
    path(f"{SCHEME}close/", schemes.CloseSchemeView.as_view(), name="close_scheme"),
    path(f"{SCHEME}panels/plan-many/", schemes.PlanRoundsView.as_view(), name="plan_rounds"),
    path(f"{SCHEME}panels/plan/", schemes.PlanRoundView.as_view(), name="plan_round"),
    path(f"{SCHEME}panels/<int:pk>/edit/", schemes.EditRoundView.as_view(), name="edit_round"),
    path(f"{SCHEME}panels/<int:pk>/call-off/", schemes.CallOffRoundView.as_view(), name="call_off_round"),
    path(f"{SCHEME}money/add/", schemes.AddBudgetView.as_view(), name="add_budget"),
    path(f"{SCHEME}money/<int:pk>/", schemes.EditBudgetView.as_view(), name="edit_budget"),
    # What a scheme is
    path(DEFINITION, definition.ShowDefinitionView.as_view(), name="show_definition"),
    path(f"{DEFINITION}facts/", definition.EditFactsView.as_view(), name="edit_facts"),
    path(f"{DEFINITION}report/", definition.EditReportView.as_view(), name="edit_report"),
    path(f"{DEFINITION}force/", definition.PutInForceView.as_view(), name="put_in_force"),
    path(f"{DEFINITION}throw-away/", definition.ThrowAwayView.as_view(), name="throw_away"),
    path(f"{DEFINITION}preview/", versions.PreviewView.as_view(), name="preview_form"),
    path(f"{DEFINITION}load/", versions.UploadDefinitionView.as_view(), name="upload_definition"),
    path(f"{DEFINITION}compare/", versions.CompareVersionsView.as_view(), name="compare_versions"),
    path(f"{DEFINITION}versions/<int:number>/", versions.ShowVersionView.as_view(), name="show_version"),
    path(f"{DEFINITION}versions/<int:number>.json", versions.TakeVersionOutView.as_view(), name="take_version_out"),
    path(f"{DEFINITION}<str:place>/add/", definition.AddThingView.as_view(), name="add_thing"),
    path(THING, definition.EditThingView.as_view(), name="edit_thing"),
    path(f"{THING}move/", definition.MoveThingView.as_view(), name="move_thing"),
    path(f"{THING}remove/", definition.RemoveThingView.as_view(), name="remove_thing"),
    # What anybody reads
    path(OPEN, public.ListOpenSchemesView.as_view(), name="list_open_schemes"),
    path(f"{OPEN}<slug:scheme_slug>/", public.ShowOpenSchemeView.as_view(), name="show_open_scheme"),
    path(f"{OPEN_SCHEME}figures.csv", public.TakeFiguresOutView.as_view(), name="take_scheme_figures"),
    path(f"{OPEN_SCHEME}past-awards/", public.ListPastAwardsView.as_view(), name="list_past_awards"),
    path(f"{OPEN_SCHEME}hosts/", public.ListHostOffersView.as_view(), name="list_host_offers"),
    path(
        f"{OPEN_SCHEME}reports/<int:pk>/report.<slug:format>",
        public.TakePublishedReportView.as_view(),
        name="take_published_report",
    ),
    path(f"{PUBLIC}hosts/offer/", open_page(hosting.SayOfferView), name="say_offer"),
    path(f"{BY_LINK}host/", open_page(hosting.ChangeOwnOfferView), name="change_own_offer"),
    # For the public, by those who run the scheme: reports of years, hosts, past awards.
    path(f"{SCHEME}reports/", fund.ListFundReportsView.as_view(), name="list_fund_reports"),
    path(REPORT, fund.ShowFundReportView.as_view(), name="show_fund_report"),
    path(f"{REPORT}begin/", fund.BeginFundReportView.as_view(), name="begin_fund_report"),
    path(f"{REPORT}write/", fund.WriteFundReportView.as_view(), name="write_fund_report"),
    path(f"{REPORT}report.<slug:format>", fund.TakeFundReportOutView.as_view(), name="take_fund_report_out"),
    path(f"{REPORT}pdf/", fund.MakeFundDraftView.as_view(), name="make_fund_draft"),
    path(f"{REPORT}publish/", fund.PublishFundReportView.as_view(), name="publish_fund_report"),
    path(f"{REPORT}make-again/", fund.MakeFundReportAgainView.as_view(), name="make_fund_report_again"),
    path(f"{REPORT}take-down/", fund.TakeFundReportDownView.as_view(), name="take_fund_report_down"),
    path(f"{SCHEME}hosts/", hosting.ListOffersView.as_view(), name="list_offers"),
    path(f"{SCHEME}hosts/record/", hosting.RecordOfferView.as_view(), name="record_offer"),
    path(f"{HOST}edit/", hosting.EditOfferView.as_view(), name="edit_offer"),
    path(f"{HOST}show/", hosting.ShowOfferView.as_view(), name="show_offer"),
    path(f"{HOST}decline/", hosting.DeclineOfferView.as_view(), name="decline_offer"),
    path(f"{HOST}withdraw/", hosting.WithdrawOfferView.as_view(), name="withdraw_offer"),
    path(f"{SCHEME}past-awards/", telling_of.ListToldView.as_view(), name="list_told"),
    path(f"{SCHEME}past-awards/<int:pk>/show/", telling_of.PutOnPageView.as_view(), name="put_on_page"),
    path(f"{SCHEME}past-awards/<int:pk>/hide/", telling_of.TakeOffPageView.as_view(), name="take_off_page"),
    # What came in, for those who run the scheme.
    path(f"{SCHEME}applications/", eligibility.ListApplicationsView.as_view(), name="list_applications"),
    path(
        f"{SCHEME}applications/take-out.<slug:format>",
        eligibility.TakeApplicationsOutView.as_view(),
        name="take_applications_out",
    ),
    path(ONE, eligibility.LookAtApplicationView.as_view(), name="look_at_application"),
    path(f"{ONE}files/<int:pk>/", eligibility.FetchApplicationFileView.as_view(), name="fetch_application_file"),
    path(f"{ONE}eligible/", eligibility.FindEligibleView.as_view(), name="find_eligible"),
    path(f"{ONE}not-eligible/", eligibility.FindIneligibleView.as_view(), name="find_ineligible"),
    path(f"{ONE}look-again/", eligibility.LookAgainView.as_view(), name="look_again"),
    path(f"{ONE}conflicts/note/", eligibility.NoteConflictView.as_view(), name="note_conflict"),
    path(f"{ONE}conflicts/mine/", eligibility.DeclareAsStaffView.as_view(), name="declare_as_staff"),
    path(f"{ONE}conflicts/<int:pk>/waive/", eligibility.WaiveView.as_view(), name="waive_conflict"),
    path(f"{ONE}blacken/", eligibility.BlackenView.as_view(), name="blacken_words"),
    path(f"{ONE}blacken/<int:pk>/show/", eligibility.ShowAgainView.as_view(), name="show_words_again"),
    path(f"{ONE}redacted/", redacting.RedactFilesView.as_view(), name="redact_files"),
    path(f"{ONE}redacted/<int:pk>/", redacting.FetchRedactedView.as_view(), name="fetch_redacted"),
    path(f"{ONE}redacted/<int:pk>/remove/", redacting.RemoveRedactedView.as_view(), name="remove_redacted"),
    path(f"{ONE}readers/add/", panel.AddReaderView.as_view(), name="add_reader"),
    path(f"{ONE}readers/<int:pk>/take-away/", panel.TakeAwayView.as_view(), name="take_reading_away"),
    # The panel.
    path(f"{SCHEME}panel/", panel.ListMembersView.as_view(), name="list_members"),
    path(f"{SCHEME}panel/add/", panel.AddMemberView.as_view(), name="add_member"),
    path(f"{SCHEME}panel/<int:pk>/", panel.EditMemberView.as_view(), name="edit_member"),
    path(f"{SCHEME}panel/<int:pk>/new-term/", panel.BeginTermView.as_view(), name="begin_term"),
    path(f"{ROUND}leaders/", panel.NameLeadersView.as_view(), name="name_leaders"),
    # The meeting.
    path(MEETING, meeting.ShowMeetingView.as_view(), name="show_meeting"),
    path(f"{MEETING}begin/", meeting.BeginMeetingView.as_view(), name="begin_meeting"),
    path(f"{MEETING}by-mean/", meeting.OrderByMeanView.as_view(), name="order_by_mean"),
    path(f"{MEETING}agenda.<slug:format>", meeting.TakeAgendaOutView.as_view(), name="take_agenda_out"),
    path(f"{MEETING}minutes.<slug:format>", meeting.TakeMinutesOutView.as_view(), name="take_minutes_out"),
    path(f"{MEETING}outcomes/", releasing.ReleaseOutcomesView.as_view(), name="release_outcomes"),
    path(ITEM, items.ShowItemView.as_view(), name="show_item"),
    path(f"{ITEM}move/", items.MoveItemView.as_view(), name="move_item"),
    path(f"{ITEM}call/", items.OpenItemView.as_view(), name="open_item"),
    path(f"{ITEM}heard/", items.CloseItemView.as_view(), name="close_item"),
    path(f"{ITEM}notes/", items.KeepNotesView.as_view(), name="keep_notes"),
    path(f"{ITEM}take-back/", items.TakeOutcomeBackView.as_view(), name="take_outcome_back"),
    path(ROUND, rounds.ShowPanelView.as_view(), name="show_panel"),
    path(f"{ROUND}readers/", rounds.ShowReadersView.as_view(), name="show_readers"),
    path(f"{ROUND}score-by/", rounds.ScoreByView.as_view(), name="set_score_by"),
    path(f"{ROUND}readers/<int:pk>/write/", rounds.WriteToReaderView.as_view(), name="write_to_reader"),
    path(f"{ROUND}share-out/", sharing_out.ShareOutView.as_view(), name="share_out"),
    path(f"{ROUND}share-out/accept/", sharing_out.AcceptShareOutView.as_view(), name="accept_share_out"),
    path(f"{ROUND}names/", rounds.ShowNamesView.as_view(), name="show_names"),
    # What a member reads.
    path(f"{SCHEME}reading/", reviewing.ListReadingView.as_view(), name="list_reading"),
    path(f"{SCHEME}reading/declared/", declarations.ListDeclarationsView.as_view(), name="list_declarations"),
    path(f"{SCHEME}reading/pack/", packs.ShowPacksView.as_view(), name="show_packs"),
    path(f"{SCHEME}reading/pack-with-files.zip", packs.PackWithFilesView.as_view(), name="take_pack_with_files"),
    path(f"{SCHEME}reading/pack.<slug:format>", packs.PackView.as_view(), name="take_reading_pack"),
    path(f"{SCHEME}reading/declare-many/", rounds.DeclareManyView.as_view(), name="declare_many"),
    path(f"{READING}files/<int:pk>/", reviewing.ReadFileView.as_view(), name="read_file"),
    path(f"{READING}letters/<int:pk>/", reviewing.ReadLetterView.as_view(), name="read_letter"),
    path(READING, reviewing.ReadApplicationView.as_view(), name="read_application"),
    path(f"{READING}declare/", reviewing.DeclareView.as_view(), name="declare"),
    path(
        f"{SCHEME}reading/declared/<int:pk>/take-back/",
        declarations.TakeDeclarationBackView.as_view(),
        name="take_declaration_back",
    ),
    path(f"{READING}pack.<slug:format>", packs.OnePackView.as_view(), name="take_one_reading"),
    path(f"{READING}abstain/", reviewing.AbstainView.as_view(), name="abstain"),
    path(f"{READING}step-back/", declarations.StepBackView.as_view(), name="recuse"),
    # Awards, for those who run the scheme.
    path(f"{SCHEME}awards/", staff.ListAwardsView.as_view(), name="list_awards"),
    path(f"{SCHEME}awards/take-out.<slug:format>", staff.TakeAwardsOutView.as_view(), name="take_awards_out"),
    path(f"{SCHEME}awards/offer-next/<int:pk>/", staff.OfferNextView.as_view(), name="offer_next"),
    path(f"{SCHEME}outcomes/", staff.ListOutcomesView.as_view(), name="list_outcomes"),
    path(f"{SCHEME}outcomes/take-out.<slug:format>", staff.TakeOutcomesOutView.as_view(), name="take_outcomes_out"),
    path(f"{SCHEME}stories/", staff.ListStoriesView.as_view(), name="list_stories"),
    path(AWARD, staff.ShowAwardView.as_view(), name="show_award"),
    path(f"{AWARD}agreement/", staff.TakeAgreementView.as_view(), name="take_agreement"),
    path(f"{AWARD}signatures/<int:pk>/", staff.AskAgainView.as_view(), name="ask_again"),
    path(f"{AWARD}change/", staff.ChangeAwardView.as_view(), name="change_award"),
    path(f"{AWARD}changes/<int:pk>/approve/", staff.ApproveChangeView.as_view(), name="approve_change"),
    path(f"{AWARD}changes/<int:pk>/decline/", staff.DeclineChangeView.as_view(), name="decline_change"),
    path(f"{AWARD}changes/drop/", staff.DropChangeView.as_view(), name="drop_change"),
    path(f"{AWARD}days/", staff.AskDaysView.as_view(), name="ask_days"),
    path(f"{AWARD}days/write-down/", staff.EnterDaysView.as_view(), name="enter_days"),
    path(f"{AWARD}letters/<int:pk>/", staff.MendLetterView.as_view(), name="mend_letter"),
    path(f"{AWARD}report/accept/", staff.AcceptReportView.as_view(), name="accept_report"),
    path(f"{AWARD}report/due/", staff.MoveDueView.as_view(), name="move_report_due"),
    path(f"{AWARD}report.pdf", staff.TakeReportView.as_view(), name="take_report"),
    path(f"{AWARD}report/return/", staff.ReturnReportView.as_view(), name="return_report"),
    path(f"{AWARD}repayment/", staff.TakeRepaymentView.as_view(), name="take_repayment"),
    path(f"{AWARD}files/<int:pk>/", following.FetchOutcomeFileView.as_view(), name="fetch_outcome_file"),
    path(f"{AWARD}offer-until/", staff.ExtendOfferView.as_view(), name="extend_offer"),
    path(f"{AWARD}finish/", staff.FinishView.as_view(), name="finish"),
    path(f"{AWARD}call-off/", staff.CallOffView.as_view(), name="call_off_award"),
    # Claims, for whoever keeps the money.
    path(f"{SCHEME}claims/", money.ListClaimsView.as_view(), name="list_claims"),
    path(f"{SCHEME}claims.csv", money.TakeClaimsOutView.as_view(), name="take_claims_out"),
    path(f"{SCHEME}payments.csv", money.TakeMovementsOutView.as_view(), name="take_movements_out"),
    path(CLAIM, money.LookAtClaimView.as_view(), name="look_at_claim"),
    path(f"{CLAIM}approve/", money.ApproveClaimView.as_view(), name="approve_claim"),
    path(f"{CLAIM}return/", money.ReturnClaimView.as_view(), name="return_claim"),
    path(f"{CLAIM}pay/take-back/", money.TakePaymentBackView.as_view(), name="take_payment_back"),
    path(f"{CLAIM}pay/", money.PayClaimView.as_view(), name="pay_claim"),
    path(f"{CLAIM}receipts/<int:pk>/", money.FetchClaimReceiptView.as_view(), name="fetch_claim_receipt"),
    # Whose time is over, and equality figures.
    path(f"{SCHEME}keeping/", keeping.ShowKeepingView.as_view(), name="show_keeping"),
    path(f"{SCHEME}keeping/start/", keeping.StartStrippingView.as_view(), name="start_stripping"),
    path(f"{SCHEME}keeping/stop/", keeping.StopStrippingView.as_view(), name="stop_stripping"),
    path(f"{ONE}keep/", keeping.PlaceHoldView.as_view(), name="place_hold"),
    path(f"{ONE}let-go/", keeping.LiftHoldView.as_view(), name="lift_hold"),
    path(f"{SCHEME}equality/", keeping.ShowEqualityFiguresView.as_view(), name="show_equality_figures"),
    path(f"{SCHEME}equality/<int:year>/make/", keeping.MakeEqualityFiguresView.as_view(), name="make_equality_figures"),
    path(f"{SCHEME}equality/<int:year>.csv", keeping.TakeEqualityFiguresOutView.as_view(), name="take_equality_figures_out"),
    # By the link of a letter about an award; and whether a certificate is genuine.
    path(f"{BY_LINK}sign/", open_page(signing.SignAgreementView), name="sign_agreement"),
    path(f"{BY_LINK}sign/copy/", open_page(signing.TakeAgreementOutView), name="take_agreement_out"),
    path(f"{BY_LINK}days/", open_page(signing.ConfirmDaysView), name="confirm_days"),
    path(f"{BY_LINK}outcome/", open_page(signing.AnswerOutcomeView), name="answer_outcome"),
    path(
        f"{OWNER}certificates/<str:code>/", open_page(signing.CheckCertificateView), name="check_certificate"
    ),
    # What whoever was awarded does.
    path(f"{OWN}award/accept/", open_page(awards.AcceptAwardView), name="accept_award"),
    path(f"{OWN}award/turn-down/", open_page(awards.TurnDownView), name="turn_down_award"),
    path(f"{OWN}award/change/", open_page(awards.AskChangeView), name="ask_change"),
    path(f"{OWN}award/cannot-go/", open_page(awards.CannotGoView), name="cannot_go"),
    path(f"{OWN}award/link/", open_page(awards.SendMineAgainView), name="send_mine_again"),
    path(
        f"{OWN}award/agreement/", open_page(awards.TakeOwnAgreementOutView), name="take_own_agreement_out"
    ),
    path(f"{OWN}claims/begin/", open_page(claims.BeginClaimView), name="begin_claim"),
    path(OWN_CLAIM, open_page(claims.ShowClaimView), name="show_claim"),
    path(f"{OWN_CLAIM}send/", open_page(claims.SendClaimView), name="send_claim"),
    path(f"{OWN_CLAIM}take-back/", open_page(claims.DropClaimView), name="drop_claim"),
    path(f"{OWN_CLAIM}lines/<int:pk>/remove/", open_page(claims.RemoveLineView), name="remove_claim_line"),
    path(f"{OWN_CLAIM}receipts/<int:pk>/", open_page(claims.FetchReceiptView), name="fetch_receipt"),
    path(f"{OWN}report/", open_page(reports.WriteReportView), name="write_report"),
    path(f"{OWN}report.pdf", open_page(reports.TakeReportOutView), name="take_report_out"),
    path(f"{OWN}certificate/", open_page(reports.TakeCertificateOutView), name="take_certificate_out"),
    path(f"{OWN}development/", open_page(reports.LogDevelopmentView), name="log_development"),
    path(f"{OWN}evidence/", open_page(reports.GiveToEmployerView), name="give_to_employer"),
    path(f"{OWN}outcomes/<str:key>/link/", open_page(reports.SendOutcomeAgainView), name="send_outcome_again"),
    path(f"{OWN}story/", open_page(reports.OfferStoryView), name="offer_story"),
    path(f"{OWN}story/take-back/", open_page(reports.WithdrawStoryView), name="withdraw_story"),
    path(
        f"{OWN}report/files/<int:pk>/",
        open_page(following.FetchOwnOutcomeFileView),
        name="fetch_own_outcome_file",
    ),
    path(f"{OWN}told/", open_page(reports.AgreeToldView), name="agree_told"),
    path(f"{OWN}told/take-back/", open_page(reports.TakeBackToldView), name="take_back_told"),
    path(f"{OWN}session/", open_page(reports.RecordSessionView), name="record_session"),
]  # fmt: skip
