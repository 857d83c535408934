from django.urls import path

from . import views

app_name = "posters"

urlpatterns = [
    path("o/<slug:organisation_slug>/stories/<int:pk>/posters/", views.MakePosterView.as_view(), name="make_poster"),
]
