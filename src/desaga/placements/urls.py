from django.urls import path

from .views import eligibility, panel, reviewing, rounds, schemes

app_name = "placements"

#: For those who run schemes. What the public and applicants open stands under `placements/<owner>/`.
HERE = "o/<slug:organisation_slug>/schemes/"
SCHEME = f"{HERE}<slug:scheme_slug>/"
ONE = f"{SCHEME}applications/<slug:reference>/"
ROUND = f"{SCHEME}panel/rounds/<int:round_pk>/"
READING = f"{SCHEME}reading/<slug:reference>/"

urlpatterns = [
    path(HERE, schemes.ListSchemesView.as_view(), name="list_schemes"),
    path(SCHEME, schemes.ShowSchemeView.as_view(), name="show_scheme"),
    # What came in, for those who run the scheme.
    path(f"{SCHEME}applications/", eligibility.ListApplicationsView.as_view(), name="list_applications"),
    path(
        f"{SCHEME}applications/take-out.<slug:format>",
        eligibility.TakeApplicationsOutView.as_view(),
        name="take_applications_out",
    ),
    path(ONE, eligibility.LookAtApplicationView.as_view(), name="look_at_application"),
    path(f"{ONE}eligible/", eligibility.FindEligibleView.as_view(), name="find_eligible"),
    path(f"{ONE}not-eligible/", eligibility.FindIneligibleView.as_view(), name="find_ineligible"),
    path(f"{ONE}look-again/", eligibility.LookAgainView.as_view(), name="look_again"),
    path(f"{ONE}conflicts/note/", eligibility.NoteConflictView.as_view(), name="note_conflict"),
    path(f"{ONE}conflicts/mine/", eligibility.DeclareAsStaffView.as_view(), name="declare_as_staff"),
    path(f"{ONE}conflicts/<int:pk>/waive/", eligibility.WaiveView.as_view(), name="waive_conflict"),
    path(f"{ONE}blacken/", eligibility.BlackenView.as_view(), name="blacken_words"),
    path(f"{ONE}blacken/<int:pk>/show/", eligibility.ShowAgainView.as_view(), name="show_words_again"),
    path(f"{ONE}readers/add/", panel.AddReaderView.as_view(), name="add_reader"),
    path(f"{ONE}readers/<int:pk>/take-away/", panel.TakeAwayView.as_view(), name="take_reading_away"),
    # The panel.
    path(f"{SCHEME}panel/", panel.ListMembersView.as_view(), name="list_members"),
    path(f"{SCHEME}panel/add/", panel.AddMemberView.as_view(), name="add_member"),
    path(f"{SCHEME}panel/<int:pk>/", panel.EditMemberView.as_view(), name="edit_member"),
    path(f"{ROUND}leaders/", panel.NameLeadersView.as_view(), name="name_leaders"),
    path(ROUND, rounds.ShowPanelView.as_view(), name="show_panel"),
    path(f"{ROUND}share-out/", rounds.ShareOutView.as_view(), name="share_out"),
    path(f"{ROUND}share-out/accept/", rounds.AcceptShareOutView.as_view(), name="accept_share_out"),
    path(f"{ROUND}names/", rounds.ShowNamesView.as_view(), name="show_names"),
    # What a member reads.
    path(f"{SCHEME}reading/", reviewing.ListReadingView.as_view(), name="list_reading"),
    path(f"{SCHEME}reading/declare-many/", rounds.DeclareManyView.as_view(), name="declare_many"),
    path(f"{SCHEME}reading/pack.<slug:format>", reviewing.PackView.as_view(), name="take_reading_pack"),
    path(READING, reviewing.ReadApplicationView.as_view(), name="read_application"),
    path(f"{READING}declare/", reviewing.DeclareView.as_view(), name="declare"),
    path(f"{READING}pack.<slug:format>", reviewing.OnePackView.as_view(), name="take_one_reading"),
    path(f"{READING}abstain/", reviewing.AbstainView.as_view(), name="abstain"),
    path(f"{READING}step-back/", reviewing.RecuseView.as_view(), name="recuse"),
]
