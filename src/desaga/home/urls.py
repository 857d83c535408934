from django.urls import path

from . import views

app_name = "home"

urlpatterns = [
    path("", views.ShowLandingView.as_view(), name="show_landing"),
    path("my-work/", views.ListWaitingView.as_view(), name="list_waiting"),
    path("o/<slug:organisation_slug>/", views.ShowOrganisationView.as_view(), name="show_organisation"),
    path("o/<slug:organisation_slug>/search/", views.SearchOrganisationView.as_view(), name="search_organisation"),
    path("accessibility/", views.ShowAccessibilityView.as_view(), name="show_accessibility"),
    path("privacy/", views.ShowPrivacyView.as_view(), name="show_privacy"),
    path("cookies/", views.ShowCookiesView.as_view(), name="show_cookies"),
]
