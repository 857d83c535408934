"""The settings as an app of their own: it brings the commands that everything needs."""

from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "desaga.config"
    label = "config"
    verbose_name = "House"

    def ready(self) -> None:
        from . import checks  # noqa: F401  (registers)
