"""Every address there is. Each slice brings its own; workspace pages stand under `/o/<organisation slug>/`."""

from importlib.util import find_spec

from django.urls import include, path

WORKSPACE = "o/<slug:organisation_slug>/"


def slice_urls(name: str, prefix: str = ""):
    """The addresses of a slice, if it has any yet."""
    module = f"desaga.{name}.urls"
    return [path(prefix, include(module))] if find_spec(f"desaga.{name}") and find_spec(module) else []


urlpatterns = [
    *slice_urls("home"),
    *slice_urls("notifications"),
    *slice_urls("accounts"),
    *slice_urls("organisations", WORKSPACE),
    *slice_urls("plans", WORKSPACE),
    *slice_urls("ui"),
]
