from django.urls import path

from .views import exhibition, files, links, sites

app_name = "website"

OPEN = "technicians/"
HERE = "o/<slug:organisation_slug>/website/"

urlpatterns = [
    path(HERE, sites.ShowSiteView.as_view(), name="show_site"),
    path(f"{HERE}exhibition/", exhibition.ShowExhibitionView.as_view(), name="show_exhibition"),
    path(f"{HERE}exhibition/pack/", exhibition.MakePackView.as_view(), name="make_pack"),
    path(f"{HERE}downloads/", sites.ListDownloadsView.as_view(), name="list_downloads"),
    path(f"{HERE}links/", links.ListLinksView.as_view(), name="list_links"),
    path(f"{HERE}links/check/", links.CheckLinksView.as_view(), name="check_links"),
    path(f"{HERE}found/", sites.FoundSiteView.as_view(), name="found_site"),
    path("robots.txt", files.ShowRobotsView.as_view(), name="show_robots"),
    path("sitemap-<slug:section>.xml", files.ShowSitemapView.as_view(), name="show_sitemap"),
    path(f"{OPEN}look/<slug:owner>.css", files.ShowSiteLookView.as_view(), name="show_site_look"),
    path(f"{OPEN}logo/<slug:owner>/", files.ShowSiteLogoView.as_view(), name="show_site_logo"),
    path(f"{OPEN}films/<int:pk>/<str:name>", files.ShowFilmView.as_view(), name="show_film"),
    path(f"{OPEN}pictures/<path:name>", files.ShowPictureView.as_view(), name="show_picture"),
]
