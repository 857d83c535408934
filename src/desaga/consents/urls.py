from django.urls import path

from desaga.organisations.middleware import opens_without_standing

from .views import by_link, staff

app_name = "consents"

OWN, LETTER = "o/<slug:organisation_slug>/consents/", "consents/<slug:organisation_slug>/by-link/"

urlpatterns = [
    path(OWN, staff.ListConsentsView.as_view(), name="list_consents"),
    path(f"{OWN}ask/", staff.AskConsentView.as_view(), name="ask_consent"),
    path(f"{OWN}words/", staff.WriteWordingView.as_view(), name="write_wording"),
    path(f"{OWN}<int:pk>/", staff.ShowConsentView.as_view(), name="show_consent"),
    path(f"{OWN}<int:pk>/ask-again/", staff.AskAgainView.as_view(), name="ask_again"),
    path(f"{OWN}<int:pk>/renew/", staff.RenewConsentView.as_view(), name="renew_consent"),
    path(f"{OWN}<int:pk>/take-down/", staff.WithdrawForThemView.as_view(), name="withdraw_for_them"),
    path(f"{LETTER}answer/", opens_without_standing(by_link.AnswerConsentView.as_view()), name="answer_consent"),
    path(f"{LETTER}kept/", opens_without_standing(by_link.ShowKeptView.as_view()), name="show_kept"),
]
