from django.urls import path

from desaga.organisations.middleware import opens_without_standing as without_standing

from .views import (
    applying,
    awards,
    claims,
    eligibility,
    items,
    meeting,
    money,
    panel,
    releasing,
    reports,
    reviewing,
    rounds,
    schemes,
    signing,
    staff,
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
#: What applicants open, and what a link opens.
OWNER = "placements/<slug:organisation_slug>/"
BY_LINK = f"{OWNER}by-link/"
APPLICATION = f"{OWNER}<slug:scheme_slug>/<str:reference>/"
OWN_CLAIM = f"{APPLICATION}claims/<int:number>/"

urlpatterns = [
    path(HERE, schemes.ListSchemesView.as_view(), name="list_schemes"),
    path(SCHEME, schemes.ShowSchemeView.as_view(), name="show_scheme"),
    # What came in, for those who run the scheme.
    path(f"{SCHEME}applications/", eligibility.ListApplicationsView.as_view(), name="list_applications"),
    path(
        f"{SCHEME}applications/take-out.<slug:format>",
        eligibility.TakeApplicationsOutView.as_view(),
        name="take_applications_out",
    ),
    path(ONE, eligibility.LookAtApplicationView.as_view(), name="look_at_application"),
    path(f"{ONE}eligible/", eligibility.FindEligibleView.as_view(), name="find_eligible"),
    path(f"{ONE}not-eligible/", eligibility.FindIneligibleView.as_view(), name="find_ineligible"),
    path(f"{ONE}look-again/", eligibility.LookAgainView.as_view(), name="look_again"),
    path(f"{ONE}conflicts/note/", eligibility.NoteConflictView.as_view(), name="note_conflict"),
    path(f"{ONE}conflicts/mine/", eligibility.DeclareAsStaffView.as_view(), name="declare_as_staff"),
    path(f"{ONE}conflicts/<int:pk>/waive/", eligibility.WaiveView.as_view(), name="waive_conflict"),
    path(f"{ONE}blacken/", eligibility.BlackenView.as_view(), name="blacken_words"),
    path(f"{ONE}blacken/<int:pk>/show/", eligibility.ShowAgainView.as_view(), name="show_words_again"),
    path(f"{ONE}readers/add/", panel.AddReaderView.as_view(), name="add_reader"),
    path(f"{ONE}readers/<int:pk>/take-away/", panel.TakeAwayView.as_view(), name="take_reading_away"),
    # The panel.
    path(f"{SCHEME}panel/", panel.ListMembersView.as_view(), name="list_members"),
    path(f"{SCHEME}panel/add/", panel.AddMemberView.as_view(), name="add_member"),
    path(f"{SCHEME}panel/<int:pk>/", panel.EditMemberView.as_view(), name="edit_member"),
    path(f"{ROUND}leaders/", panel.NameLeadersView.as_view(), name="name_leaders"),
    # The meeting.
    path(MEETING, meeting.ShowMeetingView.as_view(), name="show_meeting"),
    path(f"{MEETING}begin/", meeting.BeginMeetingView.as_view(), name="begin_meeting"),
    path(f"{MEETING}by-mean/", meeting.OrderByMeanView.as_view(), name="order_by_mean"),
    path(f"{MEETING}minutes.<slug:format>", meeting.TakeMinutesOutView.as_view(), name="take_minutes_out"),
    path(f"{MEETING}outcomes/", releasing.ReleaseOutcomesView.as_view(), name="release_outcomes"),
    path(ITEM, items.ShowItemView.as_view(), name="show_item"),
    path(f"{ITEM}move/", items.MoveItemView.as_view(), name="move_item"),
    path(f"{ITEM}call/", items.OpenItemView.as_view(), name="open_item"),
    path(f"{ITEM}heard/", items.CloseItemView.as_view(), name="close_item"),
    path(f"{ITEM}notes/", items.KeepNotesView.as_view(), name="keep_notes"),
    path(f"{ITEM}take-back/", items.TakeOutcomeBackView.as_view(), name="take_outcome_back"),
    path(ROUND, rounds.ShowPanelView.as_view(), name="show_panel"),
    path(f"{ROUND}share-out/", rounds.ShareOutView.as_view(), name="share_out"),
    path(f"{ROUND}share-out/accept/", rounds.AcceptShareOutView.as_view(), name="accept_share_out"),
    path(f"{ROUND}names/", rounds.ShowNamesView.as_view(), name="show_names"),
    # What a member reads.
    path(f"{SCHEME}reading/", reviewing.ListReadingView.as_view(), name="list_reading"),
    path(f"{SCHEME}reading/declare-many/", rounds.DeclareManyView.as_view(), name="declare_many"),
    path(f"{SCHEME}reading/pack.<slug:format>", reviewing.PackView.as_view(), name="take_reading_pack"),
    path(READING, reviewing.ReadApplicationView.as_view(), name="read_application"),
    path(f"{READING}declare/", reviewing.DeclareView.as_view(), name="declare"),
    path(f"{READING}pack.<slug:format>", reviewing.OnePackView.as_view(), name="take_one_reading"),
    path(f"{READING}abstain/", reviewing.AbstainView.as_view(), name="abstain"),
    path(f"{READING}step-back/", reviewing.RecuseView.as_view(), name="recuse"),
    # Awards, for those who run the scheme.
    path(f"{SCHEME}awards/", staff.ListAwardsView.as_view(), name="list_awards"),
    path(f"{SCHEME}awards/offer-next/<int:pk>/", staff.OfferNextView.as_view(), name="offer_next"),
    path(f"{SCHEME}stories/", staff.ListStoriesView.as_view(), name="list_stories"),
    path(AWARD, staff.ShowAwardView.as_view(), name="show_award"),
    path(f"{AWARD}agreement/", staff.TakeAgreementView.as_view(), name="take_agreement"),
    path(f"{AWARD}signatures/<int:pk>/", staff.AskAgainView.as_view(), name="ask_again"),
    path(f"{AWARD}change/", staff.ChangeAwardView.as_view(), name="change_award"),
    path(f"{AWARD}changes/<int:pk>/approve/", staff.ApproveChangeView.as_view(), name="approve_change"),
    path(f"{AWARD}changes/<int:pk>/decline/", staff.DeclineChangeView.as_view(), name="decline_change"),
    path(f"{AWARD}changes/drop/", staff.DropChangeView.as_view(), name="drop_change"),
    path(f"{AWARD}days/", staff.AskDaysView.as_view(), name="ask_days"),
    path(f"{AWARD}report/accept/", staff.AcceptReportView.as_view(), name="accept_report"),
    path(f"{AWARD}report/return/", staff.ReturnReportView.as_view(), name="return_report"),
    path(f"{AWARD}repayment/", staff.TakeRepaymentView.as_view(), name="take_repayment"),
    path(f"{AWARD}finish/", staff.FinishView.as_view(), name="finish"),
    path(f"{AWARD}call-off/", staff.CallOffView.as_view(), name="call_off_award"),
    # Claims, for whoever keeps the money.
    path(f"{SCHEME}claims/", money.ListClaimsView.as_view(), name="list_claims"),
    path(f"{SCHEME}claims.csv", money.TakeClaimsOutView.as_view(), name="take_claims_out"),
    path(CLAIM, money.LookAtClaimView.as_view(), name="look_at_claim"),
    path(f"{CLAIM}approve/", money.ApproveClaimView.as_view(), name="approve_claim"),
    path(f"{CLAIM}return/", money.ReturnClaimView.as_view(), name="return_claim"),
    path(f"{CLAIM}pay/", money.PayClaimView.as_view(), name="pay_claim"),
    path(f"{CLAIM}receipts/<int:pk>/", money.FetchClaimReceiptView.as_view(), name="fetch_claim_receipt"),
    # By the link of a letter about an award; and whether a certificate is genuine.
    path(f"{BY_LINK}sign/", without_standing(signing.SignAgreementView.as_view()), name="sign_agreement"),
    path(f"{BY_LINK}sign/copy/", without_standing(signing.TakeAgreementOutView.as_view()), name="take_agreement_out"),
    path(f"{BY_LINK}days/", without_standing(signing.ConfirmDaysView.as_view()), name="confirm_days"),
    path(f"{BY_LINK}outcome/", without_standing(signing.AnswerOutcomeView.as_view()), name="answer_outcome"),
    path(
        f"{OWNER}certificates/<str:code>/", without_standing(signing.CheckCertificateView.as_view()), name="check_certificate"
    ),
    # What whoever was awarded does.
    path(f"{APPLICATION}award/accept/", without_standing(awards.AcceptAwardView.as_view()), name="accept_award"),
    path(f"{APPLICATION}award/turn-down/", without_standing(awards.TurnDownView.as_view()), name="turn_down_award"),
    path(f"{APPLICATION}award/change/", without_standing(awards.AskChangeView.as_view()), name="ask_change"),
    path(f"{APPLICATION}award/link/", without_standing(awards.SendMineAgainView.as_view()), name="send_mine_again"),
    path(
        f"{APPLICATION}award/agreement/", without_standing(awards.TakeOwnAgreementOutView.as_view()), name="take_own_agreement_out"
    ),
    path(f"{APPLICATION}claims/begin/", without_standing(claims.BeginClaimView.as_view()), name="begin_claim"),
    path(OWN_CLAIM, without_standing(claims.ShowClaimView.as_view()), name="show_claim"),
    path(f"{OWN_CLAIM}send/", without_standing(claims.SendClaimView.as_view()), name="send_claim"),
    path(f"{OWN_CLAIM}take-back/", without_standing(claims.DropClaimView.as_view()), name="drop_claim"),
    path(f"{OWN_CLAIM}lines/<int:pk>/remove/", without_standing(claims.RemoveLineView.as_view()), name="remove_claim_line"),
    path(f"{OWN_CLAIM}receipts/<int:pk>/", without_standing(claims.FetchReceiptView.as_view()), name="fetch_receipt"),
    path(f"{APPLICATION}report/", without_standing(reports.WriteReportView.as_view()), name="write_report"),
    path(f"{APPLICATION}certificate/", without_standing(reports.TakeCertificateOutView.as_view()), name="take_certificate_out"),
    path(f"{APPLICATION}development/", without_standing(reports.LogDevelopmentView.as_view()), name="log_development"),
    path(f"{APPLICATION}evidence/", without_standing(reports.GiveToEmployerView.as_view()), name="give_to_employer"),
    path(f"{APPLICATION}story/", without_standing(reports.OfferStoryView.as_view()), name="offer_story"),
    path(f"{APPLICATION}story/take-back/", without_standing(reports.WithdrawStoryView.as_view()), name="withdraw_story"),
    path(f"{APPLICATION}session/", without_standing(reports.RecordSessionView.as_view()), name="record_session"),
    # The applicant's page of an application.
    path(APPLICATION, without_standing(applying.ShowApplicationView.as_view()), name="show_application"),
]  # fmt: skip
