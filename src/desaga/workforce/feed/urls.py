from django.urls import path

from . import views

app_name = "workforce_feed"

ROOT = "feeds/workforce/v1/"

urlpatterns = [
    path(ROOT, views.answer_feed, name="answer_feed"),
    path(f"{ROOT}<path:rest>", views.answer_feed, name="answer_feed"),
]
