from django.urls import path

from desaga.organisations.middleware import opens_without_standing

from .views import public, staff

app_name = "exhibition"

OWN = "o/<slug:organisation_slug>/tour/"
ONE = f"{OWN}<int:pk>/"

urlpatterns = [
    path(OWN, staff.ListRequestsView.as_view(), name="list_requests"),
    path(f"{OWN}calendar/", staff.ShowCalendarView.as_view(), name="show_calendar"),
    path(f"{OWN}what-is-lent/", staff.DescribeTourView.as_view(), name="describe_tour"),
    path(f"{OWN}open/", staff.OpenTourView.as_view(), name="open_tour"),
    path(f"{OWN}close/", staff.CloseTourView.as_view(), name="close_tour"),
    path(ONE, staff.ShowRequestView.as_view(), name="show_request"),
    path(f"{ONE}talk/", staff.TalkOverView.as_view(), name="talk_over"),
    path(f"{ONE}agree/", staff.AgreeView.as_view(), name="agree"),
    path(f"{ONE}refuse/", staff.RefuseView.as_view(), name="refuse"),
    path(f"{ONE}call-off/", staff.CallOffView.as_view(), name="call_off"),
    path(f"{ONE}days/", staff.ChangeDaysView.as_view(), name="change_days"),
    path(f"{ONE}send-out/", staff.SendOutView.as_view(), name="send_out"),
    path(f"{ONE}back/", staff.BringBackView.as_view(), name="bring_back"),
    path("exhibition/<slug:owner>/ask/", public.AskForTourView.as_view(), name="ask_for_tour"),
    path(
        "exhibition/<slug:organisation_slug>/by-link/request/",
        opens_without_standing(public.ShowOwnRequestView.as_view()),
        name="show_own_request",
    ),
]
