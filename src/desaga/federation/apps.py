from __future__ import annotations

from django.apps import AppConfig


class FederationConfig(AppConfig):
    name = "desaga.federation"
    label = "federation"
    verbose_name = "Sign-in with the institution"

    def ready(self) -> None:
        from desaga.organisations.templatetags.organisations import add_tab

        add_tab(
            "organisation",
            label="Sign-in",
            url_name="federation:list_providers",
            permission="federation.keep_sign_in",
        )
