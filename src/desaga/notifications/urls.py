from django.urls import path

from . import views

app_name = "notifications"

DOUBTFUL = "o/<slug:organisation_slug>/mail/"

urlpatterns = [
    path("demo/mailbox/", views.ListMailView.as_view(), name="list_mail"),
    path("demo/mailbox/<int:pk>/", views.ShowMailView.as_view(), name="show_mail"),
    path(DOUBTFUL, views.ListDoubtfulMailView.as_view(), name="list_doubtful_mail"),
    path(f"{DOUBTFUL}<int:pk>/arrived/", views.ConfirmArrivalView.as_view(), name="confirm_arrival"),
    path(f"{DOUBTFUL}<int:pk>/send-again/", views.SendAgainView.as_view(), name="send_again"),
]
