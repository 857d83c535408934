from django.urls import path

from desaga.organisations.middleware import opens_without_standing

from .views import by_link, calls, public, staff

app_name = "stories"

OWN, LETTER = "o/<slug:organisation_slug>/stories/", "stories/<slug:organisation_slug>/by-link/"
ONE = f"{OWN}<int:pk>/"
CALL = f"{OWN}calls/<int:pk>/"
CONTRIBUTION = f"{CALL}contributions/<int:contribution_pk>/"
OPEN_CALL = "stories/<slug:owner>/calls/<slug:slug>/"
PICTURE = f"{ONE}pictures/<int:picture_pk>/"

urlpatterns = [
    path(OWN, staff.ListStoriesView.as_view(), name="list_stories"),
    path(f"{OWN}begin/", staff.StartStoryView.as_view(), name="start_story"),
    path(ONE, staff.ShowStoryView.as_view(), name="show_story"),
    path(f"{ONE}preview/", staff.PreviewStoryView.as_view(), name="preview_story"),
    path(f"{ONE}parts/<slug:part>/", staff.EditPartView.as_view(), name="edit_part"),
    path(f"{ONE}pictures/add/", staff.AddPictureView.as_view(), name="add_picture"),
    path(f"{PICTURE}edit/", staff.EditPictureView.as_view(), name="edit_picture"),
    path(f"{PICTURE}first/", staff.PutPictureFirstView.as_view(), name="put_picture_first"),
    path(f"{PICTURE}remove/", staff.RemovePictureView.as_view(), name="remove_picture"),
    path(f"{PICTURE}show/", staff.ShowPictureView.as_view(), name="show_picture"),
    path(f"{ONE}film/", staff.KeepVideoView.as_view(), name="keep_video"),
    path(f"{ONE}film/words/", staff.DescribeVideoView.as_view(), name="describe_video"),
    path(f"{ONE}film/remove/", staff.RemoveVideoView.as_view(), name="remove_video"),
    path(f"{ONE}consent/", staff.AskForConsentView.as_view(), name="ask_for_consent"),
    path(f"{ONE}in-welsh/", staff.SayInWelshView.as_view(), name="say_in_welsh"),
    path(f"{ONE}send/", staff.SendToPersonView.as_view(), name="send_to_person"),
    path(f"{ONE}send-again/", staff.SendAgainView.as_view(), name="send_again"),
    path(f"{ONE}hand-in/", staff.HandInView.as_view(), name="hand_in"),
    path(f"{ONE}hand-in-again/", staff.HandInAgainView.as_view(), name="hand_in_again"),
    path(f"{ONE}publish/", staff.PublishView.as_view(), name="publish"),
    path(f"{ONE}give-back/", staff.GiveBackView.as_view(), name="give_back"),
    path(f"{ONE}take-down/", staff.TakeDownView.as_view(), name="take_down"),
    path(f"{LETTER}approve/", opens_without_standing(by_link.ApproveVersionView.as_view()), name="approve_version"),
    path(
        f"{LETTER}pictures/<int:picture_pk>/",
        opens_without_standing(by_link.ShowVersionsPictureView.as_view()),
        name="show_versions_picture",
    ),
    path(f"{ONE}erase/", calls.EraseWordsView.as_view(), name="erase_words"),
    path(f"{OWN}fields/", calls.KeepFieldsView.as_view(), name="keep_fields"),
    path(f"{OWN}fields/<int:pk>/retire/", calls.RetireFieldView.as_view(), name="retire_field"),
    path(f"{OWN}offers/<int:pk>/", calls.ShowOfferView.as_view(), name="show_offer"),
    path(f"{OWN}offers/<int:pk>/take/", calls.TakeOfferView.as_view(), name="take_offer"),
    path(f"{OWN}calls/", calls.ListCallsView.as_view(), name="list_calls"),
    path(f"{OWN}calls/begin/", calls.StartCallView.as_view(), name="start_call"),
    path(CALL, calls.ShowCallView.as_view(), name="show_call"),
    path(f"{CALL}edit/", calls.EditCallView.as_view(), name="edit_call"),
    path(f"{CALL}open/", calls.OpenCallView.as_view(), name="open_call"),
    path(f"{CALL}close/", calls.CloseCallView.as_view(), name="close_call"),
    path(f"{CONTRIBUTION}picture/", calls.ShowContributionsPictureView.as_view(), name="show_contributions_picture"),
    path(f"{CONTRIBUTION}take/", calls.TakeContributionView.as_view(), name="take_contribution"),
    path(f"{CONTRIBUTION}decline/", calls.DeclineContributionView.as_view(), name="decline_contribution"),
    path("stories/<slug:owner>/calls/", public.ListOpenCallsView.as_view(), name="list_open_calls"),
    path(OPEN_CALL, public.ShowOpenCallView.as_view(), name="show_open_call"),
    path(f"{OPEN_CALL}contribute/", public.ContributeView.as_view(), name="contribute"),
    path(
        f"{LETTER}contribution/",
        opens_without_standing(public.ShowContributionView.as_view()),
        name="show_contribution",
    ),
]
