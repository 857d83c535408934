"""The style guide's address."""

from django.urls import path

from . import views

app_name = "ui"

urlpatterns = [path("style-guide/", views.ShowStyleGuideView.as_view(), name="show_style_guide")]
