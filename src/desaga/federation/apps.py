from __future__ import annotations

from django.apps import AppConfig


class FederationConfig(AppConfig):
    name = "desaga.federation"
    label = "federation"
    verbose_name = "Sign-in with the institution"
