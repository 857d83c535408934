from __future__ import annotations

from django.apps import AppConfig

#: The pages of the tour, as tabs: label and URL name.
PAGES = (("Requests", "list_requests"), ("Calendar", "show_calendar"))


class ExhibitionConfig(AppConfig):
    name = "desaga.exhibition"
    label = "exhibition"
    verbose_name = "Touring exhibition"

    def ready(self) -> None:
        from desaga.organisations.templatetags.organisations import TABS, add_tab
        from desaga.ui import waiting

        from . import private
        from .waiting import requests_waiting

        private.register()
        waiting.register(requests_waiting)
        TABS.setdefault("tour", ())
        for label, name in PAGES:
            add_tab("tour", label=label, url_name=f"exhibition:{name}", permission="exhibition.see")
