from django.urls import path

from . import views

app_name = "activities"

MINE = "what-i-have-done/"

urlpatterns = [
    path(MINE, views.ListOwnActivitiesView.as_view(), name="list_own"),
    path(f"{MINE}add/", views.RecordActivityView.as_view(), name="record_activity"),
    path(f"{MINE}what-i-have-done.<slug:format>", views.TakeOwnOutView.as_view(), name="take_own_out"),
    path(f"{MINE}<int:pk>/", views.CorrectActivityView.as_view(), name="correct_activity"),
    path(f"{MINE}<int:pk>/remove/", views.RemoveActivityView.as_view(), name="remove_activity"),
    path("o/<slug:organisation_slug>/activities/", views.ListActivitiesView.as_view(), name="list_activities"),
]
