from django.urls import path

from . import views

app_name = "notifications"

urlpatterns = [
    path("demo/mailbox/", views.ListMailView.as_view(), name="list_mail"),
    path("demo/mailbox/<int:pk>/", views.ShowMailView.as_view(), name="show_mail"),
]
