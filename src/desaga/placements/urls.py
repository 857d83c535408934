from django.urls import path

from desaga.organisations.middleware import opens_without_standing

from .views import applying, approvals, asked, asking, schemes

app_name = "placements"

#: For those who run schemes. What the public and applicants open stands under `placements/<owner>/`.
HERE = "o/<slug:organisation_slug>/schemes/"
SCHEME = f"{HERE}<slug:scheme_slug>/"
OUTSIDE = "placements/<slug:organisation_slug>/"
BY_LINK = f"{OUTSIDE}by-link/"
OWN = f"{OUTSIDE}<slug:scheme_slug>/<slug:reference>/"
ASKED = f"{OWN}asked/<int:pk>/"

urlpatterns = [
    path(HERE, schemes.ListSchemesView.as_view(), name="list_schemes"),
    path(SCHEME, schemes.ShowSchemeView.as_view(), name="show_scheme"),
    # What links of mails open stands before the applications: their addresses have as many parts.
    path(f"{BY_LINK}answer/", opens_without_standing(asking.AnswerAskingView.as_view()), name="answer_asking"),
    path(f"{BY_LINK}answer/opened/", opens_without_standing(asking.NoteOpenedView.as_view()), name="note_opened"),
    # Applicants
    path(OWN, opens_without_standing(applying.ShowApplicationView.as_view()), name="show_application"),
    path(f"{ASKED}remind/", opens_without_standing(asked.RemindAskedView.as_view()), name="remind_asked"),
    path(f"{ASKED}replace/", opens_without_standing(asked.ReplaceAskedView.as_view()), name="replace_asked"),
    path(f"{ASKED}accept/", opens_without_standing(asked.AcceptConditionView.as_view()), name="accept_condition"),
    path(f"{ASKED}letter/", opens_without_standing(asked.FetchOwnLetterView.as_view()), name="fetch_own_letter"),
    # Approval, for those who run a scheme
    path(f"{SCHEME}approvals/", approvals.ListApprovalsView.as_view(), name="list_approvals"),
    path(f"{SCHEME}approvals/<int:pk>/", approvals.EnterAnswerView.as_view(), name="enter_answer"),
    path(f"{SCHEME}approvals/<int:pk>/letter/", approvals.FetchLetterView.as_view(), name="fetch_letter"),
    path(f"{SCHEME}<slug:reference>/changes/", approvals.AskForChangesView.as_view(), name="ask_for_changes"),
]
