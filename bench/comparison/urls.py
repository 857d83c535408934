from django.urls import include, path

from . import views

urlpatterns = [
    path("bench/bare/", views.say_nothing),
    path("bench/rows/<slug:organisation_slug>/<int:plan_pk>/", views.list_rows),
    path("", include("desaga.config.urls")),
]
