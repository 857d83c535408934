from django.urls import path

from desaga.organisations.middleware import opens_without_standing

from .views import applying, asking, schemes

app_name = "placements"

#: For those who run schemes. What the public and applicants open stands under `placements/<owner>/`.
HERE = "o/<slug:organisation_slug>/schemes/"
SCHEME = f"{HERE}<slug:scheme_slug>/"
OUTSIDE = "placements/<slug:organisation_slug>/"
BY_LINK = f"{OUTSIDE}by-link/"
OWN = f"{OUTSIDE}<slug:scheme_slug>/<slug:reference>/"

urlpatterns = [
    path(HERE, schemes.ListSchemesView.as_view(), name="list_schemes"),
    path(SCHEME, schemes.ShowSchemeView.as_view(), name="show_scheme"),
    # What links of mails open stands before the applications: their addresses have as many parts.
    path(f"{BY_LINK}answer/", opens_without_standing(asking.AnswerAskingView.as_view()), name="answer_asking"),
    # Applicants
    path(OWN, opens_without_standing(applying.ShowApplicationView.as_view()), name="show_application"),
]
