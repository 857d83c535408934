from django.urls import path

from desaga.organisations.middleware import opens_without_standing

from .views import answering, calendars, rounds

app_name = "rounds"

HERE = "o/<slug:organisation_slug>/"
OF_PLAN, ROUND = f"{HERE}plans/<int:plan_pk>/rounds/", f"{HERE}rounds/<int:pk>/"
REQUEST = f"{ROUND}requests/<int:request_pk>/"

urlpatterns = [
    path("account/calendar/", calendars.ShowCalendarView.as_view(), name="show_calendar"),
    path("calendar/", calendars.FetchCalendarView.as_view(), name="fetch_calendar"),
    path(OF_PLAN, rounds.ListRoundsView.as_view(), name="list_rounds"),
    path(f"{OF_PLAN}start/", rounds.StartRoundView.as_view(), name="start_round"),
    path(ROUND, rounds.ShowRoundView.as_view(), name="show_round"),
    path(f"{ROUND}edit/", rounds.EditRoundView.as_view(), name="edit_round"),
    path(f"{ROUND}send/", rounds.SendRoundView.as_view(), name="send_round"),
    path(f"{ROUND}remind/", rounds.RemindAllView.as_view(), name="remind_all"),
    path(f"{ROUND}close/", rounds.CloseRoundView.as_view(), name="close_round"),
    path(f"{ROUND}reopen/", rounds.ReopenRoundView.as_view(), name="reopen_round"),
    path(f"{ROUND}log.<slug:format>", rounds.TakeLogOutView.as_view(), name="take_log_out"),
    path(REQUEST, rounds.ShowRequestView.as_view(), name="show_request"),
    path(f"{REQUEST}remind/", rounds.RemindView.as_view(), name="remind"),
    path(f"{REQUEST}take-back/", rounds.RevokeRequestView.as_view(), name="revoke_request"),
    path(f"{REQUEST}actions/<int:line_pk>/ask/", rounds.AskInsteadView.as_view(), name="ask_instead"),
    path(f"{HERE}rounds/requests/<int:pk>/answer/", answering.AnswerOwnView.as_view(), name="answer_own"),
    path(
        "updates/<slug:organisation_slug>/",
        opens_without_standing(answering.AnswerRequestView.as_view()),
        name="answer_request",
    ),
]
