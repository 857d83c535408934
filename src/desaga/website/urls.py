from django.urls import path

from .views import files, sites

app_name = "website"

OPEN = "technicians/"
HERE = "o/<slug:organisation_slug>/website/"

urlpatterns = [
    path(HERE, sites.ShowSiteView.as_view(), name="show_site"),
    path(f"{HERE}found/", sites.FoundSiteView.as_view(), name="found_site"),
    path(f"{OPEN}look/<slug:owner>.css", files.ShowSiteLookView.as_view(), name="show_site_look"),
    path(f"{OPEN}pictures/<path:name>", files.ShowPictureView.as_view(), name="show_picture"),
]
