from django.urls import path

from .views import actions, coverage, files, imports, newer, overview, plans, rows, timeline, usual

app_name = "plans"

PLAN, ACTION = "plans/<int:plan_pk>/", "plans/<int:plan_pk>/actions/<int:pk>/"
IMPORT, ROW = "imports/<int:pk>/", "imports/<int:document_pk>/rows/<int:pk>/"

urlpatterns = [
    path("plans/", plans.ListPlansView.as_view(), name="list_plans"),
    path("plans/start/", plans.StartPlanView.as_view(), name="start_plan"),
    path(PLAN, plans.ShowPlanView.as_view(), name="show_plan"),
    path(f"{PLAN}overview/", overview.ShowPlanOverviewView.as_view(), name="show_plan_overview"),
    path(f"{PLAN}timeline/", timeline.ShowPlanTimelineView.as_view(), name="show_plan_timeline"),
    path(f"{PLAN}coverage/", coverage.ShowPlanCoverageView.as_view(), name="show_plan_coverage"),
    path(f"{PLAN}usual/", usual.ShowPlanUsualView.as_view(), name="show_plan_usual"),
    path(f"{PLAN}glossary/", plans.ShowPlanGlossaryView.as_view(), name="show_plan_glossary"),
    path(f"{PLAN}about/", plans.ShowPlanHistoryView.as_view(), name="show_plan_history"),
    path(f"{PLAN}edit/", plans.EditPlanView.as_view(), name="edit_plan"),
    path(f"{PLAN}state/<slug:transition>/", plans.ChangePlanStateView.as_view(), name="change_plan_state"),
    path(f"{PLAN}take-out/<slug:view>.<slug:format>", files.TakeOutView.as_view(), name="take_out"),
    path(f"{PLAN}versions/", newer.ListVersionsView.as_view(), name="list_versions"),
    path(f"{PLAN}versions/keep/", newer.KeepVersionView.as_view(), name="keep_version"),
    path(f"{PLAN}versions/<int:number>/", newer.ShowVersionView.as_view(), name="show_version"),
    path(f"{PLAN}versions/<int:number>/file/", newer.DownloadVersionView.as_view(), name="download_version"),
    path(f"{PLAN}versions/<int:number>/go-back/", newer.GoBackView.as_view(), name="go_back_to_version"),
    path(f"{PLAN}actions/add/", actions.AddActionView.as_view(), name="add_action"),
    path(ACTION, actions.ShowActionView.as_view(), name="show_action"),
    path(f"{ACTION}edit/", actions.EditActionView.as_view(), name="edit_action"),
    path(f"{ACTION}doubts/<int:doubt_pk>/settle/", actions.SettleDoubtView.as_view(), name="settle_doubt"),
    path(f"{ACTION}to-usual/", usual.MoveToUsualView.as_view(), name="move_to_usual"),
    path(f"{ACTION}from-usual/", usual.MoveFromUsualView.as_view(), name="move_from_usual"),
    path("imports/", imports.ListImportsView.as_view(), name="list_imports"),
    path("imports/new/", imports.HandInDocumentView.as_view(), name="hand_in_document"),
    path(IMPORT, imports.ShowImportView.as_view(), name="show_import"),
    path(f"{IMPORT}file/", imports.DownloadDocumentView.as_view(), name="download_document"),
    path(f"{IMPORT}review/", imports.ReviewImportView.as_view(), name="review_import"),
    path(f"{IMPORT}commit/", imports.CommitImportView.as_view(), name="commit_import"),
    path(f"{IMPORT}changes/", newer.ReviewChangesView.as_view(), name="review_changes"),
    path(f"{IMPORT}newer-state-of/", newer.SetPlanToUpdateView.as_view(), name="set_plan_to_update"),
    path(f"{IMPORT}discard/", imports.DiscardImportView.as_view(), name="discard_import"),
    path(f"{IMPORT}restore/", imports.RestoreImportView.as_view(), name="restore_import"),
    path(f"{IMPORT}read-again/", imports.ReadAgainView.as_view(), name="read_again"),
    path(f"{IMPORT}hand-in-again/", imports.HandInAgainView.as_view(), name="hand_in_again"),
    path(f"{IMPORT}rows/", rows.ChangeRowsView.as_view(), name="change_rows"),
    path(f"{IMPORT}steps/", rows.ListStepsView.as_view(), name="list_steps"),
    path(f"{IMPORT}steps/<int:step_pk>/undo/", rows.UndoStepView.as_view(), name="undo_step"),
    path(f"{ROW}edit/", rows.EditRowView.as_view(), name="edit_row"),
    path(f"{ROW}keep/", rows.KeepRowView.as_view(), name="keep_row"),
    path(f"{ROW}drop/", rows.DropRowView.as_view(), name="drop_row"),
    path(f"{ROW}restore/", rows.RestoreRowView.as_view(), name="restore_row"),
    path(f"{ROW}theme/", rows.RethemeRowView.as_view(), name="retheme_row"),
    path(f"{ROW}join/", rows.JoinRowView.as_view(), name="join_row"),
    path(f"{ROW}split/", rows.SplitRowView.as_view(), name="split_row"),
    path(f"{ROW}usual/", rows.MarkRowView.as_view(), name="mark_row"),
]
