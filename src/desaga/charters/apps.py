from __future__ import annotations

from django.apps import AppConfig


class ChartersConfig(AppConfig):
    name = "desaga.charters"
    label = "charters"
    verbose_name = "Charters"

    def ready(self) -> None:
        from desaga.organisations.templatetags.organisations import add_tab
        from desaga.ui import waiting

        from .waiting import signatures_to_look_at

        waiting.register(signatures_to_look_at)
        add_tab("organisation", label="Charters", url_name="charters:list_charters", permission="charters.see_charters")
