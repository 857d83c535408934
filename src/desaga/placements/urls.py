from django.urls import path

from .views import schemes

app_name = "placements"

#: For those who run schemes. What the public and applicants open stands under `placements/<owner>/`.
HERE = "o/<slug:organisation_slug>/schemes/"
SCHEME = f"{HERE}<slug:scheme_slug>/"

urlpatterns = [
    path(HERE, schemes.ListSchemesView.as_view(), name="list_schemes"),
    path(SCHEME, schemes.ShowSchemeView.as_view(), name="show_scheme"),
]
