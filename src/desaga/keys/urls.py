from django.urls import path

from . import views

app_name = "keys"

KEYS = "o/<slug:organisation_slug>/keys/"

urlpatterns = [
    path("api/", views.ShowGuideView.as_view(), name="show_guide"),
    path(KEYS, views.ListKeysView.as_view(), name="list_keys"),
    path(f"{KEYS}make/", views.MakeKeyView.as_view(), name="make_key"),
    path(f"{KEYS}<int:pk>/take-back/", views.RevokeKeyView.as_view(), name="revoke_key"),
]
