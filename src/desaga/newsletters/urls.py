from django.urls import path

from desaga.organisations.middleware import opens_without_standing

from .views import public, staff

app_name = "newsletters"

OWN, LETTER = "o/<slug:organisation_slug>/newsletters/", "newsletters/<slug:organisation_slug>/by-link/"
ONE = f"{OWN}<int:pk>/"
PIECE = f"{ONE}pieces/<int:piece_pk>/"
OPEN = "newsletters/<slug:owner>/"

urlpatterns = [
    path(OWN, staff.ListIssuesView.as_view(), name="list_issues"),
    path(f"{OWN}begin/", staff.StartIssueView.as_view(), name="start_issue"),
    path(f"{OWN}end-for-them/", staff.EndForThemView.as_view(), name="end_for_them"),
    path(ONE, staff.ShowIssueView.as_view(), name="show_issue"),
    path(f"{ONE}edit/", staff.EditIssueView.as_view(), name="edit_issue"),
    path(f"{ONE}choose/", staff.ChoosePiecesView.as_view(), name="choose_pieces"),
    path(f"{PIECE}up/", staff.MovePieceView.as_view(up=True), name="move_piece_up"),
    path(f"{PIECE}down/", staff.MovePieceView.as_view(up=False), name="move_piece_down"),
    path(f"{PIECE}remove/", staff.RemovePieceView.as_view(), name="remove_piece"),
    path(f"{ONE}preview/", staff.PreviewMailView.as_view(), name="preview_mail"),
    path(f"{ONE}send/", staff.SendIssueView.as_view(), name="send_issue"),
    path(f"{ONE}remove/", staff.RemoveIssueView.as_view(), name="remove_issue"),
    path(f"{OPEN}join/", public.JoinView.as_view(), name="join"),
    path(f"{OPEN}pictures/<int:piece>/", public.ShowPiecePictureView.as_view(), name="show_piece_picture"),
    path(f"{LETTER}confirm/", opens_without_standing(public.ConfirmView.as_view()), name="confirm"),
    path(f"{LETTER}leave/", opens_without_standing(public.LeaveView.as_view()), name="leave"),
]
