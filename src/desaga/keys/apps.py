from __future__ import annotations

from django.apps import AppConfig

from desaga.ui import waiting


class KeysConfig(AppConfig):
    name = "desaga.keys"
    label = "keys"
    verbose_name = "Keys for programs"

    def ready(self) -> None:
        from desaga.organisations.templatetags.organisations import add_tab

        from .waiting import ending_keys

        add_tab("organisation", label="Keys", url_name="keys:list_keys", permission="keys.keep_keys")
        waiting.register(ending_keys)
