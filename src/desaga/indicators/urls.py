from django.urls import path

from . import views

app_name = "indicators"

OWN = "indicators/own/"

urlpatterns = [
    path("indicators/", views.ListIndicatorsView.as_view(), name="list_indicators"),
    path(f"{OWN}add/", views.AddSeriesView.as_view(), name="add_series"),
    path(f"{OWN}<int:pk>/", views.ShowSeriesView.as_view(), name="show_series"),
    path(f"{OWN}<int:pk>/edit/", views.EditSeriesView.as_view(), name="edit_series"),
    path(f"{OWN}<int:pk>/read/", views.ReadSeriesView.as_view(), name="read_series"),
    path(f"{OWN}<int:pk>/end/", views.EndSeriesView.as_view(), name="end_series"),
    path(f"{OWN}<int:pk>/readings.<slug:format>", views.TakeSeriesOutView.as_view(), name="take_series_out"),
    path("indicators/<str:key>/", views.ShowIndicatorView.as_view(), name="show_indicator"),
    path(
        "indicators/<str:key>/readings.<slug:format>", views.TakeIndicatorOutView.as_view(), name="take_indicator_out"
    ),
]
