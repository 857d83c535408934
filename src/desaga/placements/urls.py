from django.urls import path

from desaga.organisations.middleware import opens_without_standing

from .views import applying, approvals, asked, asking, definition, public, schemes

app_name = "placements"

#: For those who run schemes. What the public and applicants open stands under `placements/<owner>/`.
HERE = "o/<slug:organisation_slug>/schemes/"
SCHEME = f"{HERE}<slug:scheme_slug>/"
OUTSIDE = "placements/<slug:organisation_slug>/"
BY_LINK = f"{OUTSIDE}by-link/"
OWN = f"{OUTSIDE}<slug:scheme_slug>/<slug:reference>/"
ASKED = f"{OWN}asked/<int:pk>/"
DEFINITION = f"{SCHEME}definition/"
THING = f"{DEFINITION}<str:place>/<slug:key>/"
OPEN = "placements/<slug:owner>/"

urlpatterns = [
    # Schemes, their panels and their money
    path(HERE, schemes.ListSchemesView.as_view(), name="list_schemes"),
    path(f"{HERE}start/", schemes.StartSchemeView.as_view(), name="start_scheme"),
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
    path(f"{SCHEME}edit/", schemes.EditSchemeView.as_view(), name="edit_scheme"),
    path(f"{SCHEME}open/", schemes.OpenSchemeView.as_view(), name="open_scheme"),
    path(f"{SCHEME}wind-down/", schemes.WindDownView.as_view(), name="wind_down"),
    path(f"{SCHEME}close/", schemes.CloseSchemeView.as_view(), name="close_scheme"),
    path(f"{SCHEME}panels/plan/", schemes.PlanRoundView.as_view(), name="plan_round"),
    path(f"{SCHEME}panels/<int:pk>/edit/", schemes.EditRoundView.as_view(), name="edit_round"),
    path(f"{SCHEME}panels/<int:pk>/call-off/", schemes.CallOffRoundView.as_view(), name="call_off_round"),
    path(f"{SCHEME}money/add/", schemes.AddBudgetView.as_view(), name="add_budget"),
    path(f"{SCHEME}money/<int:pk>/", schemes.EditBudgetView.as_view(), name="edit_budget"),
    # What a scheme is
    path(DEFINITION, definition.ShowDefinitionView.as_view(), name="show_definition"),
    path(f"{DEFINITION}facts/", definition.EditFactsView.as_view(), name="edit_facts"),
    path(f"{DEFINITION}report/", definition.EditReportView.as_view(), name="edit_report"),
    path(f"{DEFINITION}force/", definition.PutInForceView.as_view(), name="put_in_force"),
    path(f"{DEFINITION}throw-away/", definition.ThrowAwayView.as_view(), name="throw_away"),
    path(f"{DEFINITION}<str:place>/add/", definition.AddThingView.as_view(), name="add_thing"),
    path(THING, definition.EditThingView.as_view(), name="edit_thing"),
    path(f"{THING}move/", definition.MoveThingView.as_view(), name="move_thing"),
    path(f"{THING}remove/", definition.RemoveThingView.as_view(), name="remove_thing"),
    # What anybody reads
    path(OPEN, public.ListOpenSchemesView.as_view(), name="list_open_schemes"),
    path(f"{OPEN}<slug:scheme_slug>/", public.ShowOpenSchemeView.as_view(), name="show_open_scheme"),
]
