from __future__ import annotations

from django.apps import AppConfig
from django.http import HttpRequest


class WorkforceConfig(AppConfig):
    name = "desaga.workforce"
    label = "workforce"
    verbose_name = "Workforce"

    def ready(self) -> None:
        from desaga.indicators import registry
        from desaga.ui import navigation, waiting

        from . import indicators
        from .waiting import extracts_to_go_on

        navigation.register(navigation.Entry(label="Workforce", section="workforce", order=40, url=workforce_url))
        waiting.register(extracts_to_go_on)
        registry.register(indicators.SOURCE)


def workforce_url(request: HttpRequest) -> str | None:
    """The workforce for whoever may load extracts here; readiness for whoever may see that alone."""
    from django.urls import reverse

    organisation = getattr(request, "organisation", None)
    if organisation is None:
        return None
    if request.user.has_perm("workforce.load_extract", organisation):
        return reverse("workforce:show_workforce", args=[organisation.slug])
    if request.user.has_perm("workforce.see_readiness", organisation):
        return reverse("workforce:show_readiness", args=[organisation.slug])
    return None
