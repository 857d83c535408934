from django.urls import path

from .views import public, workspace

app_name = "directory"

OWN = "o/<slug:organisation_slug>/directory/"

urlpatterns = [
    path(OWN, workspace.ListListingsView.as_view(), name="list_listings"),
    path(f"{OWN}<int:pk>/take-out/", workspace.TakeOutView.as_view(), name="take_out"),
    path(f"{OWN}mine/", workspace.ShowOwnView.as_view(), name="show_own"),
    path(f"{OWN}mine/edit/", workspace.ListOneselfView.as_view(), name="list_oneself"),
    path(f"{OWN}mine/take-out/", workspace.TakeOneselfOutView.as_view(), name="take_oneself_out"),
    path("directory/<slug:owner>/<int:pk>/write/", public.WriteView.as_view(), name="write"),
]
