from django.urls import path

from .views import members, own

app_name = "union_learning"

OWN = "o/<slug:organisation_slug>/members/"

urlpatterns = [
    path(OWN, members.ListMembersView.as_view(), name="list_members"),
    path(f"{OWN}ask/", members.AskMemberView.as_view(), name="ask_member"),
    path(f"{OWN}<int:pk>/", members.ShowMemberView.as_view(), name="show_member"),
    path(f"{OWN}<int:pk>/send-again/", members.SendAgainView.as_view(), name="send_again"),
    path(f"{OWN}<int:pk>/let-go/", members.LetGoView.as_view(), name="let_go"),
    # The member's: no address of theirs names a union.
    path("your-steps/", own.ShowOwnView.as_view(), name="show_own"),
    path("your-steps/take/", own.TakeOwnView.as_view(), name="take_own"),
]
