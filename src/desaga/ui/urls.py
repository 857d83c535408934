"""The style guide's addresses."""

from django.urls import path

from . import views

app_name = "ui"

urlpatterns = [
    path("style-guide/", views.ShowStyleGuideView.as_view(), {"kind": "components"}, name="show_style_guide"),
    path("style-guide/look.css", views.show_style_guide_look, name="show_style_guide_look"),
    path("style-guide/<slug:kind>/", views.ShowStyleGuideView.as_view(), name="show_style_guide"),
]
