from django.urls import path

from .views import (
    definitions,
    extracts,
    figures,
    home,
    people,
    presses,
    readiness,
    releases,
    settling,
    staff_record,
    stating,
    who,
)

app_name = "workforce"

HERE = "workforce/"
EXTRACT = f"{HERE}extracts/<int:pk>/"
DEFINITION = f"{HERE}definition/"
DRAFT = f"{DEFINITION}draft/"
TECHNICAL = f"{HERE}snapshots/<int:pk>/technical-staff/"
RELEASES = f"{HERE}releases/"
RELEASE = f"{RELEASES}<int:pk>/"

urlpatterns = [
    path(HERE, home.ShowWorkforceView.as_view(), name="show_workforce"),
    path(f"{HERE}limits/", home.EditLimitsView.as_view(), name="edit_limits"),
    path(f"{HERE}code-lists/", home.ListCodeListsView.as_view(), name="list_code_lists"),
    path(f"{HERE}snapshots/<int:pk>/", home.ShowSnapshotView.as_view(), name="show_snapshot"),
    path(f"{HERE}snapshots/<int:pk>/who-is-whom/", who.ListMatchesView.as_view(), name="list_matches"),
    path(f"{HERE}extracts/hand-in/", extracts.HandInExtractView.as_view(), name="hand_in_extract"),
    path(EXTRACT, extracts.ShowExtractView.as_view(), name="show_extract"),
    path(f"{EXTRACT}columns/", extracts.MapColumnsView.as_view(), name="map_columns"),
    path(f"{EXTRACT}sheet/", extracts.ReadOtherSheetView.as_view(), name="read_other_sheet"),
    path(f"{EXTRACT}codes/", extracts.ChooseCodesView.as_view(), name="choose_codes"),
    path(f"{EXTRACT}ask-check/", presses.AskCheckView.as_view(), name="ask_check"),
    path(f"{EXTRACT}check/", extracts.CheckExtractView.as_view(), name="check_extract"),
    path(f"{EXTRACT}people/", who.ListMovedView.as_view(), name="list_moved"),
    path(f"{EXTRACT}faults.<slug:format>", extracts.TakeFaultsOutView.as_view(), name="take_faults_out"),
    path(f"{EXTRACT}matches/<int:match_pk>/settle/", presses.SettleMatchView.as_view(), name="settle_match"),
    path(f"{EXTRACT}matches/settle-rest/", presses.SettleRestView.as_view(), name="settle_rest"),
    path(f"{EXTRACT}agree/", presses.AgreeChangeView.as_view(), name="agree_change"),
    path(f"{EXTRACT}load/", presses.LoadExtractView.as_view(), name="load_extract"),
    path(f"{EXTRACT}halt/", presses.HaltView.as_view(), name="halt"),
    path(f"{EXTRACT}resume/", presses.ResumeView.as_view(), name="resume"),
    path(f"{EXTRACT}throw-away/", extracts.ThrowAwayView.as_view(), name="throw_away"),
    path(DEFINITION, definitions.ShowDefinitionView.as_view(), name="show_definition"),
    path(f"{DEFINITION}start/", definitions.StartDraftView.as_view(), name="start_draft"),
    path(f"{DEFINITION}take-in/", definitions.TakeDefinitionInView.as_view(), name="take_definition_in"),
    path(f"{DEFINITION}versions/<int:pk>/", definitions.ShowVersionView.as_view(), name="show_version"),
    path(
        f"{DEFINITION}versions/<int:pk>/take-out/",
        definitions.TakeDefinitionOutView.as_view(),
        name="take_definition_out",
    ),
    path(f"{DEFINITION}decisions/", people.ListDecisionsView.as_view(), name="list_decisions"),
    path(f"{DEFINITION}decisions/take-back/", people.TakeBackView.as_view(), name="take_back"),
    path(DRAFT, definitions.EditDraftView.as_view(), name="edit_draft"),
    path(f"{DRAFT}settings/", definitions.EditDraftSettingsView.as_view(), name="edit_draft_settings"),
    path(f"{DRAFT}adopt/", definitions.AdoptDraftView.as_view(), name="adopt_draft"),
    path(f"{DRAFT}throw-away/", definitions.ThrowDraftAwayView.as_view(), name="throw_draft_away"),
    path(f"{DRAFT}rules/add/", definitions.AddRuleView.as_view(), name="add_rule"),
    path(f"{DRAFT}rules/<int:number>/", definitions.EditRuleView.as_view(), name="edit_rule"),
    path(f"{DRAFT}rules/<int:number>/move/", definitions.MoveRuleView.as_view(), name="move_rule"),
    path(f"{DRAFT}rules/<int:number>/remove/", definitions.RemoveRuleView.as_view(), name="remove_rule"),
    path(TECHNICAL, settling.ShowClassificationView.as_view(), name="show_classification"),
    path(f"{TECHNICAL}work-out/", settling.AskClassifyView.as_view(), name="ask_classify"),
    path(f"{TECHNICAL}compare/", settling.CompareVersionsView.as_view(), name="compare_versions"),
    path(f"{TECHNICAL}borderline/", people.ListBorderlineView.as_view(), name="list_borderline"),
    path(f"{TECHNICAL}borderline/one/", people.ShowBorderlineView.as_view(), name="show_borderline"),
    path(f"{TECHNICAL}borderline/answer/", people.AnswerBorderlineView.as_view(), name="answer_borderline"),
    path(f"{TECHNICAL}people/", people.FindPersonView.as_view(), name="find_person"),
    path(f"{TECHNICAL}people/<uuid:key>/", people.ShowClassifiedView.as_view(), name="show_classified"),
    path(f"{HERE}counted-by/", stating.ShowStatementView.as_view(), name="show_statement"),
    path(f"{HERE}counted-by/edit/", stating.EditStatementView.as_view(), name="edit_statement"),
    path(f"{HERE}comparators/add/", stating.AddComparatorView.as_view(), name="add_comparator"),
    path(f"{HERE}comparators/<int:pk>/edit/", stating.EditComparatorView.as_view(), name="edit_comparator"),
    path(f"{HERE}comparators/<int:pk>/remove/", stating.RemoveComparatorView.as_view(), name="remove_comparator"),
    path(f"{HERE}posts/enter/", stating.EnterPostsView.as_view(), name="enter_posts"),
    path(f"{HERE}posts/take-in/", stating.TakePostsInView.as_view(), name="take_posts_in"),
    path(
        f"{HERE}snapshots/<int:pk>/take-vacant-posts/", stating.TakeVacantPostsView.as_view(), name="take_vacant_posts"
    ),
    path(f"{HERE}posts/<int:pk>/correct/", stating.CorrectPostsView.as_view(), name="correct_posts"),
    path(f"{HERE}posts/<int:pk>/remove/", stating.RemovePostsView.as_view(), name="remove_posts"),
    path(f"{HERE}readiness/", readiness.ShowReadinessView.as_view(), name="show_readiness"),
    path(f"{HERE}readiness/measure/", readiness.MeasureReadinessView.as_view(), name="measure_readiness"),
    path(f"{HERE}readiness.<slug:format>", readiness.TakeReadinessOutView.as_view(), name="take_readiness_out"),
    path(
        f"{HERE}snapshots/<int:pk>/staff-record/", staff_record.ShowStaffRecordView.as_view(), name="show_staff_record"
    ),
    path(
        f"{HERE}snapshots/<int:pk>/staff-record/check/",
        staff_record.CheckStaffRecordView.as_view(),
        name="check_staff_record",
    ),
    path(
        f"{HERE}snapshots/<int:pk>/staff-record/<slug:kind>/",
        staff_record.TakeStaffRecordOutView.as_view(),
        name="take_staff_record_out",
    ),
    path(f"{HERE}figures/", figures.ShowFiguresView.as_view(), name="show_figures"),
    path(f"{HERE}figures/<slug:figure>/", figures.ShowFigureView.as_view(), name="show_figure"),
    path(f"{HERE}public/", figures.ShowPublicChoiceView.as_view(), name="show_public_choice"),
    path(f"{HERE}public/show/", figures.ShowToPublicView.as_view(), name="show_to_public"),
    path(f"{HERE}public/hide/", figures.HideFromPublicView.as_view(), name="hide_from_public"),
    path(RELEASES, releases.ListReleasesView.as_view(), name="list_releases"),
    path(f"{RELEASES}prepare/", releases.PrepareReleaseView.as_view(), name="prepare_release"),
    path(RELEASE, releases.ShowReleaseView.as_view(), name="show_release"),
    path(f"{RELEASE}exact/", releases.ShowExactView.as_view(), name="show_exact"),
    path(f"{RELEASE}release/", releases.ReleaseView.as_view(), name="release"),
    path(f"{RELEASE}restate/", releases.RestateReleaseView.as_view(), name="restate_release"),
    path(f"{RELEASE}withdraw/", releases.WithdrawReleaseView.as_view(), name="withdraw_release"),
    path(f"{RELEASE}count-again/", releases.CountAgainView.as_view(), name="count_again"),
    path(f"{RELEASE}take-up-again/", releases.TakeUpAgainView.as_view(), name="take_up_again"),
    path(f"{RELEASE}drop/", releases.DropReleaseView.as_view(), name="drop_release"),
    path(f"{RELEASE}<slug:audience>.<slug:format>", figures.TakeReleaseOutView.as_view(), name="take_release_out"),
]
