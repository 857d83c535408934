from __future__ import annotations

from django.apps import AppConfig
from django.http import HttpRequest


class WorkforceConfig(AppConfig):
    name = "desaga.workforce"
    label = "workforce"
    verbose_name = "Workforce"

    def ready(self) -> None:
        from desaga.ui import navigation, waiting

        from . import private
        from .waiting import extracts_to_go_on

        private.register()
        navigation.register(navigation.Entry(label="Workforce", section="workforce", order=40, url=workforce_url))
        waiting.register(extracts_to_go_on)


def workforce_url(request: HttpRequest) -> str | None:
    """The workforce, for whoever may load extracts here."""
    from django.urls import reverse

    organisation = getattr(request, "organisation", None)
    if organisation is None or not request.user.has_perm("workforce.load_extract", organisation):
        return None
    return reverse("workforce:show_workforce", args=[organisation.slug])
