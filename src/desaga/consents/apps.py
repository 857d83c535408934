from __future__ import annotations

from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "desaga.consents"
    label = "consents"
    verbose_name = "Consents"

    def ready(self) -> None:
        from desaga.organisations.templatetags.organisations import TABS, add_tab
        from desaga.ui import waiting

        from . import private
        from .waiting import consents_to_look_at

        private.register()
        waiting.register(consents_to_look_at)
        TABS.setdefault("stories", ())
        add_tab("stories", label="Consents", url_name="consents:list_consents", permission="consents.see_consents")
