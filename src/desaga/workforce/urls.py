from django.urls import path

from .views import extracts, home

app_name = "workforce"

HERE = "workforce/"
EXTRACT = f"{HERE}extracts/<int:pk>/"

urlpatterns = [
    path(HERE, home.ShowWorkforceView.as_view(), name="show_workforce"),
    path(f"{HERE}limits/", home.EditLimitsView.as_view(), name="edit_limits"),
    path(f"{HERE}code-lists/", home.ListCodeListsView.as_view(), name="list_code_lists"),
    path(f"{HERE}snapshots/<int:pk>/", home.ShowSnapshotView.as_view(), name="show_snapshot"),
    path(f"{HERE}extracts/hand-in/", extracts.HandInExtractView.as_view(), name="hand_in_extract"),
    path(EXTRACT, extracts.ShowExtractView.as_view(), name="show_extract"),
    path(f"{EXTRACT}columns/", extracts.MapColumnsView.as_view(), name="map_columns"),
    path(f"{EXTRACT}sheet/", extracts.ReadOtherSheetView.as_view(), name="read_other_sheet"),
    path(f"{EXTRACT}codes/", extracts.ChooseCodesView.as_view(), name="choose_codes"),
    path(f"{EXTRACT}ask-check/", extracts.AskCheckView.as_view(), name="ask_check"),
    path(f"{EXTRACT}check/", extracts.CheckExtractView.as_view(), name="check_extract"),
    path(f"{EXTRACT}faults.<slug:format>", extracts.TakeFaultsOutView.as_view(), name="take_faults_out"),
    path(f"{EXTRACT}matches/<int:match_pk>/settle/", extracts.SettleMatchView.as_view(), name="settle_match"),
    path(f"{EXTRACT}matches/settle-rest/", extracts.SettleRestView.as_view(), name="settle_rest"),
    path(f"{EXTRACT}agree/", extracts.AgreeChangeView.as_view(), name="agree_change"),
    path(f"{EXTRACT}load/", extracts.LoadExtractView.as_view(), name="load_extract"),
    path(f"{EXTRACT}halt/", extracts.HaltView.as_view(), name="halt"),
    path(f"{EXTRACT}resume/", extracts.ResumeView.as_view(), name="resume"),
    path(f"{EXTRACT}throw-away/", extracts.ThrowAwayView.as_view(), name="throw_away"),
]
