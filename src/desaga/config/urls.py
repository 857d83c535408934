"""Every address there is. Each slice brings its own; workspace pages stand under `/o/<organisation slug>/`."""

from importlib.util import find_spec

from django.http import HttpRequest, HttpResponse
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt

WORKSPACE = "o/<slug:organisation_slug>/"


def slice_urls(name: str, prefix: str = ""):
    """The addresses of a slice, if it has any yet."""
    module = f"desaga.{name}.urls"
    return [path(prefix, include(module))] if find_spec(f"desaga.{name}") and find_spec(module) else []


def website_urls():
    """The site's editing pages, downloads and pages, which keep the names that Wagtail asks for. The pages come last."""
    from wagtail import urls as pages
    from wagtail.admin import urls as editing
    from wagtail.documents import urls as downloads
    from wagtail.utils.urlpatterns import decorate_urlpatterns

    from desaga.website.editing import through_door
    from desaga.website.kept_pages import kept_while_nothing_is_written
    from desaga.website.views.files import asked_each_time

    return [
        path("editing/", include(decorate_urlpatterns(editing.urlpatterns, through_door))),
        path("technicians/downloads/", include(decorate_urlpatterns(downloads.urlpatterns, asked_each_time))),
        path("technicians/", include(decorate_urlpatterns(pages.urlpatterns, kept_while_nothing_is_written))),
    ]


# Nothing is written here, and a session counts for nothing: there is nothing to forge.
@csrf_exempt
def answer_program(request: HttpRequest, rest: str = "") -> HttpResponse:
    """The API, one address to Django: what is behind it is made when a program first asks."""
    from .api import answer

    return answer(request, rest)


urlpatterns = [
    path("api/v1/", answer_program, name="answer_program"),
    path("api/v1/<path:rest>", answer_program, name="answer_program"),
    *slice_urls("home"),
    *slice_urls("reports"),
    *slice_urls("reviews"),
    *slice_urls("exhibition"),
    *slice_urls("charters"),
    *slice_urls("union_learning"),
    *slice_urls("public"),
    *slice_urls("newsletters"),
    *slice_urls("posters"),
    *slice_urls("directory"),
    *slice_urls("stories"),
    *slice_urls("careers"),
    *slice_urls("placements"),
    *slice_urls("rounds"),
    *slice_urls("activities"),
    *slice_urls("consents"),
    *slice_urls("privacy"),
    *slice_urls("notifications"),
    *slice_urls("keys"),
    *slice_urls("federation"),
    *slice_urls("accounts"),
    *slice_urls("organisations", WORKSPACE),
    *slice_urls("governance", WORKSPACE),
    *slice_urls("workforce.feed"),
    *slice_urls("workforce", WORKSPACE),
    *slice_urls("indicators", WORKSPACE),
    *slice_urls("frameworks", WORKSPACE),
    *slice_urls("plans", WORKSPACE),
    *slice_urls("evidence", WORKSPACE),
    *slice_urls("ui"),
    *slice_urls("website"),
    *website_urls(),
]
