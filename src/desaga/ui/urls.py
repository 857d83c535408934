"""The style guide's addresses."""

from django.urls import path

from . import views

app_name = "ui"

urlpatterns = [
    path("style-guide/", views.ShowStyleGuideView.as_view(), {"kind": "components"}, name="show_style_guide"),
    path("style-guide/<slug:kind>/", views.ShowStyleGuideView.as_view(), name="show_style_guide"),
]
