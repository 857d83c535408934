from django.urls import path

from . import views

app_name = "evidence"

PIECE = "evidence/<int:pk>/"

urlpatterns = [
    path("evidence/", views.ListEvidenceView.as_view(), name="list_evidence"),
    path("evidence/take-out.<slug:format>", views.TakeEvidenceOutView.as_view(), name="take_evidence_out"),
    path(PIECE, views.ShowEvidenceView.as_view(), name="show_evidence"),
    path(f"{PIECE}file/", views.FetchFileView.as_view(), name="fetch_file"),
    path(f"{PIECE}edit/", views.EditEvidenceView.as_view(), name="edit_evidence"),
    path(f"{PIECE}accept/", views.AcceptEvidenceView.as_view(), name="accept_evidence"),
    path(f"{PIECE}decline/", views.DeclineEvidenceView.as_view(), name="decline_evidence"),
    path(f"{PIECE}replace/", views.ReplaceEvidenceView.as_view(), name="replace_evidence"),
    path(f"{PIECE}take-back/", views.TakeEvidenceBackView.as_view(), name="take_evidence_back"),
]
