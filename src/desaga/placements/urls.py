from django.urls import path

from desaga.organisations.middleware import opens_without_standing

from .views import applying, schemes, signing

app_name = "placements"

#: For those who run schemes. What the public and applicants open stands under `placements/<owner>/`.
HERE = "o/<slug:organisation_slug>/schemes/"
SCHEME = f"{HERE}<slug:scheme_slug>/"
#: What applicants open, and what a link opens.
OWNER = "placements/<slug:organisation_slug>/"
BY_LINK = f"{OWNER}by-link/"
APPLICATION = f"{OWNER}<slug:scheme_slug>/<str:reference>/"

urlpatterns = [
    path(HERE, schemes.ListSchemesView.as_view(), name="list_schemes"),
    path(SCHEME, schemes.ShowSchemeView.as_view(), name="show_scheme"),
    # By the link of a letter about an award.
    path(f"{BY_LINK}sign/", opens_without_standing(signing.SignAgreementView.as_view()), name="sign_agreement"),
    path(
        f"{BY_LINK}sign/copy/",
        opens_without_standing(signing.TakeAgreementOutView.as_view()),
        name="take_agreement_out",
    ),
    path(f"{BY_LINK}days/", opens_without_standing(signing.SignAgreementView.as_view()), name="confirm_days"),
    path(f"{BY_LINK}outcome/", opens_without_standing(signing.SignAgreementView.as_view()), name="answer_outcome"),
    # The applicant's page of an application.
    path(APPLICATION, opens_without_standing(applying.ShowApplicationView.as_view()), name="show_application"),
]
