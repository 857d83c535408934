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

        from . import indicators, private
        from .defined_whom import whom_by_definition
        from .releasing import whom
        from .waiting import extracts_to_go_on, people_to_settle, releases_to_go_on, snapshots_to_release

        private.register()
        navigation.register(navigation.Entry(label="Workforce", section="workforce", order=40, url=workforce_url))
        waiting.register(extracts_to_go_on)
        waiting.register(people_to_settle)
        waiting.register(releases_to_go_on)
        waiting.register(snapshots_to_release)
        registry.register(indicators.SOURCE)
        whom.register(whom_by_definition)


def workforce_url(request: HttpRequest) -> str | None:
    """The workforce: snapshots for whoever loads extracts here, the released figures for whoever reads those."""
    from django.urls import reverse

    organisation = getattr(request, "organisation", None)
    if organisation is None:
        return None
    for permission, name in (("load_extract", "show_workforce"), ("read_figures", "show_figures")):
        if request.user.has_perm(f"workforce.{permission}", organisation):
            return reverse(f"workforce:{name}", args=[organisation.slug])
    return None
